#!/usr/bin/env python3
"""The outer contract of events, seen from outside: what may be published, what becomes of it, and what others hear."""

import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import ROOT, check, check_equal, main, test  # noqa: E402
from hughes import AT, TRACE, begin, made, opening  # noqa: E402


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
            ("contact.updated", "family/F1", {"contact": "mum", "role": None}, ("wrong_type", "data.role")),
            ("feedback.received", "case/C1", {"contact": "mum", "channel": "sms", "score": 9}, ("bad_data", "data.score"))]
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


main()
