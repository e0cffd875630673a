#!/usr/bin/env python3
"""What is written for others is true: manuals, schemas, the commented configuration, and the examples of publishers."""

import copy
import glob
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "harness"))
from harness import BUILD, NotRun, PUBLISHER_PASSWORD, ROOT, check, check_equal, main, program, test, wait_for  # noqa: E402

TABLES = os.path.join(BUILD, "tests/tool/tables")
NOW = "2026-11-24 09:00:00"


def tables():
    return json.loads(subprocess.run([TABLES], capture_output=True, encoding="utf-8", check=True).stdout)


@test("manuals, schemas and docs/events.md say what the program's own tables say")
def made_test(world):
    said = subprocess.run([os.path.join(ROOT, "scripts/manual"), "--check", TABLES], capture_output=True,
                          encoding="utf-8", check=False)
    check_equal((said.returncode, said.stdout + said.stderr), (0, ""), "scripts/manual --check")


@test("the manual pages are right in form")
def lint_test(world):
    if shutil.which("mandoc") is None:
        raise NotRun("mandoc is not installed")
    pages = sorted(glob.glob(os.path.join(ROOT, "docs/*.[1578]")))
    check_equal(len(pages), 5, "how many pages")
    said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], capture_output=True, encoding="utf-8",
                          check=False)
    check_equal(said.stdout + said.stderr, "", "mandoc -T lint")


