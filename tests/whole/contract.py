#!/usr/bin/env python3
"""The outer contract, seen from outside: what services, operators and other systems may rely on."""

import hashlib
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import (Client, DAEMON_PASSWORD, DAEMON_USER, PUBLISHER_PASSWORD, PUBLISHER_USER, ROOT,  # noqa: E402
                     RedisError, check, check_equal, main, program, test, wait_for)

AT = {"time_text": "2026-11-02T09:15:00Z"}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
COMMANDS = ("publish", "check", "case show", "family show", "outbox", "duties", "actions", "breaches", "dead list",
            "dead show", "dead replay", "dead park", "dead drop", "due", "calendar eval", "preview", "lint", "simulate",
            "explain", "evidence verify", "status", "wait", "sms check", "address check", "letters dispatched", "letters returned")


def mother(world, **changes):
    data = {"contact": "mum", "person": "P-mum", "role": "parent", "name": "Zoë Hughes", "born": "1988-04-01",
            "parental_responsibility": True, "language": "en", "format": "standard", "channels": ["email", "letter"],
            "addresses": {"email": "zoe@families.example", "sms": "+447700900123",
                          "letter": ["Zoë Hughes", "14 Birch Lane", "S10 9ZZ"]},
            "agreed": {"on": "2026-10-28", "with": "sam-okafor"}, "hours": {"always": True},
            "optional": {"surveys": True}}
    return world.event("contact.registered", "family/F1", dict(data, **changes), **AT)


def father(world):
    return mother(world, contact="dad", person="P-dad", name="Marek Nowak", channels=["sms"],
                  addresses={"sms": "+447700900456"})


def opening(world, case="C1", **more):
    return world.event("case.opened", "case/" + case, {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                                       "owner": "sam-okafor", "on": "2026-11-02"}, **AT, **more)


def made(world, **more):
    """An event that anybody may say of the case at any time."""
    return world.event("contact.made", "case/C1", {"with": ["mum"], "how": "phone"}, **dict(AT, **more))


