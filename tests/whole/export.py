#!/usr/bin/env python3
"""What happened, out of a running Redis, so that another policy is judged by it."""

import json
import os
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import ROOT, check, check_equal, main, test  # noqa: E402

PRIVATE = ("Zoë", "Hughes", "Birch Lane", "Nowak", "+447700900123", "marek@", "senco@", "2017-05-09", "transport",
           "very tired", "spoke of", "Quillfeather", "panel")


def at(text):
    return {"time_text": text + "Z"}


def happen(world):
    """Six weeks of a family: a request, a visit, an action, an absence, a hand-over, a question; and no decision."""
    start = at("2026-11-02T09:15:00")
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    world.daemon().start()
    world.publish(
        world.event("contact.registered", "family/F1", {
            "contact": "mum", "role": "parent", "name": "Zoë Hughes", "parental_responsibility": True,
            "channels": ["letter"], "addresses": {"letter": ["Zoë Hughes", "14 Birch Lane", "S10 9ZZ"]},
            "agreed": {"on": "2026-10-28", "with": "sam-okafor"}}, **start),
        world.event("contact.registered", "family/F1", {
            "contact": "dad", "role": "parent", "name": "Marek Nowak", "parental_responsibility": True,
            "channels": ["sms"], "addresses": {"sms": "+447700900123", "email": "marek@families.example"},
            "agreed": {"on": "2026-10-28", "with": "sam-okafor"}}, **start),
        world.event("contact.registered", "family/F1", {
            "contact": "kim", "role": "young_person", "name": "Kim Hughes", "born": "2017-05-09"}, **start),
        world.event("party.registered", "family/F1", {
            "party": "school", "role": "school", "name": "Birch Lane School", "channels": ["email"],
            "addresses": {"email": "senco@birch.example"}}, **start),
        world.event("contact.registered", "family/F1", {
            "contact": "aunt", "role": "advocate", "name": "Ada Quillfeather",
            "acts_for": {"contact": "kim", "for": "what Quillfeather was asked for"}}, **start),
        world.event("consent.given", "family/F1", {"contact": "aunt", "for": "letters to Quillfeather"}, **start),
        world.event("capacity.recorded", "family/F1", {
            "person": "kim", "decision": "where Quillfeather lives", "has_capacity": False, "assessed_on": "2026-10-01",
            "by": "Dr Quillfeather"}, **start),
        world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                               "owner": "sam-okafor"}, **start),
        world.event("ehcna.requested", "case/C1", {}, **start),
        world.event("case.opened", "case/C2", {"family": "F1", "pathway": "enquiries", "service": "send",
                                               "owner": "sam-okafor"}, **start))
    world.wait_idle()
    world.set_clock("2026-11-11 10:00:00")
    later = at("2026-11-11T10:00:00")
    world.publish(
        world.event("contact.made", "case/C1", {
            "with": ["mum"], "how": "visit", "summary": "We spoke of the bus.", "actions": [{
                "action": "A1", "what": "Ask about transport", "owner": {"service": "send", "person": "sam-okafor"},
                "due": "2026-11-20"}]}, **later),
        world.event("worker.away", "service/send", {"person": "sam-okafor", "from": "2026-12-07", "to": "2026-12-11",
                                                    "deputy": "priya-nair"}, **later),
        world.event("reply.received", "case/C1", {"contact": "mum", "channel": "letter", "text": "I am very tired."},
                    **later))
    world.wait_idle()
    for day in ("13", "23", "30"):
        world.set_clock("2026-11-%s 12:00:00" % day)
        world.wait_idle()
    world.ctl("publish", "--type", "case.reassigned", "--subject", "family/F1", "--data",
              json.dumps({"owner": "priya-nair", "from": "sam-okafor"}))
    world.wait_idle()
    # In the morning, when what is late is in the list of the day, as it is in a rehearsal.
    for hour in ("08 08:30", "15 08:30", "16 08:30", "16 12:00"):
        world.set_clock("2026-12-%s:00" % hour)
        world.wait_idle()
    world.publish(world.event("breach.acknowledged", "case/C1", {
        "duty": "C1.ehcna-decision", "by": "helen-marsh", "until": "2026-12-18", "note": "The panel meets."},
        **at("2026-12-16T12:00:00")))
    world.wait_idle()


