#!/usr/bin/env python3
"""What never happened, or was published for the wrong family: from the queue to what each of them reads."""

import email
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from bad_smtp import BadSmtp  # noqa: E402
from harness import check, check_equal, main, test, wait_for  # noqa: E402

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


def hold_up(world, server, name):
    """The family's email is with a mail server that has not answered yet, and its event is withdrawn."""
    server.behaviour = "held_after_data:%d" % (server.messages + 1)
    contact, _, opened, requested = family(world, name, name)
    world.publish(contact, opened, dict(requested, id="wrong-" + name))
    wait_for(lambda: server.silent, "the mail server to hold the email to " + name)
    world.publish(world.event("event.withdrawn", "case/C-" + name, {"event": "wrong-" + name, "reason": "A mistake."}))
    wait_for(lambda: "cancelled" in [duty["state"] for duty in world.ctl("case", "show", "C-" + name).json["duties"]],
             "the event of %s to be taken back" % name)


def state_of(world, name):
    """Of the one message of their case."""
    return world.ctl("case", "show", "C-" + name).json["messages"][0]["state"]


def subjects(server, name):
    """Of what the mail server has taken for them."""
    return [email.message_from_bytes(mail.data)["Subject"] for mail in server.accepted
            if mail.recipient == name + "@families.example"]


WRONG, CORRECTION = "We have received a request", "Please take no notice of what we told you"


@test("withdrawn while a mail server holds it: corrected when it got through or may have, and never tried again")
def under_way_test(world):
    server = BadSmtp()
    world.configure({"email.transport": "libesmtp", "email.dir": None, "email.host": "127.0.0.1",
                     "email.port": str(server.port), "email.tls": "off", "email.reply_within": "60s"})
    world.set_clock("2026-11-03 10:00:00")
    world.redis.start()
    daemon = world.daemon()
    daemon.start()

    hold_up(world, server, "dana")
    check_equal(subjects(server, "dana"), [], "nobody is told to disregard what has not arrived")
    server.behaviour = ""
    wait_for(lambda: subjects(server, "dana") == [WRONG, CORRECTION], "a correction of what got through")
    correction = email.message_from_bytes(server.accepted[-1].data, policy=email.policy.default)
    check('Our email of Tuesday 3 November 2026: "%s".' % WRONG in " ".join(text(correction).split()),
          "it says what was wrong: " + text(correction))

    hold_up(world, server, "kim")
    server.behaviour = "451_after_data:%d" % server.messages
    wait_for(lambda: state_of(world, "kim") == "stopped", "the server's answer to be written down")

    hold_up(world, server, "marek")
    daemon.kill9()
    server.close()
    again = BadSmtp()
    world.configure({"email.port": str(again.port)})
    world.redis.command("HSET", world.key("owner"), "until", "0")
    # The lease of what was being handed over must end first, and whatever waited for another try has had it by then.
    world.set_clock("2026-11-03 12:00:00")
    daemon.start()
    wait_for(lambda: subjects(again, "marek") == [CORRECTION], "a correction of what may have got through")
    world.wait_idle()
    check_equal(subjects(again, "marek"), [CORRECTION], "marek")
    for mail_server in (server, again):
        check_equal(subjects(mail_server, "kim"), [], "what was refused for now is not tried again, nor corrected")
    check_equal(subjects(again, "dana"), [], "dana hears no more")
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")
    again.close()


main()
