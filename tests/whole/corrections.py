#!/usr/bin/env python3
"""What was published for the wrong family, from the queue to what each of them reads."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test  # noqa: E402

CASE = {"pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}


def family(world, name, contact):
    yield world.event("contact.registered", "family/F-" + name, {
        "contact": contact, "role": "parent", "name": contact.title(), "parental_responsibility": True,
        "channels": ["email"], "addresses": {"email": contact + "@families.example"},
        "agreed": {"on": "2026-10-01", "with": "sam-okafor"}})
    yield world.event("party.registered", "family/F-" + name, {
        "party": "school-" + name, "role": "school", "name": "School", "channels": ["email"],
        "addresses": {"email": "office@%s.example" % name}})
    yield world.event("case.opened", "case/C-" + name, dict(CASE, family="F-" + name))
    yield world.event("ehcna.requested", "case/C-" + name, {})


def mails(world, address):
    return [mail for mail in world.mails() if mail["To"].addresses[0].addr_spec == address]


def text(mail):
    return mail.get_body(("plain",)).get_content()


def is_said(world, address, words):
    return any(words in " ".join(text(mail).split()) for mail in mails(world, address))


@test("a decision for the wrong family is taken back there, people act, and the right family hears it")
def wrong_family_test(world):
    world.set_clock("2026-11-03 10:00:00")
    world.redis.start()
    world.daemon().start()
    world.publish(*family(world, "leo", "dana"), *family(world, "ada", "kim"))
    world.publish(world.event("ehcna.decision_to_assess", "case/C-leo", {}, id="wrong"))
    world.wait_idle()
    check("Our decision on a request" in [mail["Subject"] for mail in mails(world, "dana@families.example")],
          "the wrong family has read it")

    world.publish(world.event("event.withdrawn", "case/C-leo", {
        "event": "wrong", "reason": "This is about Ada Wood.", "meant": "C-ada"}),
                  world.event("ehcna.decision_to_assess", "case/C-ada", {"on": "2026-11-03"}))
    world.wait_idle()
    for address in ("dana@families.example", "office@leo.example"):
        check(is_said(world, address, "about another family"), address + " is told whose it was not")
    for address in ("dana@families.example", "office@leo.example"):
        for mail in mails(world, address):
            check("Ada" not in text(mail) and "C-ada" not in text(mail), "nothing of the other family: " + text(mail))
    for address in ("sam.okafor@sheffield.example", "helen.marsh@sheffield.example"):
        check(is_said(world, address, "data protection officer"), address + " is told what to do today")
    check_equal([mail["Subject"] for mail in mails(world, "kim@families.example")].count("Our decision on a request"), 1,
                "the right family hears it")

    def states(case):
        return {duty["rule"]: duty["state"] for duty in world.ctl("case", "show", case).json["duties"]}

    check_equal(states("C-leo")["ehcna-decision"], "scheduled", "the decision is still owed to the first family")
    check_equal(states("C-ada")["ehcna-decision"], "met", "and made for the second")
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")
    check_equal(world.ctl("evidence", "verify").json["broken"], [], "broken evidence")


main()