def begin(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    world.daemon().start()
    world.publish(mother(world), father(world), opening(world),
                  world.event("ehcna.requested", "case/C1", {}, traceparent=TRACE, **AT))
    world.wait_idle()


def refusals(world, *events):
    """Publishes; gives what was refused of it: (code, field), in order."""
    before = len(world.ctl("dead", "list").json)
    world.publish(*events)
    world.wait_idle()
    return [(each["code"], each["field"]) for each in world.ctl("dead", "list").json[before:]]


# ---- the envelope --------------------------------------------------------------------------------

@test("an event is taken or refused by its envelope as the contract says")
def envelope_test(world):
    begin(world)
    fine = [dict(made(world), datacontenttype="application/json"), dict(made(world), traceparent=7),
            dict(made(world), comment={"any": ["thing"]}), made(world, id="a" * 64), made(world, source="urn:x:1"),
            made(world, time_text="2026-11-02t09:15:00.123456z"), made(world, time_text="2026-11-02T11:15:00+02:00"),
            made(world, source="/other", id="a" * 64)]
    check_equal(refusals(world, *fine), [], "good envelopes")
    bad = [
        (dict(made(world), datacontenttype="text/xml"), ("bad_data", "datacontenttype")),
        (dict(made(world), specversion=1.0), ("wrong_type", "specversion")),
        (dict(made(world), specversion="1.1"), ("bad_specversion", "specversion")),
        (made(world, id="b" * 65), ("bad_id", "id")),
        (made(world, id=".a"), ("bad_id", "id")),
        (made(world, id="é"), ("bad_id", "id")),
        (made(world, source=""), ("bad_id", "source")),
        (made(world, time_text="2026-11-02T09:15:00"), ("bad_time", "time")),
        (made(world, time_text="2026-11-02 09:15:00Z"), ("bad_time", "time")),
        (made(world, time_text="2026-11-31T09:15:00Z"), ("bad_time", "time")),
        (made(world, time_text="2026-11-02T09:30:00Z"), ("bad_time", "time")),
        (dict(made(world), subject="case/C1/x"), ("bad_subject", "subject")),
        (dict(made(world), subject="child/C1"), ("bad_subject", "subject")),
        (dict(made(world), subject="family/F1"), ("bad_subject", "subject")),
        (dict(made(world), type="Contact.Made"), ("unknown_type", "type")),
        (dict(made(world), data=None), ("wrong_type", "data")),
        ([made(world)], ("wrong_type", "")),
    ]
    for event, wanted in bad:
        check_equal(refusals(world, json.dumps(event)), [wanted], "refused: %r" % event)
    for name in ("specversion", "id", "source", "type", "subject", "time", "data"):
        event = made(world)
        del event[name]
        check_equal(refusals(world, event), [("missing_field", name)], "without " + name)


@test("on, by and supersedes may stand in every event, and duties count from on")
def common_test(world):
    begin(world)
    world.publish(opening(world, "C2"),
                  world.event("ehcna.requested", "case/C2", {"on": "2026-10-30", "by": "sam-okafor",
                                                             "supersedes": "e1"}, **AT))
    world.wait_idle()
    duties = {each["duty"]: each for each in world.ctl("duties").json}
    check_equal([duties[each]["from"] for each in ("C1.ehcna-decision", "C2.ehcna-decision")],
                ["2026-11-02", "2026-10-30"], "from on, or else from the day of time")
    for name, value, code in (("on", "2026-02-30", "bad_data"), ("on", 5, "wrong_type"), ("by", 5, "wrong_type"),
                              ("by", "", "bad_data"), ("supersedes", [], "wrong_type"),
                              ("supersedes", "a b", "bad_data")):
        event = made(world)
        event["data"][name] = value
        check_equal(refusals(world, event), [(code, "data." + name)], "%s: %r" % (name, value))


@test("an event of 65,536 bytes is taken and one of 65,537 is not")
def size_test(world):
    begin(world)

    def sized(n, id):
        event = made(world, id=id)
        event["data"]["padding"] = ""
        event["data"]["padding"] = "x" * (n - len(json.dumps(event)))
        return json.dumps(event)

    check_equal(refusals(world, sized(65536, "most")), [], "the most")
    check_equal(refusals(world, sized(65537, "more")), [("too_large", "")], "one more")


@test("the same event again does nothing, however it is written; with other content it is a conflict")
def identity_test(world):
    begin(world)
    text = ('{"specversion":"1.0","id":"%s","source":"/s","type":"contact.made","subject":"case/C1",'
            '"time":"2026-11-02T09:15:00Z","data":{"with":["mum"],"how":"phone","x":%s,"y":{"a":1,"b":[1,2]}}}')
    again = ('{"data": {"y": {"b": [1, 2], "a": 1}, "x": %s, "how": "ph\\u006fne", "with": ["mum"]}, "comment": 1,'
             ' "time": "2026-11-02T10:15:00.000+01:00", "type": "contact.made", "subject": "case/C1",'
             ' "source": "/s", "id": "%s", "specversion": "1.0"}')
    same = [("1", "1.0"), ("100", "1e2"), ("0.5", "5E-1"), ("0", "-0"), ("0", "-0.0"), ("-1", "-1.0"),
            ("100000000000000000", "1e17"), ("-9007199254740992", "-9007199254740992.0"), ("1e22", "10E21")]
    events = []
    for n, (one, other) in enumerate(same):
        events += [text % ("n%d" % n, one), again % (other, "n%d" % n)]
    before = world.redis.command("XLEN", world.key("evidence:F1"))
    check_equal(refusals(world, *events), [], "the same number in two forms")
    entries = [json.loads(fields["body"]) for _, fields in world.redis.stream(world.key("evidence:F1"))[before:]]
    check_equal([each["id"] for each in entries if each["kind"] == "event"], ["n%d" % n for n in range(len(same))],
                "each is decided once")
    other = [text % ("n0", "2"), text % ("n0", '"1"'), text % ("n0", "1.5"),
             (text % ("n0", "1")).replace("[1,2]", "[2,1]"), (text % ("n0", "1")).replace("09:15:00Z", "09:14:00Z"),
             (text % ("n0", "1")).replace("case/C1", "case/C2")]
    world.publish(opening(world, "C2"))
    check_equal(refusals(world, *other), [("conflict", "id")] * len(other), "other content")
    check_equal(refusals(world, (text % ("n0", "2")).replace('"/s"', '"/t"')), [], "another source is another event")


@test("an event that comes again at once, or while it waits, does nothing either")
def twice_test(world):
    begin(world)

    def agreed(case, what="Ring"):
        return world.event("action.agreed", "case/" + case, {
            "action": "A1", "what": what, "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-11-20"},
            id="agreed-" + case, **AT)

    check_equal(refusals(world, *[agreed("C1")] * 5), [], "five times at once")
    check_equal(refusals(world, agreed("C2"), agreed("C2"), opening(world, "C2"), agreed("C2")), [], "before its case")
    check_equal([each["action"] for each in world.ctl("actions").json], ["A1", "A1"], "one in each case")
    check_equal(refusals(world, opening(world, "C3"), agreed("C3"), agreed("C3", "Write")), [("conflict", "id")],
                "with other content")


@test("an identity is remembered for 400 days")
def memory_test(world):
    begin(world)
    keys = [each for each in world.redis.command("KEYS", world.key("seen:*")) if ":own:" not in each]
    check_equal(len(keys), 4, "one for each event")
    for key in keys:
        days = world.redis.command("PTTL", key) / 86400000
        check(399.9 < days <= 400, "%s lives for %f days" % (key, days))


# ---- the kinds -----------------------------------------------------------------------------------

def rows(case):
    """Every kind that anybody may publish: type, subject, good data, and what it must have. In an order in which
    each can be told."""
    owner = {"service": "send", "person": "sam-okafor"}
    channels, addresses = ["email"], {"email": "office@school.example"}
    return [
        ("contact.registered", "family/F1", {
            "contact": "gran", "person": "P-gran", "role": "carer", "name": "Ada Hughes", "born": "1950-01-01",
            "parental_responsibility": False, "language": "cy", "format": "large_print_18",
            "channels": ["letter", "task"], "addresses": {"letter": ["Ada Hughes", "1 Mill Street", "S1 9ZZ"]},
            "agreed": {"on": "2026-10-01", "with": "sam-okafor"}, "hours": {"mon": [["09:00", "24:00"]]},
            "safe": {"channels": ["letter"], "hours": {"always": True}, "sender": "Sheffield"},
            "optional": {"surveys": False}}, "contact role name"),
        ("contact.updated", "family/F1", {"contact": "gran", "format": None, "agreed": None, "channels": ["email"],
                                          "addresses": {"email": "ada@families.example", "letter": None}}, "contact"),
        ("contact.removed", "family/F1", {"contact": "gran"}, "contact"),
        ("party.registered", "family/F1", {"party": "school", "role": "school", "name": "Birch School",
                                           "channels": channels, "addresses": addresses}, "party role name"),
        ("consent.given", "family/F1", {"contact": "dad", "for": "all", "until": "2027-11-02"}, "contact for"),
        ("consent.withdrawn", "family/F1", {"contact": "dad", "for": "all"}, "contact for"),
        ("capacity.recorded", "family/F1", {"person": "P-mum", "decision": "all", "has_capacity": True,
                                            "assessed_on": "2026-10-01", "by": "dr-lee"},
         "person decision has_capacity assessed_on by"),
        ("court_order.added", "family/F1", {"contact": "dad", "effect": "school_info_only", "until": "2027-01-31"},
         "contact effect"),
        ("court_order.ended", "family/F1", {"contact": "dad", "effect": "school_info_only"}, "contact effect"),
        ("safe_contact.flagged", "family/F1", {"contact": "dad", "channels": ["sms"], "hours": {"always": True},
                                               "sender": "Sheffield"}, "contact channels"),
        ("contact.made", case, {"with": ["mum"], "how": "visit", "summary": "We talked.", "actions": [
            {"action": "A2", "what": "Ring the school", "owner": owner, "due": "2026-11-20"}]}, "with how"),
        ("action.agreed", case, {"action": "A1", "what": "Send the form", "owner": owner, "due": "2026-11-20",
                                 "agreed_with": ["mum"]}, "action what owner due"),
        ("action.rescheduled", case, {"action": "A1", "due": "2026-11-25", "reason": "The form is late."},
         "action due"),
        ("action.disputed", case, {"action": "A1", "reason": "Nobody rang."}, "action"),
        ("action.completed", case, {"action": "A1"}, "action"),
        ("action.cancelled", case, {"action": "A2", "reason": "No longer wanted."}, "action"),
        ("duty.excused", case, {"duty": "ehcna-decision", "ground": "absence", "from": "2026-11-02",
                                "to": "2026-12-10", "evidence": "E-1", "approved_by": "helen-marsh"},
         "duty ground from to evidence approved_by"),
        ("hold.placed", case, {"reason": "awaiting the school", "owner": "sam-okafor", "until": "2026-11-30"},
         "reason owner until"),
        ("hold.ended", case, {"reason": "awaiting the school"}, "reason"),
        ("enclosure.dispatched", case, {"enclosure": "advice.pdf", "contact": "mum"}, "enclosure"),
        ("reply.received", case, {"contact": "mum", "channel": "email", "text": "Thank you."}, "contact channel text"),
        ("reply.received", "family/F1", {"contact": "mum", "channel": "sms", "text": "Yes."}, "contact channel text"),
        ("feedback.received", case, {"contact": "mum", "channel": "sms", "score": 4}, "contact channel"),
        ("feedback.received", "family/F1", {"contact": "mum", "channel": "sms", "text": "Good."}, "contact channel"),
        ("worker.away", "service/send", {"person": "sam-okafor", "from": "2026-12-01", "to": "2026-12-05",
                                         "deputy": "helen-marsh"}, "person from to deputy"),
        ("event.withdrawn", case, {"event": "e1", "reason": "It was another case."}, "event reason"),
        ("case.reassigned", case, {"owner": "helen-marsh", "from": "sam-okafor", "reason": "A new team."},
         "owner from"),
        ("person.deceased", "family/F1", {"person": "P-dad"}, "person"),
        ("person.deceased", "person/P-dad", {"person": "P-dad"}, "person"),
        ("case.opened", "case/C3", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                    "owner": "sam-okafor", "on": "2026-11-02"}, "family pathway service owner"),
        ("case.closed", case, {"outcome": "moved away"}, "outcome"),
        ("person.adopted", "family/F1", {"person": "P-child", "parents": ["mum"]}, "person"),
    ]


