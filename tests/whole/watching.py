#!/usr/bin/env python3
"""What is served for whoever watches: /health, /metrics, the alert rules."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import NotRun, ROOT, check, check_equal, main, test, wait_for  # noqa: E402
from serving import begin, get, metrics  # noqa: E402


def family(world, n, **more):
    at = {"time_text": "2026-11-24T09:00:00Z"}
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["email"], "hours": {"always": True}, "addresses": {"email": "p%d@families.example" % n},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}, **more}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    return [world.event("contact.registered", "family/F%d" % n, contact, **at),
            world.event("case.opened", "case/C%d" % n, case, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, **at)]


def wrong_types(world):
    """How often Redis answered somebody that a key is of another kind."""
    found = re.search(r"errorstat_WRONGTYPE:count=(\d+)", world.redis.command("INFO", "errorstats"))
    return int(found.group(1)) if found else 0


@test("live and ready are told apart: without Redis it is live and not ready")
def health_test(world):
    begin(world)
    status, body = get(world, "/health")
    check_equal(status, 200, "the status of /health")
    health = json.loads(body)
    check_equal((health["live"], health["ready"], health["role"]), (True, True, "deciding"), "/health")
    check_equal(get(world, "/health/live")[0], 200, "live")
    check_equal(get(world, "/nothing")[0], 404, "what is not there")
    check_equal(get(world, "/metrics", "POST")[0], 404, "what is not asked so")
    world.redis.kill9()
    wait_for(lambda: get(world, "/health/ready")[0] == 503, "it to be not ready")
    check_equal(get(world, "/health/live")[0], 200, "live without Redis")
    check_equal(json.loads(get(world, "/health")[1])["why"], "Redis does not answer", "why it is not ready")
    check_equal(metrics(world)["candour_redis_up"], 0, "candour_redis_up")
    world.redis.start()
    wait_for(lambda: get(world, "/health/ready")[0] == 200, "it to be ready again")
    # One of them is asked for with the status, the other with what is watched.
    keys = [world.key(key) for key in ("dead", "duties")]
    before, failed = world.daemon().log_text().count("WRONGTYPE"), wrong_types(world)
    for key in keys:
        world.redis.command("SET", key, "another kind")
    wait_for(lambda: wrong_types(world) > failed + 3, "both to be asked for again")
    world.redis.command("DEL", *keys)
    wait_for(lambda: world.daemon().log_text().count("redis_trouble_over") == 2, "the end of both to be said")
    check_equal(world.daemon().log_text().count("WRONGTYPE"), before + 2, "each is said to be damaged once")


@test("metrics tell ages as well as counts, and Prometheus' own checker finds no fault")
def metrics_test(world):
    begin(world)
    # Nothing can be written there, so the messages stay.
    world.daemon().stop()
    world.configure({"email.transport": "libesmtp", "email.host": "127.0.0.1", "email.port": 1, "email.dir": None,
                     "email.tls": "off"})
    world.daemon().start()
    world.publish(*[event for n in range(3) for event in family(world, n)], "nonsense")
    wait_for(lambda: metrics(world).get("candour_dead_letters") == 1, "the dead letter to be counted")
    wait_for(lambda: sum(value for name, value in metrics(world).items()
                         if name.startswith('candour_messages{channel="email"')) >= 3, "three messages")
    world.set_clock("2026-11-24 10:00:00")

    def oldest():
        return max([value for name, value in metrics(world).items()
                    if name.startswith('candour_oldest_unsent_age_seconds{channel="email"')], default=0)

    wait_for(lambda: 3500 < oldest() < 3700, "the oldest unsent message to be an hour old")
    found = metrics(world)
    check_equal(found["candour_owner"], 1, "candour_owner")
    check(0 < found["candour_lease_seconds"] <= 10, "the lease runs")
    check(found["candour_nearest_duty_timestamp_seconds"] > time.mktime((2026, 11, 24, 0, 0, 0, 0, 0, 0)) - 86400,
          "the nearest duty")
    check(found['candour_log_lines_total{line="decided",level="info"}'] >= 9, "decisions are counted")
    check_equal(found["candour_breaches"], 0, "breaches")
    if shutil.which("promtool") is None:
        raise NotRun("promtool is not installed")
    said = subprocess.run(["promtool", "check", "metrics"], input=get(world, "/metrics")[1], capture_output=True,
                          encoding="utf-8", check=False)
    check_equal((said.returncode, said.stdout + said.stderr), (0, ""), "promtool check metrics")


TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@test("an event's trace goes with all that is said of it, by email and letter, now and a week later")
def trace_test(world):
    begin(world)
    at = {"time_text": "2026-11-24T09:00:00Z"}
    for n, (channel, address) in enumerate([("email", "p0@families.example"), ("letter", ["1 High St", "Sheffield", "S1 2HH"])]):
        contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
                   "channels": [channel], "hours": {"always": True}, "addresses": {channel: address},
                   "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
        case = {"family": "F%d" % n, "pathway": "therapy", "service": "therapies", "owner": "grace-ajayi"}
        world.publish(world.event("contact.registered", "family/F%d" % n, contact, **at),
                      world.event("case.opened", "case/C%d" % n, case, **at),
                      world.event("therapy.offered", "case/C%d" % n, {}, traceparent=TRACE, **at))

    def traced():
        return (sum(mail["Traceparent"] == TRACE for mail in world.mails()),
                sum(letter.manifest.get("traceparent") == TRACE for letter in world.letters()))

    wait_for(lambda: traced() == (1, 1), "the email and the letter")
    # What nobody has asked for in so many words: the reminders are decided by the clock. Who gets a letter
    # has as long from the day on which it is there.
    world.set_clock("2026-12-02 10:00:00")
    wait_for(lambda: traced() == (2, 1), "the reminder by email")
    world.set_clock("2026-12-09 10:00:00")
    wait_for(lambda: traced() == (2, 2), "the reminder by letter")


@test("a duty that passed is counted as a breach, an undone task as a task")
def breach_test(world):
    begin(world)
    world.publish(*family(world, 0))
    world.wait_idle()
    for day in ("2027-01-07 09:00:00", "2027-02-20 09:00:00"):
        world.set_clock(day)
        world.wait_idle()
    listed = world.ctl("breaches").json
    check(len(listed) > 0, "something is late")
    wait_for(lambda: metrics(world)["candour_breaches"] == len(listed), "all breaches to be counted")


@test("the alert rules are right, and each speaks when it should")
def rules_test(world):
    if shutil.which("promtool") is None:
        raise NotRun("promtool is not installed")
    folder = os.path.join(ROOT, "monitoring")
    for words in (["check", "rules", "candour.rules.yml"], ["test", "rules", "candour.rules.test.yml"]):
        said = subprocess.run(["promtool", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False)
        check_equal(said.returncode, 0, "promtool %s:\n%s%s" % (" ".join(words), said.stdout, said.stderr))


@test("the rules and the dashboard ask for metrics that there are")
def names_test(world):
    # Nobody is there: so there is a provider that fails.
    world.configure({"email.transport": "libesmtp", "email.host": "127.0.0.1", "email.port": 1, "email.dir": None,
                     "email.tls": "off"})
    begin(world)
    world.publish(*family(world, 0))
    wait_for(lambda: "candour_nearest_duty_timestamp_seconds" in metrics(world), "every metric")
    relay = 'candour_provider_failures_total{channel="email",provider="127.0.0.1"}'
    wait_for(lambda: metrics(world).get(relay, 0) > 0, "the relay's failure to be counted")
    there = {name.partition("{")[0] for name in metrics(world)}
    for file in ("candour.rules.yml", "candour-dashboard.json"):
        with open(os.path.join(ROOT, "monitoring", file), encoding="utf-8") as lines:
            text = lines.read()
        asked = set(re.findall(r"candour_[a-z_]+", text))
        check(asked, "%s asks for metrics" % file)
        check_equal(sorted(asked - there), [], "metrics of %s that are not there" % file)


@test("each alert has a section in docs/operate.md that says what to do")
def manual_test(world):
    with open(os.path.join(ROOT, "monitoring", "candour.rules.yml"), encoding="utf-8") as file:
        alerts = re.findall(r"alert: (\w+)", file.read())
    with open(os.path.join(ROOT, "docs", "operate.md"), encoding="utf-8") as file:
        check_equal(re.findall(r"^### (Candour\w+)", file.read(), re.MULTILINE), alerts, "the alerts and their sections")


main()
