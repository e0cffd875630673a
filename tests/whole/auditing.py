#!/usr/bin/env python3
"""The auditor: what does not belong together is found by day and by night, named, and brought to somebody."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import families  # noqa: E402
from harness import check, check_equal, edit, main, test, wait_for  # noqa: E402
from serving import begin, metrics  # noqa: E402


def open_family(world, n):
    return families.by_email(world, n, time_text="2026-11-24T09:00:00Z")


def found(world):
    return sorted((each["what"], each["id"]) for each in world.ctl("audit", code=1).json["found"])


@test("the auditor finds each thing that does not belong together, and says so once a round")
def audit_test(world):
    begin(world)
    world.publish(*open_family(world, 1))
    world.wait_idle()
    check_equal(world.ctl("audit").json, {"found": [], "families": 1, "desks": 0}, "nothing is wrong")
    # Nothing may leave, so that a message stays on its way.
    world.ctl("pause", "email", "--until", "2h", "--reason", "The auditor's test")
    world.publish(*open_family(world, 2))
    wait_for(lambda: world.redis.command("EXISTS", world.key("family:F2")) == 1, "the second family")
    wait_for(lambda: world.redis.command("ZCARD", world.key("out:email:ready"))
             + world.redis.command("ZCARD", world.key("out:email:waiting")) > 0, "its message")
    check_equal(world.ctl("audit").json, {"found": [], "families": 2, "desks": 0}, "still nothing is wrong")
    world.daemon().kill9()
    redis = world.redis.command
    place = "ready" if redis("ZCARD", world.key("out:email:ready")) else "waiting"
    message = redis("ZRANGE", world.key("out:email:" + place), 0, 0)[0]

    def damage(do, undo, what, thing):
        do()
        check((what, thing) in found(world), "%s of %s is found: %r" % (what, thing, found(world)))
        undo()
        check_equal(world.ctl("audit").json["found"], [], "it is whole again")

    look = redis("ZSCORE", world.key("looks"), "F1")
    head = world.ctl("family", "show", "F1").json
    check(head["family"] == "F1", "the family is there")
    waits = [each["duty"] for each in world.ctl("case", "show", "C1").json["duties"]][0]
    damage(lambda: redis("ZREM", world.key("looks"), "F1"), lambda: redis("ZADD", world.key("looks"), look, "F1"),
           "no_look", waits)
    damage(lambda: redis("SET", world.key("case:C1"), "F2"), lambda: redis("SET", world.key("case:C1"), "F1"),
           "case_elsewhere", "C1")
    queue, other = world.key("out:email:" + place), world.key("out:email:claimed")
    score = redis("ZSCORE", queue, message)
    damage(lambda: redis("ZREM", queue, message), lambda: redis("ZADD", queue, score, message),
           "message_in_no_set", message)
    damage(lambda: redis("ZADD", other, score, message), lambda: redis("ZREM", other, message),
           "message_in_two_sets", message)
    damage(lambda: redis("RENAME", world.key("msg:" + message), world.key("kept")),
           lambda: redis("RENAME", world.key("kept"), world.key("msg:" + message)), "message_lost", message)
    tried = redis("HGET", world.key("msg:" + message), "tried")
    damage(lambda: redis("HSET", world.key("msg:" + message), "tried", "many"),
           lambda: redis("HSET", world.key("msg:" + message), "tried", tried), "message_damaged", message)
    damage(lambda: redis("RENAME", world.key("evidence:F1"), world.key("kept")),
           lambda: redis("RENAME", world.key("kept"), world.key("evidence:F1")), "evidence_cut", "F1")
    damage(lambda: redis("RENAME", world.key("family:F1"), world.key("kept")),
           lambda: redis("RENAME", world.key("kept"), world.key("family:F1")), "record_lost", "F1")
    record = redis("HGET", world.key("family:F1"), "record")
    damage(lambda: redis("HSET", world.key("family:F1"), "record", "{"),
           lambda: redis("HSET", world.key("family:F1"), "record", record), "record_damaged", "F1")
    evidence = world.key("evidence:F1")
    damage(lambda: (redis("RENAME", evidence, world.key("kept")), redis("SET", evidence, "another kind")),
           lambda: (redis("DEL", evidence), redis("RENAME", world.key("kept"), evidence)), "record_damaged", "F1")
    # While dates are counted anew, nobody can say what is overdue: that is said instead.
    redis("HSET", world.key("swept"), "cursor", "0")
    check("what is overdue is left out" in world.ctl("audit").err, "what is left out is said")
    redis("HSET", world.key("swept"), "cursor", "done")
    check("left out" not in world.ctl("audit").err, "nothing is left out")
    redis("SET", world.key("case:C1"), "F2")
    world.daemon().start()
    wait_for(lambda: metrics(world).get("candour_audit_findings") == 1, "the number of findings")
    line = [each for each in world.daemon().log_text().splitlines() if "audit_found" in each][0]
    check("what=case_elsewhere" in line and "family=F1" in line and "id=C1" in line, "the line: " + line)


def lines_of(world, name):
    return [line for line in world.daemon().log_text().splitlines() if name in line]


def tasks_of(world, case):
    return [each["text"] for each in world.ctl("case", "show", case).json["timeline"] if each["kind"] == "task"]


@test("a desk without its clock, an item nobody was told of and a rung that never fired are found, named and mended")
def desks_test(world):
    folder = world.copy_policy()
    edit(os.path.join(folder, "services.yaml"), "    digest: \"09:00\"\n", "    digest: \"09:30\"\n")
    redis, looks = world.redis.command, world.key("looks")
    begin(world, "2026-11-02 09:00:00")
    world.publish(*families.by_email(world, 1, time_text="2026-11-02T09:00:00Z"))
    world.wait_idle()
    world.set_clock("2026-11-30 09:00:00")
    wait_for(lambda: redis("ZSCORE", looks, "desk:send") is not None, "the desk's look")
    world.wait_idle()
    check_equal(world.ctl("audit").json, {"found": [], "families": 1, "desks": 1}, "nothing is wrong")
    world.daemon().stop()
    due = redis("ZSCORE", looks, "desk:send")
    redis("ZREM", looks, "desk:send")
    check_equal(found(world), [("no_look", "desk:send")], "a desk without its clock")
    world.daemon().start()
    wait_for(lambda: redis("ZSCORE", looks, "desk:send") == due, "the clock to be set again")
    world.wait_idle()
    check_equal(world.ctl("audit").json["found"], [], "it is whole again")
    check("family=desk:send" in lines_of(world, "audit_found")[0], "the line of it")

    world.daemon().stop()
    redis("ZADD", looks, float(due) + 5 * 86400000, "desk:send")
    world.set_clock("2026-11-30 10:40:00")
    check_equal(found(world), [("digest_untold", "C1.ehcna-decision")], "an item that is due and not told")
    world.daemon().start()
    wait_for(lambda: families.told(world)["sam.okafor@sheffield.example"] == 1, "its digest")
    world.wait_idle()
    check_equal(world.ctl("audit").json["found"], [], "it is whole again")

    world.set_clock("2026-12-15 09:05:00")
    wait_for(lambda: world.ctl("breaches").json, "the breach")
    world.wait_idle()
    # Each alert waits three minutes, to see whether it is one of many.
    world.set_clock("2026-12-15 09:10:00")
    world.wait_idle()
    world.daemon().stop()
    redis("ZADD", looks, float(redis("ZSCORE", looks, "F1")) + 90 * 86400000, "F1")
    redis("ZADD", looks, float(due) + 90 * 86400000, "desk:send")
    world.set_clock("2026-12-22 15:00:00")
    check(("rung_untold", "C1.ehcna-decision") in found(world), "a rung that never fired: %r" % found(world))
    world.daemon().start()
    wait_for(lambda: any("did not look at this family" in task for task in tasks_of(world, "C1")), "the owner's task")
    world.wait_idle()
    check_equal(world.ctl("audit").json["found"], [], "it is whole again")


@test("what is found at a desk itself is in its manager's own list, on paper and for programs")
def manager_test(world):
    redis = world.redis.command
    begin(world, "2026-11-02 09:00:00")
    world.publish(*families.by_email(world, 1, time_text="2026-11-02T09:00:00Z"))
    world.wait_idle()
    world.ctl("pause", "email", "--until", "29d", "--reason", "The auditor's test")
    world.set_clock("2026-11-30 08:30:00")
    wait_for(lambda: redis("ZSCORE", world.key("looks"), "desk:send") is not None, "the desk's look")
    world.set_clock("2026-11-30 09:05:00")
    lists = [world.key("out:email:" + state) for state in ("ready", "waiting")]
    wait_for(lambda: any(redis("HGET", world.key("msg:" + each), "family") == "desk:send"
                         for key in lists for each in redis("ZRANGE", key, 0, -1)), "the desk's list")
    world.daemon().stop()
    for key in lists:
        for each in redis("ZRANGE", key, 0, -1):
            if redis("HGET", world.key("msg:" + each), "family") == "desk:send":
                redis("ZREM", key, each)
    world.daemon().start()

    def findings(reader):
        mine = world.ctl("list", reader).json
        return [(part, each["finding"].split("/")[0], each["at_desk"]) for part in ("late", "today", "week", "later")
                for each in mine[part] if "finding" in each]

    wait_for(lambda: findings("helen-marsh"), "the finding in her list")
    check_equal(findings("helen-marsh"), [("week", "message_in_no_set", "send")], "once, by its day")
    check_equal(findings("sam-okafor") + findings("send"), [], "and in no other list")
    text = world.ctl("list", "helen-marsh", json_out=False).out
    check("The desk of send" in text and "may never leave" in text, "for people: " + text)


def night(world):
    return world.ctl("status").json["night_audit"]


def pass_of(world, day, clock="02:00:30"):
    """Lets that night come, and gives what its pass said."""
    world.set_clock("%s %s" % (day, clock))
    wait_for(lambda: night(world)["day"] == day and not night(world)["running"], "the night of " + day)
    world.wait_idle()
    return night(world)


def entries(world):
    keys = world.redis.command("KEYS", world.key("evidence:*"))
    return sum(world.redis.command("XLEN", key) for key in keys)


def change_entry(world, family, n, old, new):
    """Changes the body of an entry in place: a stream's entries can only be written anew."""
    key = world.key("evidence:" + family)
    there = world.redis.command("XRANGE", key, "-", "+")
    world.redis.command("DEL", key)
    for number, (at, fields) in enumerate(there, 1):
        if number == n:
            body = fields.index("body") + 1
            check(old in fields[body], "entry %d holds %r: %s" % (n, old, fields[body]))
            fields[body] = fields[body].replace(old, new, 1)
        world.redis.command("XADD", key, at, *fields)