@test("every kind is taken with good data, and refused without what it must have")
def kinds_test(world):
    begin(world)
    bad, wanted = [], []
    for kind, subject, data, needed in rows("case/C1"):
        for name in needed.split():
            bad.append(world.event(kind, subject, {key: data[key] for key in data if key != name}, **AT))
            wanted.append((kind, "missing_field", "data." + name))
            bad.append(world.event(kind, subject, dict(data, **{name: {"no": "such"}}), **AT))
            wanted.append((kind, "wrong_type", "data." + name))
    found = refusals(world, *bad)
    check_equal([(event["type"],) + each for event, each in zip(bad, found)],
                [each if each[2] != "data.owner" or each[0] != "action.agreed" or each[1] == "missing_field"
                 else (each[0], "missing_field", "data.owner.service") for each in wanted], "refused")
    for kind, subject, data, _ in rows("case/C1"):
        check_equal(refusals(world, world.event(kind, subject, data, **AT)), [], "%s is taken" % kind)
    case = world.ctl("case", "show", "C1").json
    check_equal((case["owner"], case["closed_on"]), ("helen-marsh", "2026-11-02"), "they had their effects")
    check_equal({each["action"]: each["state"] for each in case["actions"]}, {"A1": "met", "A2": "cancelled"},
                "the actions")


@test("docs/events.md lists every kind that anybody may publish, with what it is about and must have")
def page_test(world):
    with open(os.path.join(ROOT, "include", "candour", "event.h"), encoding="utf-8") as file:
        kinds = re.findall(r'"([a-z_.]+)", ([0-9 +]+), EVERYONE', file.read())
    with open(os.path.join(ROOT, "docs", "events.md"), encoding="utf-8") as file:
        page = re.findall(r"^\| `([a-z_.]+)` \| ([a-z, ]+) \| `([a-z_ ]+)` \|", file.read(), re.MULTILINE)
    bits = {"case": 1, "family": 2, "person": 4, "service": 8}
    check_equal([(kind, sum(bits.get(each, 15) for each in about.split(", "))) for kind, about, _ in page],
                [(kind, sum(map(int, mask.split("+")))) for kind, mask in kinds], "kinds, and what they are about")
    needed = {kind: names for kind, _, names in page}
    for kind, _, _, names in rows("case/C1"):
        check_equal(needed.pop(kind, names), names, "what %s must have" % kind)
    check_equal(set(needed), {"breach.acknowledged", "duty.at_risk", "task.completed"},
                "kinds that other tests publish")


@test("a breach is answered for by duty or by action, and feedback has a text or a score")
def either_test(world):
    begin(world)
    world.publish(world.event("action.agreed", "case/C1", {
        "action": "A1", "what": "Ring", "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-11-03"}, **AT))
    world.wait_idle()
    world.set_clock("2026-12-16 09:15:00")
    world.wait_idle()
    check_equal({each.get("duty", each.get("action")) for each in world.ctl("breaches").json},
                {"C1.ehcna-decision", "A1"}, "what is late")
    base = {"by": "helen-marsh", "until": "2026-12-18", "note": "I ring them myself."}
    for name in ("by", "until", "note"):
        data = dict(base, duty="ehcna-decision")
        del data[name]
        check_equal(refusals(world, world.event("breach.acknowledged", "case/C1", data, **AT)),
                    [("missing_field", "data." + name)], "without " + name)
    check_equal(refusals(world, world.event("breach.acknowledged", "case/C1", base, **AT))[0][0], "bad_data",
                "of nothing")
    check_equal(refusals(world, world.event("breach.acknowledged", "case/C1", dict(base, duty="ehcna-decision"), **AT),
                         world.event("breach.acknowledged", "case/C1", dict(base, action="A1"), **AT)), [], "of both")
    check_equal({each["state"] for each in world.ctl("breaches").json}, {"acknowledged"}, "somebody answers for them")
    check_equal(refusals(world, world.event("feedback.received", "case/C1", {"contact": "mum", "channel": "sms"},
                                            **AT))[0][0], "bad_data", "feedback that says nothing")


@test("what only Candour may say is refused from everybody else, and taken on its own stream")
def reserved_test(world):
    begin(world)
    kinds = ["clock.due", "clock.other", "message.anything"] + ["message." + each for each in (
        "dispatched", "delivered", "failed", "returned", "accepted", "unknown", "expired", "stale")]
    events = [world.event(kind, "case/C1", {"message": "m1"}, **AT) for kind in kinds]
    check_equal(refusals(world, *events), [("reserved_type", "type")] * len(kinds), "on the services' stream")
    sent = [each for each in world.ctl("case", "show", "C1").json["messages"] if each["contact"] == "dad"]
    world.redis.command("XADD", world.key("own"), "*", "event", json.dumps(world.event(
        "message.delivered", "case/C1", {"message": sent[0]["message"], "on": "2026-11-02"}, source="provider", **AT)))
    world.wait_idle()
    sent = [each for each in world.ctl("case", "show", "C1").json["messages"] if each["contact"] == "dad"]
    check_equal(sent[0]["state"], "delivered", "what a provider says through its own door")


# ---- what other systems hear ---------------------------------------------------------------------

@test("what cannot be is refused by its field: nobody's hold, an action agreed with a stranger, a contact without a name")
def nonsense_test(world):
    begin(world)
    owner = {"service": "send", "person": "sam-okafor"}
    hold = {"reason": "awaiting the school", "owner": "sam-okafor", "until": "2026-11-30"}
    action = {"action": "A1", "what": "Ring", "owner": owner, "due": "2026-11-20", "agreed_with": ["mum"]}
    rows = [("hold.placed", "case/C1", dict(hold, owner="nobody"), ("bad_data", "data.owner")),
            ("hold.placed", "case/C1", dict(hold, until="2026-11-01"), ("bad_data", "data.until")),
            ("duty.excused", "case/C1", {"duty": "plan-draft", "ground": "absence", "from": "2026-12-10", "to": "2026-12-09",
                                         "evidence": "E-1", "approved_by": "helen-marsh"}, ("bad_data", "data.to")),
            ("action.agreed", "case/C1", dict(action, agreed_with=["mum", "mun"]), ("bad_data", "data.agreed_with")),
            ("contact.made", "case/C1", {"with": ["mun"], "how": "phone"}, ("bad_data", "data.with")),
            ("contact.updated", "family/F1", {"contact": "mum", "name": None}, ("wrong_type", "data.name")),
            ("contact.updated", "family/F1", {"contact": "mum", "role": None}, ("wrong_type", "data.role"))]
    for kind, subject, data, wanted in rows:
        check_equal(refusals(world, world.event(kind, subject, data, **AT)), [wanted], "%s %r" % (kind, data))
    # What is true, however it is written or how long ago it was, is taken, and nobody is asked whether it arrived.
    fine = [world.event("feedback.received", "case/C1", {"contact": "mum", "channel": "sms", "score": 4.0}, **AT),
            world.event("contact.made", "case/C1", {"with": ["dad"], "how": "phone"}, time_text="1969-12-31T09:00:00Z")]
    check_equal(refusals(world, *fine), [], "4.0 is a whole number, and 1969 was a year")
    check_equal(world.ctl("status").json["outbox"]["sms"]["unknown"], 0, "what became of the messages is known")


