#!/usr/bin/env python3
"""The daemon's manners: starting, stopping, reloading, and what it does when Redis misbehaves."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import SLOWNESS, check, check_equal, main, program, test, wait_for  # noqa: E402

NOW = "2026-11-24 09:00:00"
STATES = ("waiting", "ready", "claimed", "handing_over")


def events_of(world, n):
    at = {"time_text": "2026-11-24T09:00:00Z"}
    contact = {"contact": "mum%d" % n, "person": "P%d" % n, "role": "parent", "name": "Parent",
               "parental_responsibility": True, "channels": ["email"], "hours": {"always": True},
               "addresses": {"email": "p%d@families.example" % n}, "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, case, id="case-%d" % n, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, id="request-%d" % n, **at)]


def begin(world, name="candourd"):
    """A daemon that owns the prefix; asks Redis, not candourctl, so that these tests need only candourd."""
    daemon = world.daemon(name)
    daemon.start(wait=False)
    wait_for(lambda: "owner epoch=" in daemon.log_text(), "the daemon to own its prefix")
    return daemon


def is_done(world):
    """Nothing is left in the streams, and nothing in the outboxes that could still leave."""
    if any(world.redis.command("XLEN", world.key(name)) for name in ("events", "own")):
        return False
    return not any(world.redis.command("ZCARD", world.key("out:%s:%s" % (channel, state)))
                   for channel in ("email", "sms", "letter") for state in STATES)


def told(world):
    return sorted(mail["To"].addresses[0].addr_spec for mail in world.mails())


def all_families(n):
    return sorted("p%d@families.example" % i for i in range(n))


def run(*words):
    return subprocess.run([program("candourd"), *words], capture_output=True, encoding="utf-8", timeout=60,
                          check=False)


@test("a clean stop in the middle of a backlog loses nothing and says nothing twice")
def stop_test(world):
    world.set_clock(NOW)
    world.redis.start()
    families = 150
    begin(world)
    world.publish(*[event for n in range(families) for event in events_of(world, n)])
    daemon = world.daemon()
    for turn in range(4):
        wait_for(lambda turn=turn: daemon.log_text().count("started ") > turn, "the daemon to start")
        time.sleep(0.1)
        began = time.monotonic()
        check_equal(daemon.stop(), 0, "the exit code")
        check(time.monotonic() - began < 5 * SLOWNESS, "it stops at once")
        check_equal(world.redis.command("HGET", world.key("owner"), "token"), None, "the lease is given up")
        daemon.start(wait=False)
    # The backlog may be done by now: the last one is not stopped before it has begun.
    daemon.wait_ready()
    wait_for(lambda: is_done(world), "everything to be said", 60)
    check_equal(told(world), all_families(families), "who was told")
    check_equal(world.redis.command("XLEN", world.key("dead")), 0, "dead letters")


@test("many events of one family in a backlog are decided in their order")
def one_family_test(world):
    world.set_clock(NOW)
    world.redis.start()
    steps = 120
    at = {"time_text": "2026-11-24T09:00:00Z"}
    made = [world.event("contact.made", "case/C0", {"with": ["mum0"], "how": "phone"}, id="made-%d" % n, **at)
            for n in range(steps)]
    # The first ones come before their case, and wait for it.
    world.publish(*made[:20])
    daemon = begin(world)
    wait_for(lambda: "waiting event=made-19" in daemon.log_text(), "the early events to wait")
    daemon.stop()
    world.publish(*events_of(world, 0)[:2], *made[20:])
    daemon.start(wait=False)
    wait_for(lambda: is_done(world) and "event=made-%d " % (steps - 1) in daemon.log_text(), "all to be decided", 60)
    entries = [json.loads(fields["body"]) for _, fields in world.redis.stream(world.key("evidence:F0"))]
    decided = [entry["id"] for entry in entries if entry["kind"] == "event" and entry["id"].startswith("made-")]
    check_equal(decided, ["made-%d" % n for n in range(steps)], "the order of the evidence")
    check_equal(world.redis.command("XLEN", world.key("dead")), 0, "dead letters")


@test("events that stand before and behind their case in one backlog are decided in their order")
def around_test(world):
    world.set_clock(NOW)
    world.redis.start()
    families, steps = 12, 40
    at = {"time_text": "2026-11-24T09:00:00Z"}
    rows = []
    for n in range(families):
        contact, opened, _ = events_of(world, n)
        made = [world.event("contact.made", "case/C%d" % n, {"with": ["mum%d" % n], "how": "phone"},
                            id="made-%d-%d" % (n, step), **at) for step in range(steps)]
        # So the case is opened while the early ones are on their way to wait for it.
        early = n + 1
        rows.append(made[:early] + [contact, opened] + made[early:])
    world.publish(*[event for row in rows for event in row])
    begin(world)
    wait_for(lambda: is_done(world), "everything to be decided", 60)
    check_equal(world.redis.command("XLEN", world.key("dead")), 0, "dead letters")
    for n in range(families):
        entries = [json.loads(fields["body"]) for _, fields in world.redis.stream(world.key("evidence:F%d" % n))]
        decided = [entry["id"] for entry in entries if entry["kind"] == "event" and entry["id"].startswith("made-")]
        check_equal(decided, ["made-%d-%d" % (n, step) for step in range(steps)], "the order of F%d" % n)


@test("events of many cases, woven into each other, are decided on what the one before them left")
def woven_test(world):
    """Of each pair the second is refused without the first. The daemon is at work while they come: what Redis says of a
    case is often older than the commit under way."""
    world.set_clock(NOW)
    world.redis.start()
    begin(world)
    chance = random.Random(7)
    queues = []
    for n in range(400):
        contact, opened, request = events_of(world, n)
        pairs = []
        for action in ("A1", "A2"):
            agreed = {"action": action, "what": "Ask the school for its report", "agreed_with": ["mum%d" % n],
                      "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-12-01"}
            for kind, data in (("agreed", agreed), ("completed", {"action": action})):
                pairs.append(world.event("action." + kind, "case/C%d" % n, data, id="%s-%d-%s" % (kind, n, action),
                                         time_text="2026-11-24T09:00:00Z"))
        rest = [request] + pairs
        rest.insert(chance.randrange(len(rest)), opened)
        queues.append([contact] + rest)
    woven = []
    while queues:
        queue = chance.choice(queues[:12])
        woven.append(queue.pop(0))
        if not queue:
            queues.remove(queue)
    for at in range(0, len(woven), 5):
        world.publish(*woven[at:at + 5])
    wait_for(lambda: is_done(world), "everything to be decided", 60)
    check_equal([dict(zip(fields[::2], fields[1::2])) for _, fields in
                 world.redis.command("XRANGE", world.key("dead"), "-", "+")], [], "dead letters")


@test("a case that two families claim goes to one of them, and neither hears of the other")
def claimed_case_test(world):
    world.set_clock(NOW)
    world.redis.start()
    at = {"time_text": "2026-11-24T09:00:00Z"}

    def contact(family, name):
        return world.event("contact.registered", "family/" + family,
                           {"contact": name + "-" + family, "role": "parent", "name": "Parent"}, **at)

    for n in range(10):
        pair = ["A%d" % n, "B%d" % n]
        world.publish(*[contact(family, "mum") for family in pair],
                      *[world.event("case.opened", "case/C%d" % n,
                                    {"family": family, "pathway": "ehc-assessment", "service": "send",
                                     "owner": "sam-okafor"}, **at) for family in pair],
                      contact(pair[1], "dad"))
    begin(world)
    wait_for(lambda: is_done(world), "everything to be decided", 60)
    check_equal(world.redis.command("XLEN", world.key("dead")), 10, "each case was refused to one family")
    for n in range(10):
        for family in ("A%d" % n, "B%d" % n):
            record = json.loads(world.redis.command("HGET", world.key("family:" + family), "record"))
            names = ["mum"] if family.startswith("A") else ["dad", "mum"]
            check_equal((record["id"], sorted(each["id"] for each in record["contacts"])),
                        (family, [name + "-" + family for name in names]), "the contacts of " + family)


@test("connections that break in the middle of a backlog cost nothing but time")
def broken_links_test(world):
    world.set_clock(NOW)
    world.redis.start()
    families = 150
    daemon = begin(world)
    world.publish(*[event for n in range(families) for event in events_of(world, n)])
    for _ in range(5):
        time.sleep(0.1)
        world.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    wait_for(lambda: not world.redis.command("XLEN", world.key("events")), "every event to be decided")
    # What was claimed by an answer that never came is free again when its lease ends.
    world.set_clock("2026-11-24 09:02:00")
    wait_for(lambda: is_done(world), "everything to be said", 60)
    check_equal(told(world), all_families(families), "who was told")
    check_equal(world.redis.command("XLEN", world.key("dead")), 0, "dead letters")
    check(daemon.is_running(), "the daemon runs")


@test("a Redis that freezes past every limit is waited for")
def frozen_redis_test(world):
    world.set_clock(NOW)
    world.redis.start()
    daemon = begin(world)
    world.publish(*events_of(world, 0))
    wait_for(lambda: told(world) == all_families(1), "the first family to be told")
    world.redis.freeze()
    wait_for(lambda: "redis_down" in daemon.log_text(), "the daemon to notice")
    world.redis.thaw()
    world.publish(*events_of(world, 1))
    wait_for(lambda: told(world) == all_families(2), "the second family to be told")


@test("scripts that somebody flushed are brought back")
def flushed_test(world):
    world.set_clock(NOW)
    world.redis.start()
    begin(world)
    world.redis.command("SCRIPT", "FLUSH")
    world.publish(*events_of(world, 0))
    wait_for(lambda: told(world) == all_families(1), "the family to be told")
    wait_for(lambda: is_done(world), "the outcome to be written down")


@test("a daemon that was started before its Redis waits for it")
def early_test(world):
    world.set_clock(NOW)
    daemon = world.daemon()
    daemon.start(wait=False)
    wait_for(lambda: "redis_down" in daemon.log_text(), "the daemon to say that Redis is not there")
    world.redis.start()
    world.publish(*events_of(world, 0))
    wait_for(lambda: told(world) == all_families(1), "the family to be told")


@test("a Redis that may forget is refused with exit code 4 and the reason")
def forgetful_test(world):
    world.redis.start()
    world.redis.command("CONFIG", "SET", "appendonly", "no")
    daemon = world.daemon()
    daemon.start(wait=False)
    check_equal(daemon.wait_end(), 4, "the exit code")
    check("redis_persistence" in daemon.log_text(), "the reason")
    answer = run("--config", world.config_file, "--check", "--connect")
    check_equal(answer.returncode, 4, "the exit code of --check --connect")
    check("appendonly" in answer.stderr, "the reason of --check --connect")


@test("options and mistakes: --check lists every mistake and ends with 3")
def options_test(world):
    check_equal(run("--version").returncode, 0, "--version")
    check_equal(run("--help").returncode, 0, "--help")
    check_equal(run("--nonsense").returncode, 2, "an unknown option")
    check_equal(run("--config", world.config_file, "--check").returncode, 0, "--check of what is right")
    world.configure({"redis.sockt": "/x", "log.level": "loud"})
    answer = run("--config", world.config_file, "--check")
    check_equal(answer.returncode, 3, "--check of what is wrong")
    for word in ("sockt", "level"):
        check(word in answer.stderr, "the mistake in %s is listed" % word)
    check_equal(run("--config", world.path("nothing.conf")).returncode, 3, "no configuration")


@test("a reload with a mistake keeps the old policy, and one without takes the new one")
def reload_test(world):
    world.set_clock(NOW)
    policy = world.copy_policy()
    world.redis.start()
    daemon = begin(world)
    services = os.path.join(policy, "services.yaml")
    with open(services, encoding="utf-8") as file:
        right = file.read()
    with open(services, "w", encoding="utf-8") as file:
        file.write(right + "\nnonsense: yes\n")
    daemon.reload()
    wait_for(lambda: "reload result=refused" in daemon.log_text(), "the refusal")
    check("services.yaml" in daemon.log_text(), "the log says which file")
    world.publish(*events_of(world, 0))
    wait_for(lambda: told(world) == all_families(1), "the family to be told under the old policy")
    with open(services, "w", encoding="utf-8") as file:
        file.write(right + "\n# a change that changes nothing\n")
    daemon.reload()
    wait_for(lambda: "reload result=done" in daemon.log_text(), "the new policy")
    world.publish(*events_of(world, 1))
    wait_for(lambda: told(world) == all_families(2), "the family to be told under the new policy")


@test("a reload warns of each key that only a restart takes, each time, and of no other")
def restart_test(world):
    world.set_clock(NOW)
    world.redis.start()
    daemon = begin(world)
    world.configure({"email.threads": "7", "sms.sender": "Council", "http.listen": "unix:" + world.path("http.sock"),
                     "log.level": "debug", "stop_within": "20s", "letter.postage": "first"})
    for times in (1, 2):
        daemon.reload()
        wait_for(lambda: daemon.log_text().count("reload result=done") == times, "the reload")
        for key in ("email.threads", "sms.sender", "http.listen"):
            check_equal(daemon.log_text().count("'%s' has changed" % key), times, "warnings of " + key)
        check_equal(daemon.log_text().count("needs_restart"), 3 * times, "all warnings")


@test("the service manager hears when it is ready and when it stops")
def notify_test(world):
    world.redis.start()
    path = world.path("notify")
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(path)
    manager.settimeout(20 * SLOWNESS)
    os.environ["NOTIFY_SOCKET"] = path
    try:
        daemon = world.daemon()
        daemon.start(wait=False)
    finally:
        del os.environ["NOTIFY_SOCKET"]

    def hear(word):
        heard = []
        while not heard or word not in heard[-1]:
            heard.append(manager.recv(1000).decode())
        return heard

    check_equal(hear("READY=1")[-1], "READY=1", "when it is ready")
    hear("STATUS=Deciding: 0 events and 0 messages wait")
    daemon.reload()
    reloading = hear("RELOADING=1")[-1]
    check(abs(int(reloading.partition("MONOTONIC_USEC=")[2]) / 1e6 - time.monotonic()) < 20 * SLOWNESS,
          "when the reload began")
    hear("READY=1")
    daemon.signal(signal.SIGTERM)
    check("STOPPING=1" in hear("STOPPING=1")[-1], "when it stops")
    check_equal(daemon.wait_end(), 0, "the exit code")
    manager.close()


@test("an event that brought its reader down too often is set aside, and its neighbours are decided")
def poison_test(world):
    world.set_clock(NOW)
    world.redis.start()
    for name in ("own", "events"):
        world.redis.command("XGROUP", "CREATE", world.key(name), "candour", 0, "MKSTREAM")
    events = events_of(world, 0)
    ids = world.publish(events[0], world.event("contact.made", "case/C9", {}, id="bad"), *events[1:])
    world.redis.command("XREADGROUP", "GROUP", "candour", "dead", "STREAMS", world.key("events"), ">")
    world.redis.command("XCLAIM", world.key("events"), "candour", "dead", 0, ids[1], "RETRYCOUNT", 11)
    daemon = begin(world)
    wait_for(lambda: told(world) == all_families(1), "the family to be told")
    wait_for(lambda: "code=poison" in daemon.log_text(), "the log to name it")
    dead = [fields for _, fields in world.redis.stream(world.key("dead"))]
    check_equal([(each["code"], json.loads(each["event"])["id"]) for each in dead], [("poison", "bad")],
                "the dead letters")


@test("a waiting event that brought its reader down too often is set aside, and the case goes on")
def waiting_poison_test(world):
    world.set_clock(NOW)
    world.redis.start()
    daemon = begin(world)
    bad = world.event("contact.made", "case/C0", {"with": ["mum0"], "how": "phone"}, id="bad",
                      time_text="2026-11-24T09:00:00Z")
    world.publish(bad, dict(bad, id="good"))
    wait_for(lambda: "waiting event=good" in daemon.log_text(), "both to wait")
    world.redis.command("HSET", world.key("looked"), "case/C0", 10)
    world.publish(*events_of(world, 0))
    wait_for(lambda: "decided event=request-0" in daemon.log_text() and is_done(world), "the case to go on")
    dead = [fields for _, fields in world.redis.stream(world.key("dead"))]
    check_equal([(each["code"], json.loads(each["event"])["id"]) for each in dead], [("poison", "bad")],
                "the dead letters")
    check("decided event=good" in daemon.log_text(), "the one behind it is decided")
    check_equal(world.redis.command("EXISTS", world.key("looked")), 0, "nothing is counted any more")


@test("an event about a person becomes one for each of the person's families")
def person_test(world):
    world.set_clock(NOW)
    world.redis.start()
    begin(world)
    for family in ("FA", "FB"):
        contact = {"contact": "mum", "person": "P1", "role": "parent", "name": "Parent"}
        world.publish(world.event("contact.registered", "family/" + family, contact,
                                  time_text="2026-11-24T09:00:00Z"))
    wait_for(lambda: world.redis.command("SCARD", world.key("person:P1")) == 2, "both families to be known")
    world.publish(world.event("person.deceased", "person/P1", {"person": "P1"}, id="death",
                              time_text="2026-11-24T09:00:00Z"))
    for family in ("FA", "FB"):
        def is_noted(family=family):
            entries = world.redis.stream(world.key("evidence:" + family))
            return any("death." + family in fields["body"] for _, fields in entries)
        wait_for(is_noted, "%s to know" % family)


main()
