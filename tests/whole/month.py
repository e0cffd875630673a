#!/usr/bin/env python3
"""Running cases are taken over, then a month goes by, and the report's figures are counted again from the evidence.

CANDOUR_FAMILIES says how many families (`make month`: 5,000). What each of them meets is made by chance from a fixed
seed, and written down here as it is made: so the figures are held against what was planned, too.
"""

import collections
import datetime
import fractions
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test  # noqa: E402

FAMILIES = int(os.environ.get("CANDOUR_FAMILIES", "60"))
LIMIT = 60 + FAMILIES // 10

BEGIN = datetime.date(2026, 11, 2)  # a Monday: from here on Candour speaks
END = datetime.date(2026, 12, 1)


def day(text_or_date, days=0):
    return text_or_date + datetime.timedelta(days)


def moment(date):
    return date.isoformat() + "T10:00:00Z"


def working(date):
    """A weekday before noon: what is decided then is told, and so done, on the same day."""
    while date.weekday() > 3:
        date = day(date, 1)
    return date


class Plan:
    """What happens to one family: (date, type, subject, data, id), and which promises that keeps, moves or breaks."""

    def __init__(self, n, chance):
        self.n, self.case = n, "C%d" % n
        self.events = []
        self.promises = []    # (service, standard, due, end, exempt) as planned
        self.exemptions = []  # (on, duty, withdrawn)
        self.requested = day(BEGIN, -chance.randrange(1, 70))
        first = day(self.requested, -1)
        self.add(first, "contact.registered", "family/F%d" % n,
                 {"contact": "p%d" % n, "role": "parent", "name": "Parent %d" % n, "parental_responsibility": True,
                  "channels": ["email"], "addresses": {"email": "p%d@families.example" % n},
                  "agreed": {"on": first.isoformat(), "with": "sam-okafor"}})
        self.add(first, "case.opened", "case/" + self.case,
                 {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"})
        self.add(self.requested, "ehcna.requested", "case/" + self.case, {})
        self.is_decision_open = True
        if chance.random() < 0.2:
            self.excuse(chance)
        else:
            self.decide(chance)
        if chance.random() < 0.6:
            self.agree(chance)
        if chance.random() < 0.3:
            self.wait_for_therapy(chance)
        for _ in range(chance.randrange(0, 3)):
            self.answer(chance)

    def add(self, date, type, subject, data, id=None):
        self.events.append((date, type, subject, data, id))

    def promise(self, service, standard, due, done, exempt=False, moved=None):
        """done, moved: on which day, or None."""
        if moved is not None and moved <= due:
            end = "moved"
        elif done is not None and done <= due:
            end = "kept"
        else:
            end = "broken" if moved is not None or done is not None or due < END else "open"
        self.promises.append((service, standard, due, end, exempt))

    def decide(self, chance):
        decided = working(day(self.requested, chance.randrange(20, 60)))
        if decided > END or chance.random() < 0.2:
            decided = None
        else:
            self.add(decided, "ehcna.decision_to_assess", "case/" + self.case, {})
            self.is_decision_open = decided >= BEGIN
        self.promise("send", "ehc-assessment/ehcna-decision", day(self.requested, 42), decided)

    def excuse(self, chance):
        """The decision never comes: an exemption, which may be taken back."""
        due, on = day(self.requested, 42), day(self.requested, chance.randrange(10, 60))
        withdrawn = day(on, chance.randrange(1, 6)) if chance.random() < 0.5 else None
        if on <= END:
            self.add(on, "duty.excused", "case/" + self.case,
                     {"duty": "ehcna-decision", "ground": "The child was away for more than four weeks",
                      "from": self.requested.isoformat(), "to": on.isoformat(), "evidence": "E-%d" % self.n,
                      "approved_by": "helen-ward"}, "excused-%d" % self.n)
            self.is_decision_open = on >= BEGIN
        if withdrawn is not None and withdrawn <= END:
            self.add(withdrawn, "event.withdrawn", "case/" + self.case,
                     {"event": "excused-%d" % self.n, "reason": "It was about another child"})
            self.is_decision_open = self.is_decision_open or withdrawn < BEGIN
        else:
            withdrawn = None
        if on <= END:
            self.exemptions.append((on, "C%d.ehcna-decision" % self.n, withdrawn))
        exempt = on <= END and withdrawn is None
        self.promise("send", "ehc-assessment/ehcna-decision", due, None, exempt, on if exempt else None)

    def agree(self, chance):
        """An action, which may get another date, and may be done."""
        agreed = day(self.requested, 5)
        due = max(day(BEGIN, chance.randrange(-15, 40)), day(agreed, 5))
        self.add(agreed, "action.agreed", "case/" + self.case,
                 {"action": "A1", "what": "Ask the school for its report", "agreed_with": ["p%d" % self.n],
                  "owner": {"service": "send", "person": "sam-okafor"}, "due": due.isoformat()})
        done = day(agreed, chance.randrange(1, 50))
        done = done if done <= END and chance.random() < 0.7 else None
        moved = day(agreed, chance.randrange(1, 50))
        if chance.random() < 0.4 and moved <= END and (done is None or moved < done):
            self.promise("send", "standards/actions", due, None, moved=moved)
            later = day(moved, chance.randrange(5, 30))
            due = later if later != due else day(later, 1)
            self.add(moved, "action.rescheduled", "case/" + self.case,
                     {"action": "A1", "due": due.isoformat(), "reason": "The school is closed"})
        if done is not None:
            self.add(done, "action.completed", "case/" + self.case, {"action": "A1"})
        self.promise("send", "standards/actions", due, done)

    def wait_for_therapy(self, chance):
        """Another service, which writes every twelve weeks; the next date lies behind the month."""
        joined = day(self.requested, chance.randrange(0, 15))
        told = working(day(joined, chance.randrange(60, 100)))
        case, news = "case/T%d" % self.n, {"expected_wait": "About six months", "meanwhile": "A drop-in on Tuesdays"}
        told = told if told <= END and chance.random() < 0.8 else None
        self.add(joined, "case.opened", case,
                 {"family": "F%d" % self.n, "pathway": "therapy", "service": "therapies", "owner": "grace-ajayi"})
        self.add(joined, "therapy.waiting_list_joined", case, news)
        if told is not None:
            self.add(told, "therapy.waiting_list_update", case, news)
        self.promise("therapies", "therapy/waiting-update", day(joined, 84), told)

    def answer(self, chance):
        self.add(day(BEGIN, chance.randrange(-10, 29)), "feedback.received", "case/" + self.case,
                 {"contact": "p%d" % self.n, "channel": "email", "score": chance.randrange(1, 6)})


def in_order(plans):
    """All events, each family's in order, as the world's time goes on."""
    return sorted(((date, plan.n, i, type, subject, data, id) for plan in plans
                   for i, (date, type, subject, data, id) in enumerate(sorted(plan.events, key=lambda each: each[0]))),
                  key=lambda each: each[:3])


def event_of(world, each):
    date, n, i, type, subject, data, id = each
    return world.event(type, subject, data, id=id or "f%d-%d" % (n, i), time_text=moment(date))


# ---- the report, from the evidence and nothing else ----------------------------------------------

def evidence_of(world):
    """family -> the bodies of its entries, in order."""
    families = sorted(world.redis.command("SMEMBERS", world.key("families")))
    for family in families:
        entries = world.redis.command("XRANGE", world.key("evidence:" + family), "-", "+")
        yield family, [json.loads(dict(zip(fields[::2], fields[1::2]))["body"]) for _, fields in entries]


def is_in_month(day_text):
    return BEGIN.isoformat() <= day_text <= END.isoformat()


class Dates:
    """What became of each date of one duty or action: [due, end, excused, service, standard]."""

    def __init__(self):
        self.list = []

    def take(self, step):
        """One step; gives whether an exemption is taken back by it."""
        if "from" not in step or not self.list:
            self.list.append([step["due"], "open", False, step["service"], step["rule"]])
            return False
        last = self.list[-1]
        if last[1] == "open" and (step["on"] > last[0] or step["to"] == "breached"):
            last[1] = "broken"
        end = {"met": "kept", "excused": "moved", "cancelled": "gone"}.get(step["to"])
        if end is not None:
            last[1] = end if last[1] == "open" else last[1]
            last[2] = last[2] or step["to"] == "excused"
        elif step["to"] == "scheduled" and step["due"] != last[0]:
            last[1] = "moved" if last[1] == "open" else last[1]
            self.list.append([step["due"], "open", False, step["service"], step["rule"]])
        elif step["to"] == "scheduled" and last[1] != "broken":
            last[1] = "open"
        if step["from"] == "excused":
            last[2] = False
        return step["from"] == "excused"


def rate(kept, late):
    """Of a hundred, to a tenth; halves up."""
    if kept + late == 0:
        return None
    return float((fractions.Fraction(kept * 1000, kept + late) + fractions.Fraction(1, 2)).__floor__()) / 10


def numbers(counts):
    """A line of the report. counts: (end, excused) -> how many."""
    of = {end: counts[end, False] + counts[end, True] for end in ("kept", "moved", "broken", "open")}
    excused = counts["moved", True] + counts["broken", True]
    return dict(of, excused=excused, on_time=rate(of["kept"], of["broken"] + counts["moved", True]),
                on_time_without_exemptions=rate(of["kept"], counts["broken", False]))


def take_family(family, bodies, counts, exemptions, scores, missed):
    dates = collections.defaultdict(Dates)
    cases, excuses = {}, []
    for body in bodies:
        step = body.get("detail", {})
        if body["kind"] in ("note", "task") and "standard" in step and is_in_month(step["on"]):
            missed[step["service"], step["standard"], step["title"]] += 1
        if body["kind"] == "event":
            data, case = step.get("data", {}), body.get("case", "")
            if step["type"] == "case.opened":
                cases[case] = (data["service"], data["pathway"])
            elif step["type"] == "duty.excused":
                excuses.append(dict(data, on=step["on"], family=family, case=case, withdrawn=""))
            elif step["type"] == "feedback.received" and "score" in data and is_in_month(step["on"]):
                scores[cases[case]][data["score"]] += 1
        elif body["kind"] in ("duty", "action") and not step.get("by_family"):
            if dates[body["case"], body["kind"], body["id"]].take(step):
                next(each for each in excuses if each["duty"] == body["id"])["withdrawn"] = step["on"]
            if step["to"] == "excused":
                excuses[-1].update(duty=body["id"], service=step["service"])
    exemptions += [each for each in excuses if is_in_month(each["on"])]
    for each in dates.values():
        for due, end, excused, service, standard in each.list:
            if is_in_month(due) and end != "gone":
                counts[service, standard][end, excused] += 1


def counted_again(world):
    """The report as it must be, but for its titles."""
    counts = collections.defaultdict(collections.Counter)
    scores = collections.defaultdict(collections.Counter)
    exemptions, missed = [], collections.Counter()
    for family, bodies in evidence_of(world):
        take_family(family, bodies, counts, exemptions, scores, missed)
    services = []
    for service in sorted({service for service, _ in counts}):
        own = {standard: counts[each, standard] for each, standard in sorted(counts) if each == service}
        services.append(dict(numbers(sum(own.values(), collections.Counter())), service=service,
                             standards=[dict(numbers(own[standard]), standard=standard) for standard in own]))
    questionnaires = []
    for (service, pathway), of in sorted(scores.items()):
        n, total = sum(of.values()), sum(score * of[score] for score in of)
        mean = float((fractions.Fraction(total * 10, n) + fractions.Fraction(1, 2)).__floor__()) / 10
        questionnaires.append({"service": service, "pathway": pathway, "answers": n, "mean": mean,
                               "scores": {str(score): of[score] for score in range(1, 6)}})
    return {"from": BEGIN.isoformat(), "to": END.isoformat(), "services": services,
            "missed": [dict(zip(("service", "standard", "title"), key), times=n) for key, n in sorted(missed.items())],
            "exemptions": sorted(exemptions, key=lambda each: (each["on"], each["case"], each["duty"])),
            "questionnaires": questionnaires}


def reported(world):
    """What the report says, without its titles."""
    answer = world.ctl("report", "--from", BEGIN.isoformat(), "--to", END.isoformat(), limit=LIMIT).json
    for service in answer["services"]:
        del service["name"]
        for line in service["standards"]:
            del line["title"]
    return answer


def check_text(world, report):
    """What a manager reads says the same."""
    text = world.ctl("report", "--from", BEGIN.isoformat(), "--to", END.isoformat(), limit=LIMIT, json_out=False).out
    sums = re.findall(r"^  All +(\d+) +(\d+) +(\d+) +(\d+) +([\d.]+|-)", text, re.M)
    check_equal(sums, [tuple(str(service[key]) for key in ("kept", "moved", "broken", "open", "on_time"))
                       for service in report["services"]], "the sums in the text")
    without = re.findall(r"Without exemptions: ([\d.]+) % on time", text)
    check_equal(without, [str(service["on_time_without_exemptions"]) for service in report["services"]
                          if service["on_time_without_exemptions"] != service["on_time"]], "without exemptions")
    check_equal(" ".join(text.split()).count("(evidence: E-"), len(report["exemptions"]), "the register in the text")


def planned(plans):
    """(service, standard) -> counts of ends, as the plans say; and the register."""
    counts = collections.defaultdict(collections.Counter)
    for plan in plans:
        for service, standard, due, end, exempt in plan.promises:
            if BEGIN <= due <= END:
                counts[service, standard][end, exempt] += 1
    register = sorted((on.isoformat(), duty, withdrawn.isoformat() if withdrawn else "")
                      for plan in plans for on, duty, withdrawn in plan.exemptions if BEGIN <= on <= END)
    return counts, register


def check_report(world, plans):
    report = reported(world)
    check_equal(report, counted_again(world), "the report, against what the evidence says")
    check_text(world, report)
    lines = {(service["service"], line.pop("standard")): line for service in report["services"]
             for line in service["standards"]}
    counts, register = planned(plans)
    for line, ends in counts.items():
        check_equal(lines[line], numbers(ends), "the report on %s: %s, against what was planned" % line)
    check_equal(sorted((each["on"], each["duty"], each["withdrawn"]) for each in report["exemptions"]), register,
                "the register of exemptions, against what was planned")
    met = collections.Counter(key for ends in counts.values() for key, n in ends.items() if n > 0)
    for end in (("kept", False), ("moved", False), ("moved", True), ("broken", False), ("broken", True)):
        check(met[end] > 0, "the month has a promise that is %s, exempt: %s" % end)
    check(any(withdrawn and is_in_month(day(plan.requested, 42).isoformat())
              for plan in plans for _, _, withdrawn in plan.exemptions), "an exemption of the month is taken back")


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
    check_equal(answer, {"refused": [], "events": len(old), "families": FAMILIES},
                "what was imported")
    world.wait_idle(LIMIT)
    check_equal(world.mails(), [], "what was said of old times")
    duties = world.ctl("duties", limit=LIMIT).json
    running = {duty["case"] for duty in duties if duty["rule"] == "ehcna-decision"}
    check_equal(running, {plan.case for plan in plans if plan.is_decision_open}, "whose decision is still to come")
    late = {duty["case"] for duty in duties if duty["rule"] == "ehcna-decision" and duty["state"] == "breached"}
    check_equal(late, {plan.case for plan in plans if plan.case in running and day(plan.requested, 42) < BEGIN},
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

    check_report(world, plans)
    check_equal(world.ctl("evidence", "verify", limit=LIMIT).json["broken"], [], "broken evidence")


main()