@test("facts are CloudEvents with ids of their own that carry the trace on, and hold nothing personal")
def facts_test(world):
    begin(world)
    texts = [fields["event"] for _, fields in world.redis.stream(world.key("facts"))]
    facts = [json.loads(each) for each in texts]
    check({"case.opened", "duty.scheduled", "message.accepted"} <= {each["type"] for each in facts}, "kinds of facts")
    check_equal(len({each["id"] for each in facts}), len(facts), "ids")
    for each in facts:
        check_equal((each["specversion"], each["source"], each["datacontenttype"], type(each["data"])),
                    ("1.0", "candour", "application/json", dict), "the envelope")
        check(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", each["id"]), each["id"])
        check(re.fullmatch(r"(case|family|service)/[A-Za-z0-9._-]+", each["subject"]), each["subject"])
        check(re.fullmatch(r"2026-11-02T09:1\d:\d\d(\.\d+)?Z", each["time"]), each["time"])
    check_equal({each.get("traceparent") for each in facts if each["type"] == "duty.scheduled"}, {TRACE}, "the trace")
    world.publish(world.event("person.deceased", "person/P-dad", {"person": "P-dad"}, traceparent="01" + TRACE[2:], **AT))
    world.wait_idle()
    later = [json.loads(fields["event"]) for _, fields in world.redis.stream(world.key("facts"))][len(facts):]
    check("01" + TRACE[2:] in {each.get("traceparent") for each in later}, "the trace by way of a person")
    sent = world.ctl("case", "show", "C1").json["messages"][0]["message"]
    world.redis.command("XADD", world.key("own"), "*", "event", json.dumps(world.event(
        "message.failed", "case/C1", {"message": sent, "detail": "550 no <zoe@families.example>"}, source="provider", **AT)))
    world.wait_idle()
    texts += [fields["event"] for _, fields in world.redis.stream(world.key("facts"))]
    check([each for each in texts if "message.failed" in each], "the failure is a fact")
    texts += [fields["body"] for _, fields in world.redis.stream(world.key("evidence:F1"))]
    for secret in ("Zoë", "Nowak", "families.example", "7700", "Birch"):
        check(secret not in "".join(texts), "%s is in a fact or in the evidence" % secret)


@test("the files of the file transports are as the contract says")
def files_test(world):
    begin(world)
    world.publish(mother(world, contact="gran", name="Ada Hughes", channels=["letter"]),
                  world.event("contact.made", "case/C1", {"with": ["gran"], "how": "phone"}, **AT))
    world.wait_idle()
    check_equal(sorted(os.listdir(world.path("mail"))), ["cur", "new", "tmp"], "a Maildir")
    check_equal(os.listdir(world.path("mail/tmp")), [], "nothing is half written")
    texts = world.texts()
    check_equal({tuple(each) for each in texts}, {("message", "to", "sender", "text", "encoding", "segments")},
                "the keys of a line of sms.jsonl")
    check_equal((texts[0]["to"], texts[0]["encoding"]), ("+447700900456", "GSM-7"), "to whom, in which encoding")
    letters = world.letters()
    check_equal(sorted(os.listdir(world.path("letters"))), [each.message for each in letters], "a folder a message")
    manifest = letters[0].manifest
    check(set(manifest) >= {"message", "postage", "profile", "pages", "print_on", "address", "sha256"}, "manifest")
    check_equal(tuple(manifest[each] for each in ("message", "postage", "profile", "print_on")),
                (letters[0].message, "second", "notify_c5", "2026-11-03"), "its values")
    check_equal(manifest["address"][-1], "S10 9ZZ", "the address ends with the postcode")
    others = [each for each in os.listdir(letters[0].folder) if each != "manifest.json"]
    check_equal(len(others), 1, "the letter beside it")
    with open(os.path.join(letters[0].folder, others[0]), "rb") as file:
        check_equal(hashlib.sha256(file.read()).hexdigest(), manifest["sha256"], "its hash")
    said = {each["message"] for each in texts} | {each.message for each in letters}
    known = {each["message"]: each for each in world.ctl("case", "show", "C1").json["messages"]}
    check(said <= set(known), "every file's message is one of the case's")


# ---- rights --------------------------------------------------------------------------------------

def denied(client, *words):
    try:
        client.command(*words)
    except RedisError as error:
        return str(error).startswith("NOPERM")
    return False


@test("the shipped users of Redis are enough for daemon and command, and no more than that")
def rights_test(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    check_equal(subprocess.run([program("candourd"), "--config", world.config_file, "--check", "--connect"],
                               capture_output=True, env=world.environment(), check=False).returncode, 0, "--connect")
    publisher = Client(world.redis.socket, user=PUBLISHER_USER, password=PUBLISHER_PASSWORD)
    for event in (mother(world), father(world), opening(world), "nonsense", made(world),
                  mother(world, contact="gran", person="P-gran", role="other"),
                  world.event("ehcna.requested", "case/C1", {}, **AT),
                  world.event("ehcna.requested", "case/LOST", {}, **AT),
                  world.event("person.deceased", "person/P-gran", {"person": "P-gran"}, **AT)):
        text = event if isinstance(event, str) else json.dumps(event)
        publisher.command("XADD", world.key("events"), "*", "event", text)
    for words in (("XADD", world.key("own"), "*", "event", "{}"), ("XADD", world.key("facts"), "*", "event", "{}"),
                  ("XADD", "other", "*", "event", "{}"), ("XRANGE", world.key("events"), "-", "+"),
                  ("XLEN", world.key("events")), ("XDEL", world.key("events"), "1-1"),
                  ("XTRIM", world.key("events"), "MAXLEN", "0"), ("DEL", world.key("events")), ("KEYS", "*"),
                  ("HGETALL", world.key("family:F1")), ("CONFIG", "GET", "*"), ("EVAL", "return 1", "0")):
        check(denied(publisher, *words), "a publisher may not: %s" % " ".join(words))
    world.redis.command("ACL", "LOG", "RESET")
    daemon = world.daemon()
    daemon.start()
    world.wait_idle()
    check_equal((len(world.mails()), len(world.texts())), (2, 1), "what they are told")
    world.redis.command("SCRIPT", "FLUSH")
    message = world.ctl("case", "show", "C1").json["messages"][0]["message"]
    letter = world.ctl("dead", "list").json[0]["id"]
    world.ctl("publish", "--type", "contact.made", "--subject", "case/C1", "--data", '{"with":["mum"],"how":"phone"}')
    for words in (("family", "show", "F1"), ("outbox",), ("duties",), ("actions",), ("breaches",), ("status",),
                  ("explain", message), ("evidence", "verify"), ("preview", "plan-draft", "--contact", "F1/mum"),
                  ("dead", "show", letter), ("dead", "park", letter), ("dead", "replay", letter)):
        world.ctl(*words)
    world.wait_idle()
    world.ctl("dead", "drop", world.ctl("dead", "list").json[0]["id"])
    # A second daemon stands by, the first gives up, events that nobody finished are claimed, time passes.
    world.daemon("other").start()
    daemon.kill9()
    world.publish(made(world))
    world.set_clock("2026-11-05 10:15:00")
    wait_for(lambda: [each["code"] for each in world.ctl("dead", "list").json] == ["unknown_case"],
             "the lost event to be given up", 90)
    check_equal(world.redis.command("ACL", "LOG"), [], "what was denied to daemon and command")
    ours = Client(world.redis.socket)
    ours.command("AUTH", DAEMON_USER, DAEMON_PASSWORD)
    for words in (("GET", "other"), ("SET", "other", "1"), ("FLUSHALL",), ("FLUSHDB",), ("KEYS", "*"),
                  ("CONFIG", "SET", "appendonly", "no"), ("SHUTDOWN",), ("ACL", "LIST"), ("SCRIPT", "FLUSH"),
                  ("EVAL", "return 1", "0"), ("DEBUG", "SLEEP", "0"), ("CLIENT", "KILL", "TYPE", "normal"),
                  ("MONITOR",), ("REPLICAOF", "NO", "ONE")):
        check(denied(ours, *words), "Candour's user may not: %s" % " ".join(words))


@test("Redis does not start with the shipped users before their passwords are set")
def no_password_test(world):
    with open(os.path.join(world.redis.folder, "redis.conf"), "a", encoding="utf-8") as file:
        file.write("include %s\n" % os.path.join(ROOT, "conf", "redis-acl.conf"))
    done = subprocess.run(world.redis.argv, capture_output=True, timeout=30, check=False)
    check(done.returncode != 0, "redis-server started")


# ---- the commands --------------------------------------------------------------------------------

def keys_are(found, wanted, what):
    """A map has at least these keys; more may come."""
    check(isinstance(found, dict), "%s is a map: %r" % (what, found))
    check(set(wanted.split()) <= set(found), "%s has %s: %r" % (what, wanted, sorted(found)))


@test("every answer in JSON has the shape of the contract")
def shapes_test(world):
    begin(world)
    ctl = world.ctl
    world.publish(world.event("action.agreed", "case/C1", {
        "action": "A1", "what": "Ring", "owner": {"service": "send", "person": "sam-okafor"}, "due": "2026-11-03"},
        **AT), "nonsense")
    world.wait_idle()
    answer = ctl("publish", input="%s\n{}\n" % json.dumps(made(world)), code=1).json
    check_equal((set(answer), set(answer["published"][0]), set(answer["refused"][0])),
                ({"published", "refused"}, {"id", "stream_id"}, {"line", "code", "field", "message"}), "publish")
    world.wait_idle()
    case = ctl("case", "show", "C1").json
    keys_are(case, "case family pathway owner next duties actions messages timeline", "case show")
    keys_are(case["next"], "what who by", "next")
    keys_are(case["duties"][0], "duty rule state from due explained owner rung", "a duty")
    message = "message template grade contact channel state why decided_at handed_over_at sha256"
    keys_are(case["messages"][0], message, "a message")
    keys_are(case["timeline"][0], "at kind id text", "the timeline")
    keys_are(ctl("duties").json[0], "duty rule state from due explained owner rung", "duties")
    keys_are(ctl("actions").json[0], "action what owner due state", "actions")
    check_equal(case["actions"][0]["action"], "A1", "the case's actions")
    keys_are(ctl("dead", "list").json[0], "id code field message", "dead list")
    keys_are(ctl("family", "show", "F1").json, "family contacts", "family show")
    keys_are(ctl("due", "5 working days", "--from", "2026-12-24", "--calendar", "england-and-wales").json,
             "due ends skipped explained", "due")
    check_equal(set(ctl("due", "5 working days", "--from", "2026-12-24").json["skipped"][0]), {"date", "why"}, "skipped")
    keys_are(ctl("lint").json[0], "file line code message level", "lint")
    keys_are(ctl("explain", case["messages"][0]["message"]).json, "event rule policy why template rejected", "explain")
    check_equal(set(ctl("evidence", "verify").json), {"chains", "entries", "broken"}, "evidence verify")
    status = ctl("status").json
    keys_are(status, "owner epoch policy now intake outbox dead", "status")
    check_equal((set(status["intake"]), set(status["outbox"]), set(status["outbox"]["email"]), status["dead"]),
                ({"waiting", "pending"}, {"email", "sms", "letter"}, {"waiting", "in_flight", "unknown"}, 1), "status")
    file = world.path("events.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        for event in (mother(world), opening(world), world.event("ehcna.requested", "case/C1", {}, **AT)):
            out.write(json.dumps(event) + "\n")
    traced = ctl("simulate", "--events", file, "--until", "2026-12-20").json
    for each in traced:
        keys_are(each, "at kind case id to channel state due template", "simulate")
    check({each["kind"] for each in traced} <= {"message", "duty", "action", "alert", "task"}, "kinds of a rehearsal")
    world.set_clock("2026-11-04 02:00:00")
    world.wait_idle()
    keys_are(ctl("breaches").json[0], "action what owner due state", "breaches")
    keys_are(ctl("outbox").json[0], message, "outbox")


@test("every command has its help with an example, and a wrong use has exit code 2 and one sentence")
def help_test(world):
    whole = world.ctl("help", json_out=False).out
    for name in COMMANDS:
        check("\n  %s " % name in whole, "help lists " + name)
        texts = [world.ctl("help", *name.split(), json_out=False).out,
                 world.ctl(*name.split(), "--help", json_out=False).out]
        check_equal(texts[0], texts[1], "both ways to ask for the help of " + name)
        check("Example:\n  candourctl %s" % name in texts[0], "%s has an example" % name)
        check(all(len(line) <= 80 for line in texts[0].split("Example:")[0].splitlines()), "%s fits a terminal" % name)
        wrong = world.ctl(*name.split(), "--nonsense", code=2)
        check(wrong.err.startswith("candourctl: ") and wrong.err.count("\n") == 1 and wrong.out == "", name)
    for words in ((), ("cas",), ("case",), ("case", "show"), ("case", "show", "C1", "C2"), ("dead", "lst"), ("due",),
                  ("preview",), ("explain",), ("status", "now"), ("-x",), ("--config",), ("wait", "--timeout", "-1"),
                  ("due", "5 dais", "--from", "2026-11-02"), ("due", "5 days", "--from", "soon"),
                  ("simulate", "--until", "2026-12-01"), ("simulate", "--events", "/dev/null", "--until", "2026-13-01"),
                  ("preview", "plan-draft", "--format", "fax"), ("publish", "--type", "case.closed"), ("publish", "--id", "x"),
                  ("publish", "--type", "case.closed", "--subject", "case/C1", "--time", "noon"),
                  ("dead", "replay", "--all", "1-1")):
        answer = world.ctl(*words, code=2)
        check(answer.err.count("\n") == 1, "%r: %s" % (words, answer.err))


@test("wrong input has the exit code of its sort and says what it was about")
def input_test(world):
    world.redis.start()
    for words in (("publish", "/nowhere"), ("check", "/nowhere"), ("sms", "check", "/nowhere"), ("case", "show", "C9"),
                  ("simulate", "--events", "/nowhere", "--until", "2026-12-01"), ("family", "show", "F9"),
                  ("explain", "m9"), ("evidence", "verify", "F9"), ("dead", "show", "1-1"), ("dead", "drop", "nonsense"),
                  ("dead", "park", "1-1"), ("dead", "replay", "1-1"), ("preview", "no-such-template"),
                  ("preview", "plan-draft", "--contact", "F9/mum"), ("due", "1 days", "--calendar", "moon"),
                  ("preview", "plan-draft", "--contact", "mum")):
        answer = world.ctl(*words, code=5)
        check(answer.err.count("\n") == 1 and answer.err.startswith("candourctl: "), "%r: %s" % (words, answer.err))
    world.ctl("status", "--config", "/nowhere", code=3)
    world.configure({"redis.prefix": "no braces"})
    check("candour.conf:" in world.ctl("status", code=3).err, "a prefix that is none")
    world.configure({"redis.prefix": "{candour}", "redis.socket": "/nowhere"})
    for name in ("outbox", "duties", "actions", "breaches", "status", "wait", "dead list", "publish",
                 "evidence verify"):
        check_equal(world.ctl(*name.split(), code=4, input="").err.count("\n"), 1, "%s without Redis" % name)


@test("an answer that cannot be printed is no success, and goes nowhere else")
def output_test(world):
    begin(world)
    argv = [program("candourctl"), "--config", world.config_file]
    for words in (["help"], ["status"], ["case", "show", "C1"], ["--json", "duties"]):
        for close in (lambda: os.close(1), lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1)):
            done = subprocess.run(argv + words, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False,
                                  preexec_fn=close)  # without a set clock, whose library opens files, too
            check_equal((done.returncode, done.stderr.count("\n")), (1, 1), "%s: %s" % (words, done.stderr))


@test("a contact is found by its own id where only one family has it")
def contact_test(world):
    begin(world)
    check("Dear Zoë Hughes" in world.ctl("preview", "plan-draft", "--contact", "mum", json_out=False).out, "by its id")
    other = mother(world, name="Ann")
    other["subject"] = "family/F2"
    world.publish(other)
    world.wait_idle()
    answer = world.ctl("preview", "plan-draft", "--contact", "mum", code=2)
    check("F1/mum" in answer.err and "F2/mum" in answer.err, answer.err)
    check("Dear Ann" in world.ctl("preview", "plan-draft", "--contact", "F2/mum", json_out=False).out, "with its family")


@test("a damaged record is named, and does not hide the other families")
def damage_test(world):
    begin(world)
    other = mother(world)
    other["subject"] = "family/A0"
    world.publish(other)
    world.wait_idle()
    world.redis.command("HSET", world.key("family:A0"), "record", "nonsense")
    for words in (("duties",), ("evidence", "verify")):
        for json_out in (True, False):
            answer = world.ctl(*words, code=4, json_out=json_out)
            check_equal(answer.err, "candourctl: the record of family A0 cannot be understood: stored data is damaged\n",
                        "the complaint")
            check("C1" in answer.out or "1 chains" in answer.out or '"chains":1' in answer.out, "the others: " + answer.out)
    check("family A0" in world.ctl("family", "show", "A0", code=4).err, "the family itself")
    check_equal(world.ctl("family", "show", "F1").json["family"], "F1", "another one")


def forge(world, change):
    """Writes the family's evidence anew as somebody with all rights could, each entry's fields changed."""
    key = world.key("evidence:F1")
    entries = world.redis.stream(key)
    changed = change([(sid, dict(fields)) for sid, fields in entries])
    world.redis.command("DEL", key)
    for sid, fields in changed:
        world.redis.command("XADD", key, sid, *[word for pair in fields.items() for word in pair])
    broken = world.ctl("evidence", "verify", code=1).json["broken"]
    text = world.ctl("evidence", "verify", "F1", code=1, json_out=False).out
    check("entry %d" % broken[0]["entry"] in text, "the same for people: " + text)
    world.redis.command("DEL", key)
    for sid, fields in entries:
        world.redis.command("XADD", key, sid, *[word for pair in fields.items() for word in pair])
    check_equal(world.ctl("evidence", "verify").json["broken"], [], "put right again")
    check_equal([set(each) for each in broken], [{"family", "entry", "why"}], "one break")
    return broken[0]["entry"]


@test("evidence changed by hand is found where it was changed, however it was done")
def evidence_test(world):
    begin(world)

    def reword(entries):
        entries[2][1]["body"] = entries[2][1]["body"].replace("2026", "2025")
        return entries

    def rehash(entries):
        reword(entries)
        fields = entries[2][1]
        digest = hashlib.sha256(bytes.fromhex(fields["salt"]) + fields["body"].encode()).digest()
        fields["hash"] = hashlib.sha256(b"candour evidence 1\n" + bytes.fromhex(fields["prev"]) +
                                        fields["n"].encode() + b"\n" + digest).hexdigest()
        return entries

    def swap(entries):
        entries[1][1]["body"], entries[2][1]["body"] = entries[2][1]["body"], entries[1][1]["body"]
        return entries

    check_equal(forge(world, reword), 3, "other words")
    check_equal(forge(world, rehash), 4, "other words and their hash: the next one does not follow")
    check_equal(forge(world, swap), 2, "two changed places")
    check_equal(forge(world, lambda entries: entries[1:]), 1, "the first is gone")
    check_equal(forge(world, lambda entries: entries[:2] + entries[3:]), 3, "one in the middle is gone")
    count = len(world.redis.stream(world.key("evidence:F1")))
    check_equal(forge(world, lambda entries: entries[:-2]), count - 1, "the last ones are gone")

    def put_in(entries):
        fields = dict(entries[-1][1], n=str(count + 1), prev=entries[-1][1]["hash"])
        digest = hashlib.sha256(bytes.fromhex(fields["salt"]) + fields["body"].encode()).digest()
        fields["hash"] = hashlib.sha256(b"candour evidence 1\n" + bytes.fromhex(fields["prev"]) +
                                        fields["n"].encode() + b"\n" + digest).hexdigest()
        return entries + [("9999999999999-0", fields)]

    check_equal(forge(world, put_in), count + 1, "one put in behind the last, with its hash")
    check_equal(forge(world, lambda entries: [("1-1", {"any": "thing"})] + entries), 1, "something that is no entry")
    world.redis.command("DEL", world.key("evidence:F1"))
    check_equal(world.ctl("evidence", "verify", code=1).json["broken"][0]["entry"], 1, "all of it is gone")


@test("texts are measured as the contract says")
def sms_test(world):
    rows = [("a\tb\u0000c\u0007\rd\ne", "abcd\ne", "GSM-7", 6, 1),
            ("a\u00adb\u200bc\u2060d\ufeffe\u202ef\u202cg", "abcdefg", "GSM-7", 7, 1),
            ("a\u2010\u2013\u2014\u301c\uff0db", "a-----b", "GSM-7", 7, 1),
            ("‘a’ “b”…\u00a0c", "'a' \"b\"... c", "GSM-7", 12, 1), ("“ş” – …", "“ş” – …", "UCS-2", 7, 1),
            ("می\u200cخواهم", "می\u200cخواهم", "UCS-2", 8, 1), ("ab\u200dc", "abc", "GSM-7", 3, 1),
            ("é" * 160, "é" * 160, "GSM-7", 160, 1), ("é" * 161, "é" * 161, "GSM-7", 161, 2),
            ("a" * 152 + "€" + "a" * 151, "a" * 152 + "€" + "a" * 151, "GSM-7", 305, 2),
            ("a" * 152 + "€" + "a" * 152, "a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
            ("😀" * 35, "😀" * 35, "UCS-2", 70, 1), ("ş" * 66 + "😀" + "ş" * 65, None, "UCS-2", 133, 2),
            ("ş" * 66 + "😀" + "ş" * 66, None, "UCS-2", 134, 3), ("ç`", "ç`", "UCS-2", 2, 1)]
    answers = world.ctl("sms", "check", input="".join(json.dumps({"text": row[0]}) + "\n" for row in rows)).json
    for row, answer in zip(rows, answers):
        wanted = dict(zip(("text", "encoding", "units", "segments"), (row[1] or row[0],) + row[2:]))
        check_equal(answer, wanted, "measure of %r" % row[0][:40])
    for line in ('{"text": " \\u200b\\u00a0"}', '{"text": ""}', '{"text": 5}', "[]", "{", '{"text": "\\ud83d"}'):
        answer = world.ctl("sms", "check", input=line + "\n", code=1).json
        check_equal(set(answer["error"]), {"code", "message"}, line)


# ---- candourd --check ----------------------------------------------------------------------------

# Where, what stands there, what is written instead, and the code.
MISTAKES = [
    ("candour.conf", "  socket:", "  sockt:", "unknown_key"),
    ("candour.conf", 'level: "info"', 'level: "loud"', "unknown_word"),
    ("candour.conf", 'transport: "file"', 'transport: "pigeon"', "unknown_word"),
    ("policy/authority.yaml", "short_name: Sheffield", "short_name: Sheffield City Council", "bad_sender"),
    ("policy/authority.yaml", "email_from: candour@sheffield.example", "email_from: candour", "not_an_email"),
    ("policy/authority.yaml", "  url: https://www.sheffield.example/privacy",
     "  url: www.sheffield.example", "not_a_url"),
    ("policy/authority.yaml", "task_working_days: 2", "task_working_days: two", None),
    ("policy/services.yaml", "      team_manager: helen-marsh", "      team_manager: helen-march", "unknown_person"),
    ("policy/services.yaml", "        phone: 0114 496 0111", "        phone: none", "not_a_phone"),
    ("policy/standards.yaml", "warnings: [10 working days,", "warnings: [10 wörking days,", "bad_duration"),
    ("policy/standards.yaml", "- tell: action_owner", "- tell: action owner", None),
    ("policy/calendars/england-and-wales.yaml", "complete_until: 2027-12-31",
     "complete_until: 2027-12-32", "not_a_date"),
    ("policy/calendars/england-and-wales.yaml", 'wed: [["09:00", "17:00"]]', 'wed: [["17:00", "09:00"]]', "bad_hours"),
    ("policy/pathways/ehc-assessment.yaml", "    due: 6 weeks", "    due: 6 fortnights", "bad_duration"),
    ("policy/pathways/ehc-assessment.yaml", "grade: reminder", "grade: nudge", "unknown_grade"),
    ("policy/pathways/ehc-assessment.yaml", "    by_family: yes", "    by_familly: yes", "unknown_key"),
    ("templates/en/ehcna-requested.md", "{{owner.name}} makes", "{{owner.nam}} makes", None),
    ("templates/en/duty-late.md", "grade: information", "grade: informal", None),
]


@test("candourd --check names every mistake at once, each with file and line")
def mistakes_test(world):
    world.copy_policy()
    world.copy_templates()

    def run():
        done = subprocess.run([program("candourd"), "--config", world.config_file, "--check"], capture_output=True,
                              encoding="utf-8", timeout=60, check=False)
        return done.returncode, done.stdout + done.stderr

    check_equal(run()[0], 0, "nothing is wrong yet")
    wanted = []
    for name, old, new, code in MISTAKES:
        path = world.path(name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        check(old in text, "%s has %r" % (name, old))
        line = text[:text.index(old)].count("\n") + 1
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))
        wanted.append(("%s:%d: error: " % (path, line), code))
    exit_code, said = run()
    check_equal(exit_code, 3, "the exit code")
    missing = [each for each in wanted if not any(
        line.startswith(each[0]) and (each[1] is None or line.endswith("(%s)" % each[1])) for line in said.splitlines())]
    check(not missing, "%r are missing in:\n%s" % (missing, said))
    errors = [line for line in said.splitlines() if ": error: " in line]
    check(len(errors) <= len(MISTAKES) + 5, "no mistake draws others behind it:\n" + said)


# ---- nothing personal ----------------------------------------------------------------------------

NAMES = ["Xanthippe", "Quillfeather", "Zbigniew"]
ADDRESSES = ["quill@families.example", "zbig@families.example", "7700900321", "7700 900321", "7700900654",
             "99 Marmalade Row", "S99 8QQ", "1987-03-14"]
TEXTS = ["saw a blue bruise", "wrote about the divorce", "moved to a refuge", "does not want to be found", "Ring Aunt Petunia"]


def personal_events(world):
    """A family's life, good and bad events in turn: each personal value in its place, and in the wrong one."""
    quill = {"contact": "mum", "person": "P1", "role": "parent", "name": "Xanthippe Quillfeather", "born": "1987-03-14",
             "parental_responsibility": True, "language": "en", "format": "standard",
             "channels": ["email", "sms", "letter"], "hours": {"always": True},
             "addresses": {"email": "quill@families.example", "sms": "+447700900321",
                           "letter": ["Xanthippe Quillfeather", "99 Marmalade Row", "S99 8QQ"]},
             "agreed": {"on": "2026-10-28", "with": "sam-okafor"}}
    zbig = dict(quill, contact="dad", person="P2", name="Zbigniew Quillfeather", channels=["sms"],
                addresses={"sms": "07700 900654", "email": "zbig@families.example"})
    owner = {"service": "send", "person": "sam-okafor"}

    def case(kind, data, **more):
        return world.event(kind, "case/C1", data, **AT, **more)

    def of(data, **more):
        return world.event("contact.registered", "family/F1", dict(data, **more), **AT)

    good = [of(quill), of(zbig), opening(world), case("ehcna.requested", {}, traceparent=TRACE),
            case("contact.made", {"with": ["mum"], "how": "visit", "summary": "I saw a blue bruise.", "actions": [
                {"action": "A1", "what": "Ring Aunt Petunia", "owner": owner, "due": "2026-11-03"}]}),
            case("reply.received", {"contact": "mum", "channel": "email", "text": "He wrote about the divorce."}),
            case("action.disputed", {"action": "A1", "reason": "She moved to a refuge"}),
            case("hold.placed", {"reason": "does not want to be found", "owner": "sam-okafor", "until": "2026-11-30"}),
            world.event("safe_contact.flagged", "family/F1", {"contact": "mum", "channels": ["letter"],
                                                              "sender": "Quillfeather"}, **AT),
            world.event("contact.updated", "family/F1", {"contact": "dad", "name": "Zbigniew"}, **AT),
            world.event("ehcna.requested", "case/LOST", {"by": "Xanthippe Quillfeather"}, **AT)]
    text = json.dumps(of(quill), ensure_ascii=False)
    bad = [of(quill, **{key: value}) for key, value in (
        ("contact", "Xanthippe Quillfeather"), ("person", "quill@families.example"), ("role", "Xanthippe"),
        ("name", "Xanthippe\nQuillfeather"), ("name", ["Zbigniew"]), ("born", "14.03.1987 Zbigniew"),
        ("language", "Quillfeather"), ("format", "Xanthippe"), ("channels", ["Zbigniew"]),
        ("addresses", {"email": "quill@families.example zbig@families.example"}),
        ("addresses", {"sms": "7700900321 or 7700900654"}), ("addresses", {"letter": ["99 Marmalade Row"]}),
        ("agreed", {"on": "Zbigniew", "with": "Xanthippe"}), ("hours", {"Zbigniew": []}))]
    bad += [dict(of(quill), type="Xanthippe Quillfeather"), dict(of(quill), id="Xanthippe Quillfeather"),
            dict(of(quill), subject="family/Xanthippe Quillfeather"), dict(of(quill), time="1987-03-14"),
            dict(of(quill), source="quill@families.example Zbigniew"), dict(of(quill), datacontenttype="Zbigniew"),
            text.replace('"role"', '"Zbigniew": 1, "Zbigniew": 2, "role"'), text[:-9], text.replace("Xanthippe", "X\\u0007"),
            "Xanthippe Quillfeather, 99 Marmalade Row", text.encode()[:-20] + b"\xff",
            case("contact.made", {"with": ["Xanthippe"], "how": "phone"}),
            case("action.completed", {"action": "Zbigniew"}), case("duty.excused", {"duty": "Xanthippe"}),
            case("case.reassigned", {"owner": "Quillfeather", "from": "Zbigniew"}),
            case("task.completed", {"task": "Xanthippe", "outcome": "reached", "by": "Zbigniew"}),
            case("breach.acknowledged", {"duty": "Zbigniew", "by": "x", "until": "2026-11-09", "note": "a refuge"})]
    # The same again with other content, and another way round.
    bad.append(dict(good[0], data=dict(quill, name="Zbigniew")))
    return good, bad


@test("no personal value is in any line of the log, in any error of the command or in a fact")
def personal_test(world):
    world.configure({"log.level": "debug", "log.format": "json"})
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    daemon = world.daemon()
    daemon.start()
    good, bad = personal_events(world)
    errors = []

    def ctl(*words, **more):
        answer = world.ctl(*words, code=None, **more)
        errors.append(answer.err)
        return answer

    lines = "".join((each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)).replace("\n", " ") + "\n"
                    for each in bad if not isinstance(each, bytes))
    for name in ("check", "publish"):
        for json_out in (True, False):
            answer = ctl(name, input=lines, json_out=json_out)
            check_equal(answer.code, 1, name)
            errors.append(answer.out)
    world.publish(*good)
    world.wait_idle()
    world.publish(*bad)
    world.wait_idle()
    # The channels break, Redis and the records too, the daemon is stopped, killed and told to read anew.
    for name in ("mail", "letters"):
        os.rename(world.path(name), world.path(name + ".old"))
        with open(world.path(name), "w", encoding="utf-8"):
            pass
    world.set_clock("2026-11-04 12:00:00")
    world.wait_idle()
    daemon.reload()
    world.redis.command("CLIENT", "KILL", "TYPE", "normal")
    world.redis.command("HSET", world.key("family:F2"), "record", '{"v":1,"contacts":[{"name":"Xanthippe"}]}', "version", 1)
    world.publish(dict(good[0], subject="family/F2", id="other"))
    wait_for(lambda: '"event":"other"' in daemon.log_text(), "the damage to be noticed")
    daemon.kill9()
    for name in ("mail", "letters"):
        os.remove(world.path(name))
    daemon.start()
    for words in (("case", "show", "C1"), ("family", "show", "F1"), ("family", "show", "F2"), ("outbox",), ("duties",),
                  ("dead", "list"), ("dead", "replay", "--all", "--dry-run"), ("evidence", "verify"), ("status",),
                  ("publish", "--type", "contact.made", "--subject", "case/C1", "--data", '{"with": ["Zbigniew"]}'),
                  ("publish", "--type", "contact.made", "--subject", "case/C1", "--data", '{"with": "Zbigniew'),
                  ("preview", "nothing", "--contact", "F1/mum"), ("wait", "--timeout", "0")):
        for json_out in (True, False):
            answer = ctl(*words, json_out=json_out)
            found = [each for each in NAMES + ADDRESSES if each in answer.out]
            check(not found or words[0] == "publish", "candourctl %s shows %r" % (" ".join(words), found))
    check_equal(daemon.stop(), 0, "the end")
    facts = "".join(fields["event"] for _, fields in world.redis.stream(world.key("facts")))
    check(len(world.texts()) > 0 and len(facts) > 1000 and len(daemon.log_text()) > 5000, "much has happened")
    for value in NAMES + ADDRESSES + TEXTS:
        for what, text in (("the log", daemon.log_text()), ("an error", "".join(errors)), ("a fact", facts)):
            at = text.find(value)
            check(at < 0, "%r is in %s: ...%s..." % (value, what, text[max(0, at - 200):at + 100]))


main()
