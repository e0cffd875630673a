#!/usr/bin/env python3
"""How Candour counts: the examples of docs/time.md are true, and questions are answered as they come."""

import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, program, test  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CTL = program("candourctl")


def examples(page):
    """(command, what it prints) of every block of a page of docs/."""
    with open(os.path.join(ROOT, "docs", page), encoding="utf-8") as file:
        blocks = re.findall(r"^```(\w*)\n(.*?)^```$", file.read(), re.S | re.M)
    for block in (text for language, text in blocks if not language):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def try_examples(page):
    """Runs each; how many there were."""
    count = 0
    for command, output in examples(page):
        words = command.replace("candourctl", CTL, 1) + " --policy conf"
        run = subprocess.run(["sh", "-c", words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             timeout=30, check=False)
        check_equal(run.stdout.decode(), output, command)
        count += 1
    return count


@test("every example of docs/time.md is what the program says")
def examples_test(world):
    check(try_examples("time.md") > 15, "the page has its examples")


@test("what docs/nobody-acts.md shows is what the program says")
def rehearsal_test(world):
    check_equal(try_examples("nobody-acts.md"), 1, "the page has its rehearsal")
    run = subprocess.run([CTL, "--config", "conf/candour.conf", "simulate", "--words", "--events",
                          "demo/nobody-acts.jsonl", "--until", "2027-04-01"],
                         cwd=ROOT, stdout=subprocess.PIPE, timeout=60, check=True)
    said = re.sub(r"^ {4}\|(?: |$)", "", run.stdout.decode(), flags=re.M)
    with open(os.path.join(ROOT, "docs", "nobody-acts.md"), encoding="utf-8") as file:
        passages = re.findall(r"^```text\n(.*?)^```$", file.read(), re.S | re.M)
    check_equal(len(passages), 3, "passages that are read out")
    for passage in passages:
        check(passage in said, "it is not what is read: %s" % passage)


@test("a question is answered before the next one is asked")
def stream_test(world):
    asked = subprocess.Popen([CTL, "calendar", "eval"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for day, due in (("2026-11-06", "2026-11-09"), ("2026-11-09", "2026-11-10")):
        question = {"op": "add_working_days", "from": day, "days": 1,
                    "calendar": {"zone": "Europe/London", "week": {"mon": [["09:00", "17:00"]],
                                                                   "tue": [["09:00", "17:00"]]}}}
        asked.stdin.write(json.dumps(question).encode() + b"\n")
        asked.stdin.flush()
        check_equal(json.loads(asked.stdout.readline()), {"result": due}, "the answer")
    for line in (b"nonsense\n", b"\n", b"  \n"):
        asked.stdin.write(line)
        asked.stdin.flush()
        check_equal(json.loads(asked.stdout.readline())["error"]["code"], "not_json", "what is no question")
    asked.stdin.close()
    check_equal(asked.wait(10), 1, "the exit code when something was refused")


@test("a time limit says when it is due, when it is late, and what was passed over")
def due_test(world):
    run = subprocess.run([CTL, "--json", "due", "20 working days", "--from", "2026-12-03", "--policy", "conf"],
                         cwd=ROOT, stdout=subprocess.PIPE, timeout=30, check=True)
    answer = json.loads(run.stdout)
    check_equal(answer["due"], "2027-01-05", "the last day in time")
    check_equal(answer["ends"], "2027-01-06T00:00:00Z", "the first instant that is late")
    check_equal([each["date"] for each in answer["skipped"]], ["2026-12-25", "2026-12-28", "2027-01-01"],
                "what was passed over")
    check("skipping 25 and 28 December and 1 January" in answer["explained"], "it is explained")
    check_equal((answer["counted"], answer["from"], answer["clock_change"]),
                ("20 working days", "2026-12-03", None), "what was counted")
    run = subprocess.run([CTL, "--json", "due", "2 working hours", "--from", "2026-03-27T16:00:00Z", "--policy", "conf"],
                         cwd=ROOT, stdout=subprocess.PIPE, timeout=30, check=True)
    check_equal(json.loads(run.stdout)["clock_change"], {"date": "2026-03-29", "change": "forward"},
                "the change of the clocks that mattered")


main()