@test("the commented configuration shows each key with its default")
def conf_test(world):
    with open(os.path.join(ROOT, "conf/candour.conf"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    shown, group = {}, ""
    for line in lines:
        top = re.match(r"^(?:# )?([a-z_]+):(?: +(.*))?$", line)
        inner = re.match(r"^(?:  |#   )(# )?([a-z_]+):(?: +(.*))?$", line)
        if inner:
            shown["%s.%s" % (group, inner.group(2))] = (inner.group(1) is None, inner.group(3))
        elif top:
            group = top.group(1)
            shown[group] = (not line.startswith("#"), top.group(2))
    for option in tables()["options"]:
        check(option["key"] in shown, "conf/candour.conf shows " + option["key"])
        is_set, value = shown[option["key"]]
        if not is_set and value and option["standard"]:
            check_equal(value.strip('"'), option["standard"], "the default of " + option["key"])


@test("what docs/operate.md does to the configuration makes one that is accepted, and serves what it says")
def operate_test(world):
    with open(os.path.join(ROOT, "docs/operate.md"), encoding="utf-8") as file:
        blocks = re.findall(r"^```sh\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)
    block = next(block for block in blocks if re.search(r"sed .*candour\.conf", block, re.DOTALL))
    etc = world.path("etc/candour")
    shutil.copytree(os.path.join(ROOT, "conf"), etc)
    os.symlink(os.path.join(ROOT, "templates"), world.path("etc/templates"))
    os.makedirs(os.path.join(etc, "credentials"))
    with open(os.path.join(etc, "credentials/redis-password"), "w", encoding="ascii") as file:
        file.write("secret\n")
    subprocess.run(["bash", "-euc", block.replace("/etc/candour", etc)], check=True)
    said = subprocess.run([program("candourd"), "--check", "--config", os.path.join(etc, "candour.conf")],
                          capture_output=True, encoding="utf-8", check=False)
    check_equal(said.returncode, 0, "candourd --check\n" + said.stdout + said.stderr)
    with open(os.path.join(etc, "candour.conf"), encoding="utf-8") as file:
        text = file.read()
    for line in ("  username: candour", "  password_file: credentials/redis-password", "http:", "  listen: 127.0.0.1:9180"):
        check_equal(text.splitlines().count(line), 1, "how often there is: " + line)


@test("each command of docs/manage.md answers, run as it is written")
def manage_test(world):
    world.set_clock(NOW)
    world.redis.start()
    world.daemon().start()
    at = {"time_text": "2026-11-24T09:00:00Z"}
    contact = {"contact": "mum", "role": "parent", "name": "Parent", "parental_responsibility": True, "channels": ["email"],
               "hours": {"always": True}, "addresses": {"email": "mum@families.example"},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F1", "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    events = [world.event("contact.registered", "family/F1", contact, **at), world.event("case.opened", "case/C1", case, **at),
              world.event("ehcna.requested", "case/C1", {}, **at)]
    world.publish(*events)
    world.wait_idle()
    with open(world.path("past.jsonl"), "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(event) + "\n" for event in events))
    words = {"MESSAGE": world.ctl("case", "show", "C1").json["messages"][0]["message"], "NEW": os.path.join(ROOT, "conf"),
             "conf": os.path.join(ROOT, "conf"), "PAST.jsonl": world.path("past.jsonl"), "FILE": world.path("past.jsonl"), "DAY": "2026-11-30"}
    with open(os.path.join(ROOT, "docs/manage.md"), encoding="utf-8") as file:
        commands = [line.split() for line in re.findall(r"`candourctl ([^`]*)`", file.read()) if "..." not in line]
    check(len(commands) >= 8, "it names commands")
    for command in commands:
        world.ctl(*[words.get(word, word) for word in command], json_out=False)


# A value of each type that is right.
RIGHT = {"text": "Some words", "line": "Some words", "id": "X1", "ids": ["mum"], "date": "2026-11-02", "bool": True,
         "number": 3, "score": 3, "role": "parent", "party_role": "school", "language": "en", "format": "standard",
         "channel": "email", "channels": ["email", "letter"],
         "addresses": {"email": "mum@families.example", "letter": ["1 High St", "Sheffield", "S1 2HH"]},
         "agreed": {"on": "2026-11-02", "with": "sam-okafor"}, "hours": {"mon": [["09:00", "17:00"]]},
         "safe": {"channels": ["email"]}, "optional": {"surveys": True}, "order": "no_contact",
         "acts_for": {"contact": "mum", "for": "Her letters", "until": "2027-01-31"},
         "owner": {"service": "send", "person": "sam-okafor"}, "outcome": "reached",
         "actions": [{"action": "A1", "what": "Ring", "due": "2026-12-01",
                      "owner": {"service": "send", "person": "sam-okafor"}}],
         "enclosures": [{"id": "E1", "kind": "plan", "sha256": "0" * 64, "pages": 2, "sent_by": "service"}]}


def event_of(kind, only_required=False):
    data = {field["name"]: RIGHT[field["type"]] for field in kind["fields"] if field["required"] or not only_required}
    if kind["type"] in ("duty.at_risk", "breach.acknowledged"):
        data.update(duty="D1")
        data.pop("action", None)
    if kind["type"] == "feedback.received":
        data["score"] = 3
    return {"specversion": "1.0", "id": "e-" + kind["type"], "source": "/test", "type": kind["type"],
            "subject": "%s/S1" % kind["about"][0], "time": "2026-11-24T08:00:00Z", "data": data}


def variants(kind):
    """Events and whether they are right: whole, least, without each field, with a wrong value of each."""
    yield event_of(kind), True
    yield event_of(kind, only_required=True), True
    for field in kind["fields"]:
        event = event_of(kind)
        if field["required"]:
            del event["data"][field["name"]]
            yield copy.deepcopy(event), False
        event["data"][field["name"]] = [[1.5]]
        yield event, False
    for change in ({"specversion": "2.0"}, {"id": "no spaces"}, {"subject": "planet/x"}, {"time": "yesterday"}):
        yield dict(event_of(kind), **change), False


@test("schemas and candourctl agree about every kind: right events, and one mistake in each place")
def schema_test(world):
    try:
        import jsonschema  # pylint: disable=import-outside-toplevel
    except ImportError:
        raise NotRun("python3-jsonschema is not installed") from None
    world.set_clock(NOW)
    rows = []
    for kind in tables()["kinds"]:
        with open(os.path.join(ROOT, "docs/schemas", kind["type"] + ".json"), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for number, (event, right) in enumerate(variants(kind)):
            event["id"] = event["id"] if " " in event["id"] else "%s-%d" % (event["id"], number)
            check_equal(validator.is_valid(event), right, "the schema of %s" % json.dumps(event))
            rows.append((event, right))
    lines = "\n".join(json.dumps(event) for event, _ in rows) + "\n"
    refused = {each["line"] for each in world.ctl("check", "-", input=lines, code=1).json["refused"]}
    for number, (event, right) in enumerate(rows, 1):
        check_equal(number not in refused, right, "candourctl check of %s" % json.dumps(event))


@test("the AsyncAPI document names every kind, each with its schema")
def asyncapi_test(world):
    with open(os.path.join(ROOT, "docs/asyncapi.json"), encoding="utf-8") as file:
        document = json.load(file)
    check_equal(sorted(document["components"]["messages"]), sorted(kind["type"] for kind in tables()["kinds"]), "its kinds")
    for message in document["components"]["messages"].values():
        with open(os.path.join(ROOT, "docs/schemas", message["name"] + ".json"), encoding="utf-8") as file:
            check_equal(message["payload"], json.load(file), message["name"])


def build_c_example(world):
    """As a publisher would: against what make install has put somewhere."""
    prefix = world.path("usr")
    env = dict(os.environ, PKG_CONFIG_PATH=os.path.join(prefix, "lib/pkgconfig"))
    subprocess.run(["make", "-s", "install", "PREFIX=" + prefix, "SYSCONFDIR=" + world.path("etc"),
                    "BUILD=" + os.path.relpath(BUILD, ROOT)], cwd=ROOT, check=True, capture_output=True)
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "candour", "hiredis"], env=env, check=True,
                           capture_output=True, encoding="utf-8").stdout.split()
    program = world.path("publish")
    subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", os.path.join(ROOT, "docs/examples/publish.c"), *flags,
                    "-o", program], check=True)
    return program


@test("the examples in shell, Python and C publish, with a publisher's rights")
def examples_test(world):
    world.redis.start()
    with open(world.path("secret"), "w", encoding="utf-8") as file:
        file.write(PUBLISHER_PASSWORD + "\n")
    world.daemon().start()
    for n, program in enumerate([[os.path.join(ROOT, "docs/examples/publish.sh")],
                                 [os.path.join(ROOT, "docs/examples/publish.py")], [build_c_example(world)]]):
        case = "C%d" % n
        world.publish(world.event("contact.registered", "family/F%d" % n,
                                  {"contact": "mum", "role": "parent", "name": "Mum"}),
                      world.event("case.opened", "case/" + case, {"family": "F%d" % n, "pathway": "ehc-assessment",
                                                                  "service": "send", "owner": "sam-okafor"}))
        said = subprocess.run([*program, world.redis.socket, world.path("secret"), case], capture_output=True,
                              encoding="utf-8", check=False)
        check(said.returncode == 0 and re.match(r"^\d+-\d+$", said.stdout.strip()),
              "%s:\n%s%s" % (program[0], said.stdout, said.stderr))
    wait_for(lambda: not world.redis.command("XLEN", world.key("events")), "all to be decided")
    check_equal(world.ctl("dead", "list").json, [], "refused events")


main()
