#!/usr/bin/env python3
"""candourctl: what a service, a worker or a script asks for, with its exit codes and its JSON."""

import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import ROOT, check, check_equal, edit, main, test, wait_for  # noqa: E402

AT = {"time_text": "2026-11-02T09:15:00Z"}


def family(world):
    """A mother who agreed letters, a father whose safe channel is email, a school; a case, a request."""
    return [
        world.event("contact.registered", "family/F1", {
            "contact": "mum", "role": "parent", "name": "Zoë Hughes", "parental_responsibility": True,
            "channels": ["letter"], "addresses": {"letter": ["Zoë Hughes", "14 Birch Lane", "S10 9ZZ"]},
            "agreed": {"on": "2026-10-28", "with": "sam-okafor"}, "hours": {"always": True}}, **AT),
        world.event("contact.registered", "family/F1", {
            "contact": "dad", "role": "parent", "name": "Marek Nowak", "parental_responsibility": True,
            "channels": ["sms"], "addresses": {"sms": "+447700900123", "email": "marek@families.example"},
            "safe": {"channels": ["email"]}, "hours": {"always": True}}, **AT),
        world.event("party.registered", "family/F1", {
            "party": "school", "role": "school", "name": "Birch Lane School", "channels": ["email"],
            "addresses": {"email": "senco@birch.example"}}, **AT),
        world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                               "owner": "sam-okafor"}, **AT),
        world.event("ehcna.requested", "case/C1", {}, **AT)]


def lines(*events):
    return "".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) + "\n" for each in events)


