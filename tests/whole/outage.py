#!/usr/bin/env python3
"""Two days without Candour, with all that services said meanwhile waiting: what is said when it comes back.

CANDOUR_EVENTS says how many events wait (`make outage`: 10,000).
"""

import collections
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import RedisError, check, check_equal, edit, main, test  # noqa: E402

EVENTS = int(os.environ.get("CANDOUR_EVENTS", "500"))
LIMIT = 60 + EVENTS // 5  # an end, not a measure

# What happened in a case while nobody listened; each with two events.
SILENT, DECIDED, DONE, VISIT, MOVED, DIED, UNREAD, AHEAD = range(8)
KINDS = 8
PER_KIND = max(1, EVENTS // (2 * KINDS))

REQUESTED = "2026-10-27 10:00:00"  # so that six weeks end on Tuesday 8 December
LAST_SEEN = "2026-12-07 18:30:00"  # Monday evening
BACK = "2026-12-10 09:20:00"       # Thursday morning
DIGEST = "2026-12-10 09:35:00"


def moment(text):
    return text.replace(" ", "T") + "Z"


def milliseconds(text):
    return int(time.mktime(time.strptime(text, "%Y-%m-%d %H:%M:%S")) - time.timezone) * 1000


def publish_at(world, at, events):
    """As Redis would have queued them at that time: the ids of the queue tell the time, too."""
    words = [("XADD", world.key("events"), "%d-*" % milliseconds(at), "event", json.dumps(each)) for each in events]
    for reply in world.redis.pipeline(words):
        if isinstance(reply, RedisError):
            raise reply


def families(kind):
    return range(kind, PER_KIND * KINDS, KINDS)


def first_events(world, n, kind):
    case = "case/C%d" % n
    at = {"time_text": moment(REQUESTED)}
    yield world.event("contact.registered", "family/F%d" % n, {
        "contact": "p%d" % n, "role": "parent", "name": "Parent %d" % n, "parental_responsibility": True,
        "channels": ["email"], "addresses": {"email": "p%d@families.example" % n},
        "agreed": {"on": "2026-10-27", "with": "sam-okafor"}}, **at)
    yield world.event("contact.registered", "family/F%d" % n, {
        "contact": "c%d" % n, "person": "child%d" % n, "role": "young_person", "name": "Child %d" % n,
        "born": "2017-03-01"}, **at)
    yield world.event("case.opened", case, {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send",
                                            "owner": "sam-okafor"}, **at)
    if kind in (SILENT, DECIDED, MOVED, DIED):
        yield world.event("ehcna.requested", case, {}, **at)
    if kind in (DONE, AHEAD):
        due = "2026-12-08" if kind == DONE else "2026-12-11"
        yield world.event("action.agreed", case, {
            "action": "A1", "what": "Ask the school for its report", "due": due, "agreed_with": ["p%d" % n],
            "owner": {"service": "send", "person": "sam-okafor"}}, **at)
    if kind == VISIT:
        yield world.event("appointment.booked", case, {"when_on": "2026-12-09", "at_time": "10:00", "place": "Clinic"},
                          **at)


def open_families(world):
    publish_at(world, REQUESTED, [event for n in range(PER_KIND * KINDS)
                                  for event in first_events(world, n, n % KINDS)])


def last_words(world):
    """Said on the last evening, after hours: it waits for the morning, which nobody sees."""
    at = "2026-12-07 18:10:00"
    publish_at(world, at, [world.event("action.agreed", "case/C%d" % n, {
        "action": "A2", "what": "Call the school", "due": "2026-12-18", "agreed_with": ["p%d" % n],
        "owner": {"service": "send", "person": "sam-okafor"}}, id="wrong-%d" % n, time_text=moment(at))
        for n in families(UNREAD)])


def meanwhile(world):
    """Two events of each family, in the order in which they came."""
    queued = []

    def add(at, type, kind, subject, data):
        for n in families(kind):
            queued.append((at, [world.event(type, subject % n, data(n), time_text=moment(at))]))

    def talk(at, kind):
        add(at, "contact.made", kind, "case/C%d", lambda n: {"with": ["p%d" % n], "how": "call"})

    # Before what the case waits for: so that whoever looks at the clocks with this one is wrong.
    for kind in (SILENT, DECIDED, DONE, VISIT, DIED, UNREAD, AHEAD):
        talk("2026-12-08 09:00:00", kind)
    add("2026-12-08 10:00:00", "contact.updated", MOVED, "family/F%d",
        lambda n: {"contact": "p%d" % n, "addresses": {"email": "new%d@families.example" % n}})
    add("2026-12-08 11:00:00", "ehcna.decision_to_assess", DECIDED, "case/C%d", lambda n: {})
    add("2026-12-08 12:00:00", "action.completed", DONE, "case/C%d", lambda n: {"action": "A1"})
    add("2026-12-08 13:00:00", "person.deceased", DIED, "family/F%d", lambda n: {"person": "child%d" % n})
    add("2026-12-08 14:00:00", "event.withdrawn", UNREAD, "case/C%d",
        lambda n: {"event": "wrong-%d" % n, "reason": "Another child was meant."})
    add("2026-12-08 15:00:00", "ehcna.decision_to_assess", MOVED, "case/C%d", lambda n: {})
    add("2026-12-09 09:00:00", "reply.received", SILENT, "case/C%d",
        lambda n: {"contact": "p%d" % n, "channel": "email", "text": "When will you decide?"})
    add("2026-12-09 10:00:00", "appointment.kept", VISIT, "case/C%d", lambda n: {})
    talk("2026-12-09 11:00:00", AHEAD)
    for at, events in queued:
        publish_at(world, at, events)
    return len(queued)


def digest_policy(world):
    """The desk's list goes out half an hour after the office opens."""
    edit(os.path.join(world.copy_policy(), "services.yaml"), "    digest: \"09:00\"\n", "    digest: \"09:30\"\n")


def sent(world, before):
    """What has left since: address -> [(subject, text)]."""
    found = collections.defaultdict(list)
    for mail in world.mails():
        if mail["Message-ID"] not in before:
            found[mail["To"].addresses[0].addr_spec].append(
                (mail["Subject"], mail.get_body(("plain",)).get_content()))
    return found


def subjects(mails):
    return sorted(subject for subject, _ in mails)


DECISION, LATE, NOTE = "Our decision on a request", "We are late, and we are sorry", "A note of our talk"

# What each family hears on that morning, whatever the order.
HEARD = {
    SILENT: [NOTE, LATE, "We have your message"],
    DECIDED: [NOTE, DECISION],
    DONE: [NOTE, "Is this done?"],
    VISIT: [NOTE],
    MOVED: ["How we reach you has changed"],
    DIED: [],
    UNREAD: [NOTE],
    AHEAD: [NOTE, NOTE],
}


def check_families(world, found):
    for kind, wanted in HEARD.items():
        for n in families(kind):
            check_equal(subjects(found["p%d@families.example" % n]), sorted(wanted), "what parent %d hears" % n)
    for n in families(MOVED):
        check_equal(subjects(found["new%d@families.example" % n]), sorted([DECISION, *HEARD[MOVED]]),
                    "what parent %d hears at the new address" % n)
    late = {breach["case"] for breach in world.ctl("breaches", limit=LIMIT).json}
    check_equal(late, {"C%d" % n for n in families(SILENT)}, "what is late, and nothing else")


def handed_over(world, log):
    """Messages in the order in which they left, as they were decided."""
    ids = re.findall(r"handed_over message=(\w+) channel=email", log)
    return [json.loads(record) for record in
            world.redis.pipeline([("HGET", world.key("msg:" + each), "record") for each in ids])]


def check_order(world, log):
    grades = [message["grade"] for message in handed_over(world, log)]
    formal = [i for i, grade in enumerate(grades) if grade == "formal"]
    rest = [i for i, grade in enumerate(grades) if grade in ("information", "reminder", "optional")]
    check_equal(len(formal), len(families(DECIDED)) + len(families(MOVED)), "notices of the law")
    check(formal[-1] < rest[0], "the notices of the law leave first: %r" % grades)


@test("two days without Candour, %d events waiting" % (2 * KINDS * PER_KIND))
def outage_test(world):
    digest_policy(world)
    world.set_clock(REQUESTED)
    world.redis.start()
    world.daemon().start()
    open_families(world)
    world.wait_idle(LIMIT)
    world.set_clock("2026-11-24 10:00:00")
    world.wait_idle(LIMIT)
    world.set_clock("2026-12-07 18:15:00")
    last_words(world)
    world.wait_idle(LIMIT)
    world.set_clock(LAST_SEEN)
    world.wait_idle(LIMIT)
    before = {mail["Message-ID"] for mail in world.mails()}
    world.daemon().kill9()
    log = len(world.daemon().log_text())

    check_equal(meanwhile(world), 2 * KINDS * PER_KIND, "events that wait")
    # In those two days the lease came to its end, too.
    world.redis.command("HSET", world.key("owner"), "until", "1")
    world.set_clock(BACK)
    world.daemon().start()
    world.wait_idle(LIMIT)
    found = sent(world, before)
    check_families(world, found)
    check_order(world, world.daemon().log_text()[log:])

    world.set_clock(DIGEST)
    world.wait_idle(LIMIT)
    found = sent(world, before)
    for address, mails in found.items():
        twice = [subject for (subject, _), n in collections.Counter(mails).items() if n > 1]
        check_equal(twice, [], "what is said twice to " + address)
        lists = [subject for subject, _ in mails if subject.startswith("Your list")]
        check(len(lists) <= 1, "one digest for two days, to %s: %r" % (address, lists))
    sam = [subject for subject, _ in found["sam.okafor@sheffield.example"] if subject.startswith("Your list")]
    check_equal(sam, ["Your list for Thursday 10 December 2026"], "the caseworker's digest of that morning")
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")
    check_equal(world.ctl("evidence", "verify", limit=LIMIT).json["broken"], [], "broken evidence")


main()
