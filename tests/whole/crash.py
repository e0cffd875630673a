#!/usr/bin/env python3
"""The daemon and Redis die in the middle of work, again and again: nothing is missing, and order is kept."""

import collections
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import RedisError, check, check_equal, main, test, wait_for  # noqa: E402

FAMILIES = 1000
STEPS = ("contact.registered", "case.opened", "ehcna.requested", "action.agreed", "contact.made")
# What each family must hear.
TEMPLATES = ["ehcna-requested", "action-agreed", "contact-made"]


def data_of(step, n):
    return {
        "contact.registered": {"contact": "mum%d" % n, "role": "parent", "name": "Parent %d" % n,
                               "parental_responsibility": True, "channels": ["email"],
                               "addresses": {"email": "p%d@families.example" % n},
                               "hours": {"always": True}, "agreed": {"on": "2026-11-02", "with": "sam-okafor"}},
        "case.opened": {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"},
        "ehcna.requested": {},
        "action.agreed": {"action": "A%d" % n, "what": "Ask the school for its report",
                          "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-12-18",
                          "agreed_with": ["mum%d" % n]},
        "contact.made": {"with": ["mum%d" % n], "how": "phone", "summary": "We spoke about the next step."},
    }[step]


def events_of(world):
    """All steps of all families, each family's in order."""
    for step in STEPS:
        for n in range(FAMILIES):
            subject = "family/F%d" % n if step == "contact.registered" else "case/C%d" % n
            yield world.event(step, subject, data_of(step, n), id="%s-%d" % (step, n),
                              time_text="2026-11-24T09:00:00Z")


def publish_surely(world, events):
    """As a good publisher does: what was not acknowledged is published again, under the same id."""
    def try_it():
        world.publish(*events)
        return True
    wait_for(try_it, "the events to be taken")


def wait_until_busy(world):
    """Until the daemon has decided a hundred events more, and is in the middle of the rest."""
    length = world.redis.command("XLEN", world.key("events"))
    wait_for(lambda: world.redis.command("XLEN", world.key("events")) < max(length - 100, 1) or length == 0,
             "the daemon to be busy", 60)


def kill_daemon(world):
    world.daemon().kill9()
    world.daemon().start(wait=False)


def restart_redis(world):
    world.redis.kill9()
    world.redis.start()


def records_of(world, ids):
    answers = world.redis.pipeline(("HMGET", world.key("msg:" + each), "record", "state", "attempt") for each in ids)
    for record, state, attempt in answers:
        yield json.loads(record), state, int(attempt)


def messages_of_contacts(world):
    """For each family: template -> its records, of the messages to its contact."""
    found = collections.defaultdict(list)
    keys, cursor = [], "0"
    while True:
        cursor, page = world.redis.command("SCAN", cursor, "MATCH", world.key("msg:*").replace("{", "[{]"),
                                           "COUNT", 1000)
        keys += page
        if cursor == "0":
            break
    for record, state, attempt in records_of(world, {key.split("msg:")[1] for key in keys}):
        if record["contact"].startswith("mum"):
            found[record["family"]].append((record["template"], record["id"], state, attempt))
    return found


def event_ids_in_order(world, family):
    entries = world.redis.stream(world.key("evidence:" + family))
    bodies = [json.loads(fields["body"]) for _, fields in entries]
    return [body["id"] for body in bodies if body["kind"] == "event" and body["id"].rsplit("-", 1)[0] in STEPS]


@test("of 5,000 events of 1,000 families none is lost when daemon and Redis are killed in the middle")
def crash_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    daemon = world.daemon()
    daemon.start()
    events = list(events_of(world))
    for at in range(0, len(events), 1667):
        publish_surely(world, events[at:at + 1667])
        for kill in (kill_daemon, restart_redis):
            wait_until_busy(world)
            kill(world)
    # What was in the middle of its hand-over is nobody's until its lease ends: a quarter of an hour.
    wait_for(lambda: world.ctl("status").json["intake"] == {"waiting": 0, "pending": 0},
             "every event to be decided", 120)
    world.set_clock("2026-11-24 09:20:00")
    world.wait_idle(120)
    # And what may have arrived is tried again a little later.
    world.set_clock("2026-11-24 09:40:00")
    world.wait_idle(120)

    check_equal(world.redis.command("XLEN", world.key("dead")), 0, "no event is refused")
    found = messages_of_contacts(world)
    check_equal(len(found), FAMILIES, "every family was told something")
    sent = collections.Counter(mail["To"].addresses[0].addr_spec for mail in world.mails())
    for n in range(FAMILIES):
        family = "F%d" % n
        check_equal(sorted(template for template, *_ in found[family]), sorted(TEMPLATES),
                    "%s was told each thing once" % family)
        check_equal({state for _, _, state, _ in found[family]}, {"accepted"}, "%s: states" % family)
        check_equal(sent["p%d@families.example" % n], len(TEMPLATES), "%s: emails" % family)
        check_equal(event_ids_in_order(world, family), ["%s-%d" % (step, n) for step in STEPS],
                    "%s: its events were decided once each, in order" % family)
    again = [each for messages in found.values() for each in messages if each[3] > 1]
    print("# %d messages, %d of them handed over more than once" % (FAMILIES * len(TEMPLATES), len(again)))

    verified = world.ctl("evidence", "verify").json
    check_equal((verified["chains"], verified["broken"]), (FAMILIES, []), "every chain is whole")


@test("an event that is published again does nothing, and one with other content is refused")
def identity_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    first = [world.event(step, "family/F1" if step == STEPS[0] else "case/C1", data_of(step, 1), id="x-" + step)
             for step in STEPS[:3]]
    world.publish(*first)
    world.publish(*first)
    world.wait_idle()
    told = len(world.mails())
    check(told >= 1, "the family was told")
    world.publish(*first)
    world.publish(dict(first[2], data={"on": "2026-11-20"}))
    world.wait_idle()
    check_equal(len(world.mails()), told, "nobody was told again")
    dead = world.ctl("dead", "list").json
    check_equal([each["code"] for each in dead], ["conflict"], "the dead letters")


@test("while Redis is away the daemon waits, and goes on when it is back")
def away_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    daemon = world.daemon()
    daemon.start()
    world.redis.kill9()
    wait_for(lambda: "redis_down" in daemon.log_text(), "the daemon to notice")
    check(daemon.is_running(), "the daemon waits for Redis")
    world.redis.start()
    world.publish(*[world.event(step, "family/F1" if step == STEPS[0] else "case/C1", data_of(step, 1))
                    for step in STEPS[:3]])
    wait_for(world.mails, "an email after Redis came back")


main()
