#!/usr/bin/env python3
"""The outer contract, seen from outside: what is handed over, who may do what, and that nothing personal shows."""

import hashlib
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import (Client, DAEMON_PASSWORD, DAEMON_USER, PUBLISHER_PASSWORD, PUBLISHER_USER, ROOT, RedisError,  # noqa: E402
                     check, check_equal, main, program, test, wait_for)
from hughes import AT, TRACE, begin, father, made, mother, opening  # noqa: E402


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
