#!/usr/bin/env python3
"""What reaches the people at work, through the daemon: deputies, digests, dates that follow another policy."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, edit, main, test, wait_for  # noqa: E402

CASE = {"pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}


def day(date, minute="09:00"):
    return {"time_text": "%sT%s:00Z" % (date, minute)}


def open_families(world, n, when):
    for i in range(n):
        world.publish(
            world.event("contact.registered", "family/F%d" % i, {
                "contact": "c%d" % i, "role": "parent", "name": "Parent %d" % i, "parental_responsibility": True,
                "channels": ["email"], "addresses": {"email": "c%d@families.example" % i},
                "agreed": {"on": "2026-10-01", "with": "sam-okafor"}}, **when),
            world.event("case.opened", "case/C%d" % i, dict(CASE, family="F%d" % i), **when))


def request_for(world, n):
    """From 2 November on an assessment is asked for in so many families: the decision is due on 14 December."""
    world.set_clock("2026-11-02 09:00:00")
    world.redis.start()
    world.daemon().start()
    open_families(world, n, day("2026-11-02"))
    for i in range(n):
        world.publish(world.event("ehcna.requested", "case/C%d" % i, {}, **day("2026-11-02")))
    world.wait_idle()


def mails(world, address):
    return [mail for mail in world.mails() if mail["To"].addresses[0].addr_spec == address]


@test("a deputy is told in place of who is away, also by a daemon that has just begun")
def deputy_test(world):
    world.set_clock("2026-11-02 09:00:00")
    world.redis.start()
    world.daemon().start()
    open_families(world, 1, day("2026-11-02"))
    world.publish(world.event("ehcna.requested", "case/C0", {}, **day("2026-11-02")),
                  world.event("worker.away", "service/send", {"person": "sam-okafor", "from": "2026-11-25",
                                                              "to": "2026-12-04", "deputy": "priya-nair"},
                              **day("2026-11-02")))
    world.wait_idle()
    world.daemon().stop()
    world.set_clock("2026-11-30 08:30:00")
    world.daemon().start()
    world.wait_idle()
    world.set_clock("2026-11-30 09:00:00")
    wait_for(lambda: mails(world, "priya.nair@sheffield.example"), "the deputy's email")
    check_equal(mails(world, "sam.okafor@sheffield.example"), [], "what comes to who is away")


@test("what can wait comes as one digest at the desk's hour, and what is done by then does not come")
def digest_test(world):
    folder = world.copy_policy()
    edit(os.path.join(folder, "services.yaml"), "    digest: \"09:00\"\n", "    digest: \"09:30\"\n")
    request_for(world, 3)
    world.set_clock("2026-11-30 09:00:00")
    wait_for(lambda: "desk.noted" in world.daemon().log_text(), "the notes")
    world.wait_idle()
    world.publish(world.event("ehcna.decision_to_assess", "case/C1", {}, **day("2026-11-30")))
    world.wait_idle()
    check_equal(mails(world, "sam.okafor@sheffield.example"), [], "nothing before the hour")
    world.set_clock("2026-11-30 09:31:00")
    wait_for(lambda: mails(world, "sam.okafor@sheffield.example"), "the digest")
    text = mails(world, "sam.okafor@sheffield.example")[0].get_body(("plain",)).get_content()
    check("C0.ehcna-decision" in text and "C2.ehcna-decision" in text, "what is near is in it: " + text)
    check("C1.ehcna-decision" not in text, "what is done is not: " + text)
    world.wait_idle()
    check_equal(len(mails(world, "sam.okafor@sheffield.example")), 1, "one email for all")


def lists_that_wait(world):
    redis = world.redis.command
    return [each for state in ("ready", "waiting") for each in redis("ZRANGE", world.key("out:email:" + state), 0, -1)
            if redis("HGET", world.key("msg:" + each), "family") == "desk:send"]


@test("a list that could not leave is made again: what has ended by then is not in it")
def stuck_test(world):
    request_for(world, 2)
    world.ctl("pause", "email", "--until", "29d", "--reason", "It moves")
    world.set_clock("2026-11-30 08:30:00")

    def desk():
        return world.redis.command("HGET", world.key("family:desk:send"), "record") or ""

    wait_for(lambda: "C0.ehcna-decision" in desk() and "C1.ehcna-decision" in desk(), "both at the desk")
    world.set_clock("2026-11-30 09:05:00")
    wait_for(lambda: lists_that_wait(world), "the list")
    before = lists_that_wait(world)
    world.publish(world.event("case.closed", "case/C1", {"outcome": "moved_away"}, **day("2026-11-30")))
    wait_for(lambda: lists_that_wait(world) and lists_that_wait(world) != before, "the list as it is true now")
    world.ctl("resume", "email")
    world.wait_idle()
    found = mails(world, "sam.okafor@sheffield.example")
    check_equal(len(found), 1, "one email")
    text = found[0].get_body(("plain",)).get_content()
    check("C0.ehcna-decision" in text, "what is near is in it: " + text)
    check("C1.ehcna-decision" not in text, "what has ended is not: " + text)


@test("many alerts for one person at once come as one message, without what is done by then")
def storm_test(world):
    folder = world.copy_policy()
    edit(os.path.join(folder, "services.yaml"), "    digest: \"09:00\"\n", "")
    edit(os.path.join(folder, "services.yaml"), "    storm: {alerts: 5, minutes: 2}\n",
         "    storm: {alerts: 2, minutes: 1}\n")
    request_for(world, 4)
    world.set_clock("2026-11-30 09:05:00")
    wait_for(lambda: "desk.noted" in world.daemon().log_text(), "the notes")
    world.wait_idle()
    world.publish(world.event("ehcna.decision_to_assess", "case/C1", {}, **day("2026-11-30")))
    world.wait_idle()
    # The desk has a minute before the families would say it themselves.
    world.set_clock("2026-11-30 09:06:30")
    wait_for(lambda: mails(world, "sam.okafor@sheffield.example"), "the one message")
    world.wait_idle()
    world.set_clock("2026-11-30 09:09:00")
    world.wait_idle()
    found = mails(world, "sam.okafor@sheffield.example")
    check_equal(len(found), 1, "how many messages the owner gets")
    check_equal(found[0]["Subject"], "Several alerts in one message, Monday 30 November 2026", "its subject")
    text = found[0].get_body(("plain",)).get_content()
    check("3 things became urgent" in text, "their number is in it: " + text)
    check("C0.ehcna-decision" in text and "C3.ehcna-decision" in text, "what is near is in it: " + text)
    check("C1.ehcna-decision" not in text, "what is done is not: " + text)


@test("another calendar dates every family anew, at a measured pace, and tells those who knew the old date")
def sweep_test(world):
    folder = world.copy_policy()
    world.set_clock("2026-11-23 10:00:00")
    world.redis.start()
    world.daemon().start()
    open_families(world, 150, day("2026-11-23"))
    for i in range(150):
        world.publish(world.event("reply.received", "case/C%d" % i,
                                  {"contact": "c%d" % i, "channel": "email", "text": "When?"}, **day("2026-11-23")))
    world.wait_idle()
    edit(os.path.join(folder, "calendars", "england-and-wales.yaml"), "complete_until: 2027-12-31",
         "complete_until: 2027-12-31\nclosed:\n  2026-11-27: A day of national thanks\n")
    world.daemon().reload()

    def due(case):
        duties = world.ctl("case", "show", case).json["duties"]
        return [duty["due"] for duty in duties if duty["rule"] == "answer"]

    log = world.daemon().log_text
    wait_for(lambda: log().count("type=rules.changed") > 0, "the first families")
    world.set_clock("2026-11-23 10:00:30")
    wait_for(lambda: log().count("type=rules.changed") >= 150, "the others")
    world.wait_idle()
    for case in ("C0", "C77", "C149"):
        check_equal(due(case), ["2026-12-01"], "the new date of " + case)
    subjects = [mail["Subject"] for mail in mails(world, "c77@families.example")]
    check("A date has moved" in subjects, "who knew the old date is told: %r" % subjects)
    world.daemon().stop()
    world.daemon().start()
    world.set_clock("2026-11-23 10:05:00")
    world.wait_idle()
    check_equal(len([mail for mail in mails(world, "c77@families.example") if mail["Subject"] == "A date has moved"]), 1,
                "and told once")


def reassigned(world, contact):
    return [mail for mail in mails(world, contact + "@families.example")
            if mail["Subject"] == "You have a new named contact"]


@test("all that is with one person goes to another, each family hears once, and a second time goes on")
def reassign_test(world):
    when = day("2026-11-02")
    world.set_clock("2026-11-02 10:00:00")
    world.redis.start()
    world.daemon().start()
    open_families(world, 3, when)
    world.publish(world.event("case.opened", "case/C0b", dict(CASE, family="F0"), **when),
                  world.event("case.opened", "case/C2b", dict(CASE, family="F2", owner="helen-marsh"), **when),
                  world.event("action.agreed", "case/C2b", {
                      "action": "call", "what": "Call the school", "due": "2026-11-20", "agreed_with": ["c2"],
                      "owner": {"service": "send", "person": "sam-okafor"}}, **when))
    world.wait_idle()
    plan = world.ctl("reassign", "--from", "sam-okafor", "--to", "priya-nair", "--dry-run").json
    check_equal(plan, {"done": False, "families": 3, "cases": 4, "duties": 0, "actions": 1, "tasks": 0}, "the plan")
    for code, wanted, words, lines in (
            (1, "--to: nobody-there", ("--from", "sam-okafor", "--to", "nobody-there"), None),
            (1, "--from: nobody-there", ("--from", "nobody-there", "--to", "sam-okafor"), None),
            (2, "--to PERSON", ("--from", "sam-okafor"), None),
            (2, "--from PERSON", ("--to", "sam-okafor"), None),
            (2, "the same person", ("--from", "sam-okafor", "--to", "sam-okafor"), None),
            (1, "data.reason", ("--from", "sam-okafor", "--to", "priya-nair", "--reason", "r" * 5000), None),
            (1, "line 2: C9", ("--from", "sam-okafor", "--to", "priya-nair", "-"), "C0\nC9\n"),
            (1, "line 1: C0", ("--from", "sam-okafor", "-"), "C0\n"),
            (1, "line 1: nobody-there", ("--from", "sam-okafor", "-"), "C0 nobody-there\n")):
        wrong = world.ctl("reassign", *words, input=lines, code=code)
        check(wanted in wrong.err + wrong.out, "%s is named: %s%s" % (wanted, wrong.err, wrong.out))
    check_equal(world.ctl("case", "show", "C0").json["owner"], "sam-okafor", "and nothing was handed on")
    # Nobody decides: it is broken off, and said again.
    world.daemon().stop()
    world.ctl("reassign", "--from", "sam-okafor", "--to", "priya-nair", "--timeout", "1", code=1)
    world.daemon().start()
    check_equal(world.ctl("reassign", "--from", "sam-okafor", "--to", "priya-nair").json["done"], True, "done")
    world.wait_idle()
    for case in ("C0", "C0b", "C1", "C2"):
        check_equal(world.ctl("case", "show", case).json["owner"], "priya-nair", "who has " + case)
    shown = world.ctl("case", "show", "C2b").json
    check_equal((shown["owner"], shown["actions"][0]["owner"]["person"]), ("helen-marsh", "priya-nair"), "an action alone")
    for contact in ("c0", "c1", "c2"):
        check_equal(len(reassigned(world, contact)), 1, "how often %s hears" % contact)
    check_equal(world.ctl("reassign", "--from", "sam-okafor", "--to", "priya-nair").json["families"], 0, "what is left")
    world.ctl("reassign", "--from", "priya-nair", "-", input="C0 helen-marsh\nC1 sam-okafor\n")
    world.wait_idle()
    check_equal([world.ctl("case", "show", case).json["owner"] for case in ("C0", "C0b", "C1")],
                ["helen-marsh", "priya-nair", "sam-okafor"], "by a list")


@test("each has a list of their own, in which everything stands once: late, today, this week, later")
def list_test(world):
    when = day("2026-11-02")
    world.set_clock("2026-11-02 10:00:00")
    world.redis.start()
    world.daemon().start()
    open_families(world, 2, when)

    def agree(action, due, person):
        return world.event("action.agreed", "case/C0", {
            "action": action, "what": "Call the school", "due": due, "agreed_with": ["c0"],
            "owner": {"service": "send", "person": person}}, **when)

    world.publish(agree("near", "2026-11-04", "sam-okafor"), agree("now", "2026-11-02", "caseworker"),
                  agree("far", "2026-11-09", "sam-okafor"), agree("hers", "2026-11-03", "priya-nair"),
                  world.event("ehcna.requested", "case/C1", {}, **when),
                  world.event("event.withdrawn", "case/C1", {"event": "never-was", "reason": "A mistake."}, **when))
    world.wait_idle()

    def parts(person, *words):
        mine = world.ctl("list", person, *words).json
        return {part: [each.get("action") or each.get("duty") or each["task"][:11] for each in mine[part]]
                for part in ("late", "today", "week", "later")}

    duties = ["C1.ehcna-decision", "C1.plan-draft", "C1.ehcna-plan-decision", "C1.plan-final"]
    check_equal(parts("sam-okafor"), {"late": [], "today": ["now"], "week": ["near", "t.withdrawn"],
                                      "later": ["far"] + duties}, "on the day")
    check_equal(parts("sam-okafor", "--on", "2026-11-05"),
                {"late": ["now", "near", "t.withdrawn"], "today": [], "week": ["far"], "later": duties}, "three days on")
    check_equal(parts("priya-nair")["week"], ["hers"], "of another")
    world.ctl("list", "nobody-there", code=5)
    text = world.ctl("list", "sam-okafor", json_out=False).out
    check("Due today" in text and "Due within a week" in text and "\nLate\n" not in text, "for people: " + text)


main()