@test("every chain is followed at night: what is new each time, all of it once in a while; a break is named")
def night_test(world):
    begin(world)
    world.publish(*open_family(world, 1), *open_family(world, 2))
    world.wait_idle()
    before = entries(world)
    first = pass_of(world, "2026-11-25")
    check_equal((first["families"], first["found"]), (2, 0), "the first night")
    check(before <= first["entries"] <= entries(world), "all entries were followed: %r" % first)
    world.publish(world.event("contact.made", "case/C1", {"with": ["mum1"], "how": "phone"}))
    world.wait_idle()
    change_entry(world, "F2", 2, "Case opened", "Case Opened")
    before = entries(world)
    second = pass_of(world, "2026-11-26")
    check_equal((second["families"], second["found"]), (2, 0), "the second night")
    check(second["entries"] >= before - first["entries"], "what is new was followed: %r" % second)
    check(first["entries"] + second["entries"] <= entries(world), "and nothing twice: %r" % second)

    world.publish(world.event("contact.made", "case/C1", {"with": ["mum1"], "how": "visit"}))
    world.wait_idle()
    n = world.redis.command("XLEN", world.key("evidence:F1"))
    change_entry(world, "F1", n, "was accepted", "was Accepted")
    third = pass_of(world, "2026-11-27")
    check_equal((third["found"], third["broken"]), (1, 1), "the third night")
    line = lines_of(world, "what=evidence_broken")[0]
    check("family=F1" in line and "id=%d" % n in line and "not what was written" in line, "the line: " + line)
    check("Accepted" not in line, "no word of it: " + line)
    wait_for(lambda: metrics(world).get("candour_night_audit_broken_chains") == 1, "the number of broken chains")
    check(any("is not whole" in task for task in tasks_of(world, "C1")), "the owner's task")
    check(any("night's audit found 1" in line for line in world.ctl("status").json["look_at"]), "what status says")
    change_entry(world, "F1", n, "was Accepted", "was accepted")

    fourth = pass_of(world, "2026-11-28")
    check_equal(fourth["found"], 0, "what was mended is whole again, and what was proven is not read again")
    last = pass_of(world, "2026-12-26")
    check_equal((last["found"], last["broken"]), (1, 1), "all is read again after a month")
    check("family=F2" in lines_of(world, "what=evidence_broken")[-1], "the change of a month ago")


@test("a pass that was broken off goes on where it was")
def restart_test(world):
    begin(world)
    world.publish(*open_family(world, 1), *open_family(world, 2))
    world.wait_idle()
    pass_of(world, "2026-11-25")
    world.daemon().stop()
    # As it lies there when a daemon dies: seven families were looked at, and the desks.
    world.redis.command("HSET", world.key("audit"), "day", "2026-11-26", "cursor", "0", "families", 7, "entries", 70)
    world.set_clock("2026-11-26 02:30:00")
    world.daemon().start()
    wait_for(lambda: not night(world)["running"], "its end")
    check_equal((night(world)["day"], night(world)["families"]), ("2026-11-26", 9), "how many in all")
    check_equal([line for line in lines_of(world, "night_audit_began") if "2026-11-26" in line], [], "it begins once")
    # Of another process of Redis the cursor says nothing: all of it again.
    world.daemon().stop()
    world.redis.command("HSET", world.key("audit"), "day", "2026-11-27", "cursor", "0", "families", 7, "run", "other")
    world.set_clock("2026-11-27 02:30:00")
    world.daemon().start()
    wait_for(lambda: not night(world)["running"], "its end")
    check_equal(night(world)["families"], 2, "how many, counted anew")


main()