def begin(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    world.daemon().start()
    world.publish(*family(world))
    world.wait_idle()


# ---- events in -----------------------------------------------------------------------------------

@test("good events are published, bad ones are listed with their line, and the exit code tells")
def publish_test(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    good = family(world)
    bad = dict(good[0], id="bad", data={"contact": "mum", "role": "queen", "name": "Ann"})
    ahead = dict(good[0], id="ahead", time="2027-01-01T00:00:00Z")
    answer = world.ctl("publish", "-", input=lines(good[0], "\n", bad, good[3], "nonsense\n", ahead), code=1).json
    check_equal([each["id"] for each in answer["published"]], [good[0]["id"], good[3]["id"]], "published")
    check_equal([(each["line"], each["code"], each["field"]) for each in answer["refused"]],
                [(3, "bad_data", "data.role"), (5, "not_json", ""), (6, "bad_time", "time")], "refused")
    stream = world.redis.stream(world.key("events"))
    check_equal([sid for sid, _ in stream], [each["stream_id"] for each in answer["published"]], "the stream")
    check_equal(json.loads(stream[0][1]["event"]), good[0], "the event is published as it was written")
    file = world.path("events.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*good))
    check_equal(len(world.ctl("publish", file).json["published"]), 5, "events of a file")


@test("check says the same as publish and publishes nothing, without Redis")
def check_test(world):
    good = family(world)
    bad = dict(good[0], type="contact.regsitered")
    answer = world.ctl("check", input=lines(good[0], bad), code=1).json
    check_equal(answer["published"], [], "nothing is published")
    check_equal([(each["line"], each["code"]) for each in answer["refused"]], [(2, "unknown_type")], "refused")
    check_equal(world.ctl("check", input=lines(*good)).json["refused"], [], "good events")
    check_equal(world.ctl("check", "/nowhere", code=5).json["refused"], [], "a file that is not there")
    text = world.ctl("check", input=lines(bad), code=1, json_out=False)
    check("line 1: unknown_type" in text.out, "text for people names line and code")


@test("one event is made from options, and with its own id it can be published again safely")
def options_test(world):
    begin(world)
    made = ("publish", "--type", "action.agreed", "--subject", "case/C1", "--data", json.dumps({
        "action": "A1", "what": "Ring the school", "owner": {"service": "send", "person": "sam-okafor"},
        "due": "2026-12-18", "agreed_with": ["mum"]}))
    world.ctl(*made, "--id", "once", "--time", "2026-11-02T09:00:00Z")
    world.ctl(*made, "--id", "once", "--time", "2026-11-02T10:00:00+01:00")
    world.wait_idle()
    check_equal(world.ctl("dead", "list").json, [], "the same again is no conflict")
    check_equal(len(world.ctl("actions").json), 1, "one action")
    refused = world.ctl("publish", "--type", "clock.due", "--subject", "family/F1", code=1).json["refused"]
    check_equal(refused[0]["code"], "reserved_type", "a reserved kind")
    refused = world.ctl("publish", "--type", "case.closed", "--subject", "case/C1", "--data", "{", code=1).json
    check_equal(refused["refused"][0]["field"], "data", "data that is no JSON")
    for data, code in (("[]", "wrong_type"), ('{"a":1,"a":2}', "duplicate_key"), ("[" * 20, "too_deep"),
                       ('{"outcome":"\\u0007"}', "control_character"), ('{} {}', "not_json"), ("", "not_json")):
        refused = world.ctl("publish", "--type", "case.closed", "--subject", "case/C1", "--data", data, code=1).json
        check_equal([each["code"] for each in refused["refused"]], [code], "data %r" % data)
    world.ctl("publish", "--type", "case.closed", code=2)
    world.ctl("publish", "--type", "case.closed", "--subject", "case/C1", "--time", "noon", code=2)


# ---- what is known -------------------------------------------------------------------------------

@test("a case shows its duties, actions, messages and timeline, for programs and for people")
def case_test(world):
    begin(world)
    case = world.ctl("case", "show", "C1").json
    check_equal((case["case"], case["family"], case["pathway"], case["owner"]),
                ("C1", "F1", "ehc-assessment", "sam-okafor"), "the case")
    check(case["next"]["what"] and case["next"]["who"] and case["next"]["by"] == "2026-12-14", "what comes next")
    decision = [each for each in case["duties"] if each["rule"] == "ehcna-decision"][0]
    check_equal({key: decision[key] for key in ("duty", "state", "from", "due", "owner", "rung")},
                {"duty": "C1.ehcna-decision", "state": "scheduled", "from": "2026-11-02", "due": "2026-12-14",
                 "owner": "sam-okafor", "rung": 0}, "a duty")
    check("6 weeks" in decision["explained"], "how its day was found")
    messages = {each["contact"]: each for each in case["messages"]}
    check_equal((messages["mum"]["channel"], messages["mum"]["state"], messages["mum"]["why"]),
                ("letter", "accepted", "agreed"), "the mother's message")
    check_equal((messages["dad"]["channel"], messages["dad"]["why"]), ("email", "safety"), "the father's message")
    check_equal(len(messages["mum"]["sha256"]), 64, "the hash of its words")
    check(messages["mum"]["decided_at"].startswith("2026-11-02T09:15"), "when it was decided")
    check(messages["mum"]["handed_over_at"].startswith("2026-11-02T09:1"), "when it was handed over")
    check_equal([each["text"] for each in case["timeline"] if each["kind"] == "event"],
                ["Case opened", "Assessment requested"], "the events of the timeline")
    text = world.ctl("case", "show", "C1", json_out=False).out
    check("Decide whether to assess" in text and "2026-12-14" in text, "the duty in words")
    check(all(len(line) <= 80 for line in text.splitlines()), "lines fit a terminal")
    check("\033" not in text, "no colours when it is no terminal")
    check_equal((text.count("ehcna-requested to mum by letter (as agreed)"), "was accepted" in text), (1, False),
                "a message is said once")
    whole = world.ctl("case", "show", "C1", "--all", json_out=False).out
    for part in (messages["mum"]["message"], "C1.ehcna-decision", "The letter to mum was accepted"):
        check(part not in text.split("What happened")[0] and part in whole, "%s only with --all" % part)
    for secret in ("Birch Lane", "Zoë", "families.example", "7700"):
        check(secret not in text and secret not in json.dumps(case, ensure_ascii=False), "%s is not shown" % secret)
    world.ctl("case", "show", "C2", code=5)


@test("a family shows agreed methods and the rule in force, and addresses only when asked")
def family_test(world):
    begin(world)
    answer = world.ctl("family", "show", "F1")
    contacts = {each["contact"]: each for each in answer.json["contacts"]}
    check_equal((contacts["mum"]["channels"], contacts["mum"]["rule"]), (["letter"], "agreed"), "the mother")
    check_equal(contacts["mum"]["agreed"], {"on": "2026-10-28", "with": "sam-okafor"}, "what was agreed")
    check_equal((contacts["dad"]["channels"], contacts["dad"]["rule"]), (["email"], "safety"), "the father")
    texts = answer.out + world.ctl("family", "show", "F1", json_out=False).out
    for secret in ("14 Birch Lane", "Zoë", "families.example", "7700", "senco@"):
        check(secret not in texts, "%s is not shown" % secret)
    whole = world.ctl("family", "show", "F1", "--addresses").json
    check_equal(whole["contacts"][0]["addresses"], {"letter": ["Zoë Hughes", "14 Birch Lane", "S10 9ZZ"]},
                "addresses when asked")
    world.ctl("family", "show", "F2", code=5)


@test("what is open is listed for all families, and breaches stay until they are made good")
def lists_test(world):
    begin(world)
    world.ctl("publish", "--type", "action.agreed", "--subject", "case/C1", "--data", json.dumps({
        "action": "A1", "what": "Ring the school", "owner": {"service": "send", "person": "sam-okafor"},
        "due": "2026-11-10", "agreed_with": ["mum"]}))
    world.wait_idle()
    duties = world.ctl("duties").json
    check_equal(duties[0]["duty"], "C1.ehcna-decision", "the first due comes first")
    check_equal((duties[0]["family"], duties[0]["case"]), ("F1", "C1"), "where it stands")
    check_equal([each["action"] for each in world.ctl("actions").json], ["A1"], "actions")
    check_equal(world.ctl("breaches").json, [], "no breach yet")
    world.set_clock("2026-11-11 12:00:00")
    world.wait_idle()
    late = world.ctl("breaches").json
    check_equal([(each["action"], each["state"], each["breached_on"]) for each in late],
                [("A1", "breached", "2026-11-11")], "the breach")
    check("Ring the school" in world.ctl("breaches", json_out=False).out, "the breach for people")
    world.ctl("publish", "--type", "action.completed", "--subject", "case/C1", "--data", '{"action": "A1"}')
    world.wait_idle()
    check_equal(world.ctl("breaches").json, [], "no breach is open")
    check_equal(len(world.ctl("breaches", "--all").json), 1, "but it is not forgotten")
    check_equal(world.ctl("actions").json, [], "no action is open")
    check_equal(world.ctl("actions", "--all").json[0]["state"], "met", "the action was done")


@test("a message that waits for its hour is in the outbox, and explain says why it is as it is")
def outbox_test(world):
    world.set_clock("2026-11-02 21:15:00")
    world.redis.start()
    world.daemon().start()
    events = family(world)
    del events[0]["data"]["hours"]
    for event in events:
        event["time"] = "2026-11-02T21:00:00Z"
    events[1]["data"].update({"safe": None, "hours": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}})
    events[1]["data"].pop("safe")
    world.publish(*events)
    world.wait_idle()
    waiting = [each for each in world.ctl("outbox").json if each["contact"] == "dad"]
    check_equal([(each["channel"], each["state"], each["family"], each["case"]) for each in waiting],
                [("sms", "waiting", "F1", "C1")], "an SMS waits for the morning")
    check_equal(world.ctl("status").json["outbox"]["sms"], {"waiting": 1, "in_flight": 0, "unknown": 0}, "status")
    why = world.ctl("explain", waiting[0]["message"]).json
    check_equal((why["event"]["type"], why["why"], why["template"]["name"]),
                ("ehcna.requested", "agreed", "ehcna-requested"), "event, rule of preference, template")
    check(why["rule"] and why["policy"], "rule and policy")
    check_equal(why["not_before"], "2026-11-03T09:00:00Z", "the first permitted moment")
    text = world.ctl("explain", waiting[0]["message"], json_out=False).out
    check("ehcna.requested" in text and "7700" not in text, "the same for people, without the number")
    world.ctl("explain", "m0", code=5)


# ---- how it stands -------------------------------------------------------------------------------

@test("wait is patient, says what is left, and status goes by the command's clock")
def wait_test(world):
    world.set_clock("2026-11-02 09:15:00")
    world.redis.start()
    check_equal(world.ctl("wait", "--idle", "--timeout", "1").json["idle"], True, "nothing was ever there")
    world.publish(*family(world))
    busy = world.ctl("wait", "--idle", "--timeout", "0", code=1)
    check("5 events not taken yet" in busy.err and "no candourd" in busy.err, "what is left: %s" % busy.err)
    check_equal(world.ctl("status").json["owner"], "", "nobody owns the queue")
    world.daemon().start()
    world.wait_idle()
    status = world.ctl("status").json
    check(status["owner"] and status["epoch"] == 1 and status["policy"], "owner, epoch, policy")
    check_equal(status["intake"], {"waiting": 0, "pending": 0}, "intake")
    check(status["now"].startswith("2026-11-02T09:1"), "the clock: %s" % status["now"])
    check_equal((status["outbox"]["letter"]["in_flight"], status["dead"]), (0, 0), "outbox and dead letters")
    world.ctl("wait", "--idle", "--timeout", "soon", code=2)


@test("every way in which Redis or the configuration is not there has its exit code and one sentence")
def exit_test(world):
    answer = world.ctl("status", code=4)
    check(answer.err.count("\n") == 1 and "cannot reach Redis at" in answer.err, answer.err)
    world.redis.start()
    world.ctl("status")
    # As the default user, who may read everything.
    world.configure({"redis.prefix": "{other}", "redis.username": None, "redis.password_file": None})
    check_equal(world.ctl("duties").json, [], "another prefix is empty")
    world.configure({"redis.wrong": "key"})
    answer = world.ctl("status", code=3)
    check("candour.conf:" in answer.err and "wrong" in answer.err, answer.err)
    world.configure({"redis.wrong": None, "policy": "/nowhere"})
    world.ctl("publish", input="", code=3)
    world.ctl("statsu", code=2)


@test("scripts that Redis forgot are made known again, and stored nonsense is named")
def redis_test(world):
    begin(world)
    world.redis.command("SCRIPT", "FLUSH")
    check_equal(world.ctl("status").json["dead"], 0, "status after the scripts were flushed")
    check_equal(world.daemon().stop(), 0, "its auditor would find it, too, and open a task")
    ids = [each["message"] for each in world.ctl("case", "show", "C1").json["messages"]]
    key = world.key("msg:" + ids[0])
    check(len(ids) > 1, "there are others: %r" % ids)
    for change in (("HSET", key, "tried", "many"), ("SET", key, "x")):
        world.redis.command(*change)
        answer = world.ctl("case", "show", "C1", code=4)
        check("message %s cannot be understood" % ids[0] in answer.err, "it is named: " + answer.err)
        check_equal([each["message"] for each in answer.json["messages"]], ids[1:], "and hides no other")
        check(ids[0] in world.ctl("explain", ids[0], code=4).err, "the message itself")
    world.redis.command("ZADD", world.key("out:letter:handing_over"), 1, ids[0])
    answer = world.ctl("drain", "letter", "--reason", "a damaged one", "--until", "1h", code=4)
    check(ids[0] in answer.err and answer.out == "", "nobody can say that it is not in hand: " + answer.err)
    world.redis.command("DEL", key)
    world.redis.command("HSET", key, "state", "stopped", "channel", "letter")
    check_equal([each["message"] for each in world.ctl("case", "show", "C1").json["messages"]], ids[1:],
                "what was closed by hand is gone")
    world.redis.command("HSET", world.key("family:F1"), "record", "nonsense")
    answer = world.ctl("case", "show", "C1", code=4)
    check("cannot be understood" in answer.err, answer.err)


@test("evidence that was changed or cut is found, with family and entry")
def evidence_test(world):
    begin(world)
    check_equal(world.daemon().stop(), 0, "its auditor would find it, too, and write that into the evidence")
    fine = world.ctl("evidence", "verify").json
    check_equal((fine["chains"], fine["broken"]), (1, []), "whole")
    check(fine["entries"] > 5, "entries are counted")
    key = world.key("evidence:F1")
    stream = world.redis.stream(key)
    world.redis.command("XDEL", key, stream[-1][0])
    broken = world.ctl("evidence", "verify", code=1).json["broken"]
    check_equal([(each["family"], each["entry"]) for each in broken], [("F1", len(stream))], "the tail is gone")
    world.redis.command("XDEL", key, stream[1][0])
    broken = world.ctl("evidence", "verify", "F1", code=1).json["broken"]
    check_equal([(each["family"], each["entry"]) for each in broken], [("F1", 2)], "an entry is gone")
    world.ctl("evidence", "verify", "F2", code=5)


@test("a dead letter is shown whole, and a dry run decides it as the daemon would")
def dead_test(world):
    begin(world)
    late = world.event("ehcna.requested", "case/LOST", {}, id="lost", time_text="2026-11-02T09:15:00Z")
    queen = dict(family(world)[0], id="queen")
    queen["data"] = dict(queen["data"], role="queen", contact="granny")
    world.publish(late, queen)
    world.wait_idle()
    world.set_clock("2026-11-05 10:00:00")
    wait_for(lambda: len(world.ctl("dead", "list").json) == 2, "the lost event to be given up", 90)
    letters = {each["code"]: each for each in world.ctl("dead", "list").json}
    shown = world.ctl("dead", "show", letters["bad_data"]["id"]).json
    check_equal(json.loads(shown["event"]), queen, "the event is shown whole")
    check("granny" not in json.dumps(list(letters.values())), "the list shows no data")
    dry = world.ctl("dead", "replay", "--all", "--dry-run", code=1).json
    check_equal(sorted(each["code"] for each in dry["refused"]), ["bad_data", "unknown_case"], "both would fail")
    world.ctl("publish", "--type", "case.opened", "--subject", "case/LOST", "--data", json.dumps({
        "family": "F1", "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}))
    world.wait_idle()
    dry = world.ctl("dead", "replay", letters["unknown_case"]["id"], "--dry-run").json
    check_equal(dry, {"refused": [], "replayed": [letters["unknown_case"]["id"]]}, "now it would be taken")
    check_equal(len(world.ctl("dead", "list").json), 2, "a dry run changes nothing")
    world.ctl("dead", "park", letters["bad_data"]["id"])
    world.ctl("dead", "replay", "--all")
    world.wait_idle()
    left = world.ctl("dead", "list").json
    check_equal([(each["id"], each["parked"]) for each in left], [(letters["bad_data"]["id"], True)], "what is left")
    world.ctl("dead", "drop", letters["bad_data"]["id"])
    world.ctl("dead", "show", letters["bad_data"]["id"], code=5)
    world.ctl("dead", "replay", code=2)


# ---- without Redis -------------------------------------------------------------------------------

@test("a time limit is counted and explained")
def due_test(world):
    answer = world.ctl("due", "15 working days", "--from", "2026-12-14").json
    check_equal((answer["due"], answer["ends"]), ("2027-01-07", "2027-01-08T00:00:00Z"), "due, and its end")
    why = {each["date"]: each["why"] for each in answer["skipped"]}
    check_equal((why["2026-12-25"], why["2026-12-28"]), ("Christmas Day", "Boxing Day"), "what was skipped")
    check("skipping 25 and 28 December" in answer["explained"], "in words")
    summer = world.ctl("due", "1 days", "--from", "2026-07-06T23:30:00Z").json
    check_equal((summer["due"], summer["ends"]), ("2026-07-08", "2026-07-08T23:00:00Z"), "by local clocks")
    world.ctl("due", "15 wurking days", "--from", "2026-12-14", code=2)
    world.ctl("due", "15 days", "--from", "yesterday", code=2)
    world.ctl("due", "15 days", "--from", "2026-12-14", "--calendar", "moon", code=5)


@test("texts are measured line by line, in order")
def sms_test(world):
    texts = ["Hello", "Zoë\u0142", "“quoted” – with dash", " ", "x" * 161]
    sent = lines(*[{"text": text} for text in texts], "nonsense\n")
    answers = world.ctl("sms", "check", input=sent, code=1).json
    check_equal([answer.get("encoding", answer.get("error", {}).get("code")) for answer in answers],
                ["GSM-7", "UCS-2", "GSM-7", "blank", "GSM-7", "not_json"], "encodings")
    check_equal((answers[2]["text"], answers[4]["units"], answers[4]["segments"]),
                ('"quoted" - with dash', 161, 2), "text, units, segments")


@test("a rehearsal says what would be sent, and when, and that an event would be refused")
def simulate_test(world):
    file = world.path("events.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*family(world)))
    traced = world.ctl("simulate", "--events", file, "--until", "2026-12-15").json
    kinds = {each["kind"] for each in traced}
    check({"duty", "message", "alert"} <= kinds, "kinds: %r" % kinds)
    breach = [each for each in traced if each["state"] == "breached"]
    check_equal([(each["id"], each["at"], each["due"]) for each in breach],
                [("C1.ehcna-decision", "2026-12-15T00:00:00Z", "2026-12-14")], "the breach, on the last day asked for")
    short = world.ctl("simulate", "--events", file, "--until", "2026-12-14").json
    check(not [each for each in short if each["state"] == "breached"], "no breach on the day that is due")
    failed = world.ctl("simulate", "--events", file, "--until", "2026-11-03", "--outcome", "dad/email=failed").json
    check([each for each in failed if each["to"] == "dad" and each["state"] == "failed"], "a failure can be asked for")
    check_equal(world.ctl("simulate", "--events", file, "--until", "2026-11-03").err, "", "nothing to complain of")
    mixed = world.path("mixed.jsonl")
    with open(mixed, "w", encoding="utf-8") as out:
        out.write(lines(*family(world), world.event("reply.received", "case/C1", {
            "contact": "mum", "channel": "email", "text": "When?"}, time_text="2026-11-01T09:00:00Z")))
    for more in ((), ("--against", os.path.join(ROOT, "conf"))):
        answer = world.ctl("simulate", "--events", mixed, "--until", "2026-11-03", *more)
        check(answer.err.count("\n") == 1 and "in line 6" in answer.err, "what is out of order is named: " + answer.err)
    with open(file, "a", encoding="utf-8") as out:
        out.write("nonsense\n")
    refused = world.ctl("simulate", "--events", file, "--until", "2026-12-15", code=1).json
    check_equal([each["state"] for each in refused if each["kind"] == "refused"], ["not_json"], "refused")
    text = world.ctl("simulate", "--events", file, "--until", "2026-12-15", code=1, json_out=False).out
    check("Tuesday 15 December 2026" in text, "days are headings")
    world.ctl("simulate", "--events", file, code=2)
    world.ctl("simulate", "--events", file, "--until", "soon", code=2)


@test("a rehearsal can be read as each of its readers would")
def words_test(world):
    file = world.path("events.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*family(world)))
        out.write(lines(world.event("breach.acknowledged", "case/C1", {
            "duty": "C1.ehcna-decision", "by": "helen-marsh", "until": "2026-12-18", "note": "The panel meets."},
            time_text="2026-12-15T12:00:00Z")))
    asked = ("simulate", "--events", file, "--until", "2026-12-15")
    said = {(each["template"], each["to"]): each["words"] for each in world.ctl(*asked, "--words").json}
    check("Dear Zoë Hughes" in said["duty-late", "mum"] and "Monday 14 December 2026" in said["duty-late", "mum"],
          "what the mother reads when it is late: %r" % said["duty-late", "mum"])
    new_date = said["breach-acknowledged", "mum"]
    check("new date: Friday 18 December 2026" in new_date and "answers for it: Helen Marsh" in new_date,
          "who answers for it, and until when: %r" % new_date)
    check("The panel" not in new_date, "a manager's note is the manager's")
    check("Zoë" not in said["duty-late", "dad"], "what the father reads is his own")
    check(said["digest", "helen-marsh"].startswith("Subject: Your list for Tuesday 15 December 2026"),
          "what the manager reads is an email")
    check(all("words" not in each for each in world.ctl(*asked).json), "nothing is read out unasked")
    text = world.ctl(*asked, "--words", json_out=False).out
    check("\n    | Dear Zoë Hughes\n" in text, "below its line, for people")
    world.ctl(*asked, "--words", "--against", os.path.join(ROOT, "conf"), code=2)


@test("a rehearsal against another policy tells only what would differ")
def difference_test(world):
    old, new = os.path.join(ROOT, "conf"), world.path("new")
    shutil.copytree(old, new)
    with open(os.path.join(new, "pathways", "ehc-assessment.yaml"), "r+", encoding="utf-8") as file:
        text = file.read().replace("due: 6 weeks", "due: 5 weeks", 1)
        file.seek(0)
        file.write(text)
        file.truncate()
    file = world.path("events.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*family(world), world.event("action.agreed", "case/C1", {
            "action": "A1", "what": "Ring the school", "owner": {"service": "send", "person": "sam-okafor"},
            "due": "2026-12-14", "agreed_with": ["mum"]}, **AT)))
    until = ("--events", file, "--until", "2026-12-14")
    same = world.ctl("simulate", "--policy", old, "--against", old, *until).json
    check_equal(same["change"], "sum", "the same policy makes no difference")
    told = world.ctl("simulate", "--policy", new, "--against", old, *until).json
    breaches = [each for each in told if each.get("state") == "breached"]
    check_equal([(each["change"], each["id"], each["due"]) for each in breaches],
                [("added", "C1.ehcna-decision", "2026-12-07")], "a breach that would be new")
    late = [each for each in told if each.get("template") == "duty-late"]
    check_equal(sorted((each["change"], each["to"]) for each in late), [("added", "dad"), ("added", "mum")],
                "messages that would be new")
    # On the 7th both have one: of the step and the action before, of the action alone then.
    check_equal([(each["change"], each["at"][:10]) for each in told if each.get("template") == "digest"
                 and each["to"] == "sam-okafor"],
                [("added", "2026-11-23"), ("gone", "2026-12-07"), ("added", "2026-12-07"), ("added", "2026-12-08")],
                "daily lists that would say something else")
    check_equal(told[-1]["breaches"], {"before": 0, "after": 1, "gone": 0, "added": 1}, "the sum of breaches")
    check_equal(told[-1]["messages"]["after"] - told[-1]["messages"]["before"], 2, "the sum of messages")
    text = world.ctl("simulate", "--policy", new, "--against", old, *until, json_out=False).out
    for key, title in (("messages", "Messages"), ("alerts", "Alerts to staff"), ("breaches", "Breaches")):
        line = "%s: %%(before)d before, %%(after)d after; %%(gone)d gone, %%(added)d added.\n" % title
        check(line % told[-1][key] in text, "the same sums for people: " + text)
    check("+ 00:00  duty " in text and "party-requested" not in text, "only what differs, for people")
    world.ctl("simulate", "--policy", new, "--against", world.path("none"), *until, code=3)
    world.ctl("simulate", "--policy", new, "--against", old, "--events", "-", "--until", "2026-12-14", code=2)


@test("templates are shown as they would be sent, for a sample and for a person")
def preview_test(world):
    begin(world)
    sample = world.ctl("preview", "plan-draft", "--sample", json_out=False).out
    check(sample.startswith("Subject: ") and "Dear " in sample, "an email as text")
    letter = world.ctl("preview", "plan-draft", "--contact", "F1/mum", "--format", "letter", json_out=False).out
    check("Dear Zoë Hughes" in letter, "a letter to a person")
    check("Zoë" not in world.ctl("preview", "plan-draft", "--format", "sms").json["sms"], "an SMS to the sample")
    page = world.path("page.html")
    world.ctl("preview", "plan-draft", "--out", page, json_out=False)
    with open(page, encoding="utf-8") as file:
        check(file.read().startswith("<!DOCTYPE html>"), "HTML in a file")
    pages = world.path("letter.pdf")
    world.ctl("preview", "plan-draft", "--format", "letter", "--out", pages, json_out=False)
    with open(pages, "rb") as file:
        check(file.read().startswith(b"%PDF-"), "a letter's pages in a file")
    world.ctl("preview", "nothing", code=5)
    world.ctl("preview", "plan-draft", "--contact", "F1/aunt", code=5)
    world.ctl("preview", "plan-draft", "--format", "fax", code=2)


@test("lint lists every mistake with file and line")
def lint_test(world):
    folders = ("lint", "--policy", os.path.join(ROOT, "conf"), "--templates", os.path.join(ROOT, "templates"))
    fine = world.ctl(*folders).json
    check_equal([each for each in fine if each["level"] == "error"], [], "what is shipped has no errors")
    policy = world.copy_policy()
    with open(os.path.join(policy, "services.yaml"), "a", encoding="utf-8") as file:
        file.write("nonsense: 1\n")
    found = [each for each in world.ctl("lint", code=1).json if each["level"] == "error"]
    check(found and found[0]["file"].endswith("services.yaml") and found[0]["line"] > 1, "found: %r" % found)
    check(found[0]["code"] and found[0]["message"], "code and sentence")


@test("running cases are taken over: nothing old is said, what runs is shown, and what comes behind it is said")
def import_test(world):
    world.set_clock("2027-01-20 09:00:00")
    world.redis.start()
    world.daemon().start()
    agreed = {"action": "A1", "what": "Ring the school", "owner": {"service": "send", "person": "sam-okafor"},
              "due": "2027-02-01", "agreed_with": ["dad"]}
    events = family(world) + [world.event("action.agreed", "case/C1", agreed, time_text="2027-01-11T09:00:00Z")]
    bad = dict(events[3], id="bad", data={"family": "F1"})
    file = world.path("running.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*events, "nonsense\n", bad))
    quiet = ("--quiet-before", "2027-01-20")
    answer = world.ctl("import", file, *quiet, code=1)
    check_equal([(each["line"], each["code"], each["field"]) for each in answer.json["refused"]],
                [(7, "not_json", ""), (8, "missing_field", "data.pathway")], "what would be refused")
    check("2 lines would be refused: nothing was imported" in answer.err, answer.err)
    text = world.ctl("import", file, *quiet, code=1, json_out=False).out
    check("line 8: missing_field (data.pathway)" in text, "the same for people: " + text)
    world.wait_idle()
    check_equal(world.ctl("duties").json, [], "nothing was imported")
    world.ctl("import", "-", *quiet, code=2)
    check_equal(world.ctl("import", "/dev/stdin", *quiet, code=1, input=lines(*events)).json["events"], 0,
                "what can be read once only")

    with open(file, "w", encoding="utf-8") as out:
        out.write(lines(*events))
    for _ in range(2):  # the same file again changes nothing
        check_equal(world.ctl("import", file, *quiet).json, {"refused": [], "events": 6, "families": 1}, "the answer")
        world.wait_idle()
        check_equal((world.mails(), world.texts(), world.letters()), ([], [], []), "what was said of old times")
        check_equal([(each["duty"], each["state"]) for each in world.ctl("breaches").json],
                    [("C1.ehcna-decision", "breached")], "what is late, and known to be")
        late = world.ctl("list", "sam-okafor").json["late"]
        check_equal([each["duty"] for each in late], ["C1.ehcna-decision"], "it is in its owner's list")
        check_equal([(each["action"], each["due"]) for each in world.ctl("actions").json], [("A1", "2027-02-01")],
                    "what runs")
    world.publish(world.event("ehcna.decision_to_assess", "case/C1", {}))
    world.wait_idle()
    check(world.mails() and world.letters(), "what comes from now on is said")


@test("a service that only tries Candour: everything happens but the hand-over")
def shadow_test(world):
    policy = world.copy_policy()
    edit(os.path.join(policy, "services.yaml"), "  send:\n", "  send:\n    shadow: yes\n")
    begin(world)
    world.publish(world.event("ehcna.decision_to_assess", "case/C1", {}, **AT))
    world.wait_idle()
    check_equal((world.mails(), world.texts(), world.letters()), ([], [], []), "what left")
    held = world.ctl("shadow", "--on", "2026-11-02").json
    check_equal({(each["contact"], each["template"]) for each in held} >=
                {("mum", "ehcna-requested"), ("school", "party-requested"), ("mum", "ehcna-agreed")}, True,
                "what would have left: %r" % held)
    check_equal({each["state"] for each in held}, {"suppressed"}, "their state")
    check_equal(world.ctl("shadow", "--on", "2026-11-03").json, [], "on another day")
    words = world.redis.command("HGET", world.key("msg:" + held[0]["message"]), "body")
    check("\"v\"" in words, "its words are kept")
    timeline = [each["text"] for each in world.ctl("case", "show", "C1").json["timeline"]]
    check("The letter to mum would have been sent (shadow)" in timeline, "the record says so: %r" % timeline)


main()
