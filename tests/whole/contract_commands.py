#!/usr/bin/env python3
"""The outer contract of the commands, seen from outside: what they answer, and how they end."""

import hashlib
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, edit, main, program, test, wait_for  # noqa: E402
from hughes import AT, begin, made, mother, opening  # noqa: E402

COMMANDS = ("publish", "check", "case show", "family show", "outbox", "duties", "actions", "breaches", "dead list",
            "dead show", "dead replay", "dead park", "dead drop", "due", "calendar eval", "preview", "lint", "simulate",
            "explain", "evidence verify", "status", "wait", "sms check", "address check", "letters dispatched", "letters returned")


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
    ctl("pause", "email", "--until", "2h", "--reason", "So that something waits")
    world.publish(world.event("ehcna.decision_to_assess", "case/C1", {}, **AT))
    wait_for(lambda: ctl("outbox").json, "what waits")
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
                  ("dead", "replay", "--all", "1-1"), ("report", "--from", "soon"), ("report", "--to", "2026-13-01"),
                  ("report", "--from", "2026-12-01", "--to", "2026-11-01"), ("shadow", "--on", "2026-11-31"),
                  ("list", "sam-okafor", "--on", "soon"),
                  ("simulate", "--events", "-", "--until", "soon"), ("export", "events", "/tmp/x", "--since", "x"),
                  ("import", "/nowhere", "--quiet-before", "soon"), ("import", "/nowhere")):
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
                  ("preview", "plan-draft", "--contact", "mum"), ("report", "--service", "sendd"), ("list", "nobody"),
                  ("simulate", "--events", world.folder, "--until", "2026-12-01"),
                  ("import", "/nowhere", "--quiet-before", "2026-11-02")):
        answer = world.ctl(*words, code=5)
        check(answer.err.count("\n") == 1 and answer.err.startswith("candourctl: "), "%r: %s" % (words, answer.err))
    world.ctl("status", "--config", "/nowhere", code=3)
    for words in (("--policy", "/nowhere"), ("--policy", world.config_file), ("--against", "/nowhere")):
        answer = world.ctl("simulate", "--events", "/dev/null", "--until", "2026-12-01", *words, code=3)
        check(answer.err.count("\n") == 1 and words[1] in answer.err, "%r: %s" % (words, answer.err))
    world.configure({"redis.prefix": "no braces"})
    check("candour.conf:" in world.ctl("status", code=3).err, "a prefix that is none")
    world.configure({"redis.prefix": "{candour}", "redis.socket": "/nowhere"})
    for name in ("outbox", "duties", "actions", "breaches", "status", "wait", "dead list", "publish",
                 "evidence verify", "report", "list sam-okafor", "shadow", "audit", "export events /tmp/x",
                 "import /dev/null --quiet-before 2026-11-02"):
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
    check_equal(world.daemon().stop(), 0, "its auditor would find it, too, and write that into the evidence")

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
        wanted.append(("%s:%d: error: " % (path, edit(path, old, new)), code))
    exit_code, said = run()
    check_equal(exit_code, 3, "the exit code")
    missing = [each for each in wanted if not any(
        line.startswith(each[0]) and (each[1] is None or line.endswith("(%s)" % each[1])) for line in said.splitlines())]
    check(not missing, "%r are missing in:\n%s" % (missing, said))
    errors = [line for line in said.splitlines() if ": error: " in line]
    check(len(errors) <= len(MISTAKES) + 5, "no mistake draws others behind it:\n" + said)


main()