def export(world, *options):
    file = world.path("past.jsonl")
    answer = world.ctl("export", "events", file, *options).json
    with open(file, encoding="utf-8") as lines:
        return file, answer, [json.loads(line) for line in lines]


def said(messages):
    """Who was told what, by which channel; how often an alert climbed goes by the hour at which a clock was set."""
    return sorted({(each["template"], each["to"], each["channel"]) for each in messages})


def holds_nothing_private(world):
    file, answer, events = export(world)
    check_equal(answer, {"events": len(events), "families": 1, "left_out": 0}, "the answer")
    check_equal(stat.S_IMODE(os.stat(file).st_mode), 0o600, "its mode")
    with open(file, encoding="utf-8") as lines:
        text = lines.read()
    check_equal([secret for secret in PRIVATE if secret in text], [], "nothing private is in it")
    check_equal([each["subject"] for each in events if each["type"] == "case.reassigned"], ["family/F1"],
                "a hand-over of all is one event")
    check_equal([each["subject"] for each in events if each["type"] == "worker.away"], ["service/send"],
                "a desk's own")
    check_equal([each["data"]["by"] for each in events if "by" in each["data"]], ["left out", "helen-marsh"],
                "somebody of the services is named by an id, and nobody else")
    check_equal([each["data"]["born"] for each in events if "born" in each["data"]], ["2016-09-01"],
                "a birthday is its school year")


def says_what_was_said(world, file):
    sent = [dict(each, to=each["contact"]) for case in ("C1", "C2")
            for each in world.ctl("case", "show", case).json["messages"]
            if each["state"] in ("accepted", "dispatched")]
    # A desk's lists are of no case.
    rehearsed = world.ctl("simulate", "--events", file, "--until", "2026-12-16T13:00:00Z").json
    check_equal(said(each for each in rehearsed if each["template"] and each["case"]), said(sent),
                "the messages of the rehearsal, and those that left")


def judges_another_policy(world, file):
    old, new = os.path.join(ROOT, "conf"), world.copy_policy()
    with open(os.path.join(new, "standards.yaml"), "r+", encoding="utf-8") as standards:
        text = standards.read()
        check("within: 5 working days" in text, "there is a standard of five working days")
        standards.seek(0)
        standards.write(text.replace("within: 5 working days", "within: 30 working days"))
    told = world.ctl("simulate", "--policy", new, "--against", old, "--events", file, "--until", "2026-12-16").json
    gone = [each for each in told if each.get("state") == "breached"]
    check_equal([(each["change"], each["id"].split(".")[1]) for each in gone], [("gone", "answer")],
                "the answer that came too late would have had time")


def takes_whole_families(world):
    _, answer, events = export(world, "--since", "2026-12-17")
    check_equal((answer["families"], events), (0, []), "nothing since then")
    _, answer, _ = export(world, "--since", "2026-11-11")
    check_equal((answer["families"], answer["left_out"]), (1, 0), "whole, with what came before")
    world.ctl("export", "events", world.path("past.jsonl"), "--since", "soon", code=2)
    world.ctl("export", "events", code=2)
    world.ctl("export", "events", "/nowhere/past.jsonl", code=1)


@test("what happened is exported with nothing private, rehearses to what was sent, and judges another policy")
def export_test(world):
    happen(world)
    holds_nothing_private(world)
    file, _, _ = export(world)
    says_what_was_said(world, file)
    judges_another_policy(world, file)
    takes_whole_families(world)


main()
