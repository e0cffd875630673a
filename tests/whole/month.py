#!/usr/bin/env python3
"""Running cases are taken over, then a month goes by, and the report's figures are counted again from the evidence.

CANDOUR_FAMILIES says how many families (`make month`: 5,000). What each of them meets is made by chance from a fixed
seed, and written down here as it is made: so the figures are held against what was planned, too.
"""

import collections
import datetime
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test  # noqa: E402

FAMILIES = int(os.environ.get("CANDOUR_FAMILIES", "60"))
LIMIT = 60 + FAMILIES // 10

BEGIN = datetime.date(2026, 11, 2)  # a Monday: from here on Candour speaks
END = datetime.date(2026, 12, 1)
SERVICES = ("send", "therapy")


def day(text_or_date, days=0):
    return text_or_date + datetime.timedelta(days)


def moment(date):
    return date.isoformat() + "T10:00:00Z"


class Plan:
    """What happens to one family: (date, type, subject, data), and which promises that keeps or breaks."""

    def __init__(self, n, chance):
        self.case = "C%d" % n
        self.events = []
        self.decided = None
        requested = day(BEGIN, -chance.randrange(1, 70))
        first = day(requested, -1)
        self.requested = requested
        self.add(first, "contact.registered", "family/F%d" % n,
                 {"contact": "p%d" % n, "role": "parent", "name": "Parent %d" % n, "parental_responsibility": True,
                  "channels": ["email"], "addresses": {"email": "p%d@families.example" % n},
                  "agreed": {"on": first.isoformat(), "with": "sam-okafor"}})
        self.add(first, "case.opened", "case/" + self.case,
                 {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"})
        self.add(requested, "ehcna.requested", "case/" + self.case, {})
        # Weekdays before noon: what is decided then is told, and so done, on the same day.
        due = day(requested, 42)
        decided = day(requested, chance.randrange(20, 60))
        while decided.weekday() > 3:
            decided = day(decided, 1)
        if decided <= END and chance.random() < 0.8:
            self.decided = decided
            self.add(decided, "ehcna.decision_to_assess", "case/" + self.case, {})
        self.decision_due = due
        self.action_due = self.action_done = None
        if chance.random() < 0.5:
            agreed = day(requested, 5)
            self.action_due = day(BEGIN, chance.randrange(-15, 40))
            if self.action_due <= agreed:
                self.action_due = day(agreed, 5)
            self.add(agreed, "action.agreed", "case/" + self.case,
                     {"action": "A1", "what": "Ask the school for its report", "agreed_with": ["p%d" % n],
                      "owner": {"service": "send", "person": "sam-okafor"}, "due": self.action_due.isoformat()})
            done = day(agreed, chance.randrange(1, 50))
            if done <= END and chance.random() < 0.7:
                self.action_done = done
                self.add(done, "action.completed", "case/" + self.case, {"action": "A1"})

    def add(self, date, type, subject, data):
        self.events.append((date, type, subject, data))

    def promises(self):
        """(standard, due, end) as planned."""
        yield "ehc-assessment/ehcna-decision", self.decision_due, self.end(self.decision_due, self.decided)
        if self.action_due is not None:
            yield "standards/actions", self.action_due, self.end(self.action_due, self.action_done)

    @staticmethod
    def end(due, done):
        if done is not None:
            return "kept" if done <= due else "broken"
        return "broken" if due < END else "open"


def in_order(plans):
    """All events, each family's in order, as the world's time goes on."""
    return sorted(((date, n, i, type, subject, data) for n, plan in enumerate(plans)
                   for i, (date, type, subject, data) in enumerate(sorted(plan.events, key=lambda each: each[0]))),
                  key=lambda each: each[:3])


def event_of(world, each):
    date, n, i, type, subject, data = each
    return world.event(type, subject, data, id="f%d-%d" % (n, i), time_text=moment(date))


def evidence_of(world):
    """family -> the bodies of its entries, in order."""
    families = sorted(world.redis.command("SMEMBERS", world.key("families")))
    for family in families:
        entries = world.redis.command("XRANGE", world.key("evidence:" + family), "-", "+")
        yield family, [json.loads(dict(zip(fields[::2], fields[1::2]))["body"]) for _, fields in entries]


def counted_again(world):
    """(service, standard) -> Counter of ends, of dates in the month: the ledger, from the evidence and nothing else."""
    counts = collections.defaultdict(collections.Counter)
    for _, bodies in evidence_of(world):
        dates = {}  # (case, kind, id) -> [[due, end, service, standard]]
        for body in bodies:
            if body["kind"] not in ("duty", "action"):
                continue
            step = body["detail"]
            if step.get("by_family"):
                continue
            history = dates.setdefault((body["case"], body["kind"], body["id"]), [])
            if "from" not in step or not history:
                history.append([step["due"], "open", step["service"], step["rule"]])
                continue
            last = history[-1]
            if step["to"] == "breached":
                last[1] = "broken"
            elif step["to"] == "met" and last[1] == "open":
                last[1] = "kept" if step["on"] <= last[0] else "broken"
            elif step["to"] == "excused" and last[1] == "open":
                last[1] = "moved"
            elif step["to"] == "cancelled" and last[1] == "open":
                last[1] = "gone"
            elif step["to"] == "scheduled" and step["due"] != last[0]:
                last[1] = "moved" if last[1] == "open" else last[1]
                history.append([step["due"], "open", step["service"], step["rule"]])
            elif step["to"] == "scheduled" and last[1] == "kept":
                last[1] = "open"
        for history in dates.values():
            for due, end, service, standard in history:
                if BEGIN.isoformat() <= due <= END.isoformat() and end != "gone":
                    counts[service, standard][end] += 1
    return counts


def reported(world):
    answer = world.ctl("report", "--from", BEGIN.isoformat(), "--to", END.isoformat(), limit=LIMIT).json
    counts = {}
    for service in answer["services"]:
        sums = collections.Counter()
        for line in service["standards"]:
            ends = {end: line[end] for end in ("kept", "moved", "broken", "open")}
            counts[service["service"], line["standard"]] = collections.Counter({k: v for k, v in ends.items() if v})
            sums.update(ends)
        check_equal({end: service[end] for end in sums}, dict(sums), "the sums of " + service["service"])
        done = sums["kept"] + sums["broken"] + service["excused"]
        if done:
            check(abs(service["on_time"] - 100 * sums["kept"] / done) <= 0.051, "the rate of what was on time")
    return counts


@test("a month of %d families: nothing old is said, and the report is what happened" % FAMILIES)
def month_test(world):
    chance = random.Random(20261102)
    plans = [Plan(n, chance) for n in range(FAMILIES)]
    events = in_order(plans)
    old = [each for each in events if each[0] < BEGIN]
    world.set_clock("2026-11-02 08:00:00")
    world.redis.start()
    world.daemon().start()

    with open(world.path("running.jsonl"), "w", encoding="utf-8") as file:
        for each in old:
            file.write(json.dumps(event_of(world, each)) + "\n")
    answer = world.ctl("import", world.path("running.jsonl"), "--quiet-before", BEGIN.isoformat(),
                       "--timeout", str(min(LIMIT * 10, 3000)), limit=LIMIT * 10).json
    check_equal(answer, {"events": len(old), "families": FAMILIES}, "what was imported")
    world.wait_idle(LIMIT)
    check_equal(world.mails(), [], "what was said of old times")
    duties = world.ctl("duties", limit=LIMIT).json
    running = {duty["case"] for duty in duties if duty["rule"] == "ehcna-decision"}
    check_equal(running, {plan.case for plan in plans if plan.decided is None or plan.decided >= BEGIN},
                "whose decision is still to come")
    late = {duty["case"] for duty in duties if duty["rule"] == "ehcna-decision" and duty["state"] == "breached"}
    check_equal(late, {plan.case for plan in plans if plan.case in running and plan.decision_due < BEGIN},
                "whose decision is late")

    date = BEGIN
    while date <= END:
        world.set_clock(date.isoformat() + " 10:00:00")
        today = [event_of(world, each) for each in events if each[0] == date]
        if today:
            world.publish(*today)
        world.wait_idle(LIMIT)
        date = day(date, 1)
    world.wait_idle(LIMIT)
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")

    planned = collections.defaultdict(collections.Counter)
    for plan in plans:
        for standard, due, end in plan.promises():
            if BEGIN <= due <= END:
                planned["send", standard][end] += 1
    report, evidence = reported(world), counted_again(world)
    check_equal(report, dict(evidence), "the report, against what the evidence says")
    for line, ends in planned.items():
        check_equal(report[line], ends, "the report on %s/%s, against what was planned" % line)
    check_equal(world.ctl("evidence", "verify", limit=LIMIT).json["broken"], [], "broken evidence")


main()
