#!/usr/bin/env python3
"""A policy with ten mistakes, each in another place: ten findings, and a running daemon that goes on."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, edit, main, program, test, wait_for  # noqa: E402

NOW = "2026-11-24 09:00:00"

# File, what stands there, what somebody writes instead, the code, and a text in the line that is blamed.
MISTAKES = [
    ("pathways/ehc-assessment.yaml", "    due: 6 weeks\n", "    due: 6 weeks\n    verifyed: yes\n", "unknown_key",
     "    verifyed: yes"),
    ("pathways/ehc-assessment.yaml", "    due: 16 weeks\n", "    due: 16 fortnights\n", "bad_duration",
     "    due: 16 fortnights"),
    ("pathways/ehc-assessment.yaml", "    starts: [plan-draft-reply]\n", "    starts: [plan-draft-replies]\n",
     "unknown_duty", "    starts: [plan-draft-replies]"),
    ("pathways/annual-review.yaml", "      - tell: family\n", "      - tell: familiy\n", "unknown_audience",
     "      - tell: familiy"),
    ("pathways/annual-review.yaml", "    due: 8 weeks\n", "    due: 8 weeks\n    pausable: yes\n", "statutory_paused",
     "    pausable: yes"),
    ("pathways/therapy.yaml", "  therapy.accepted:\n", "  case.closed:\n", "kind_never_comes", "  case.closed:"),
    ("standards.yaml", "      - tell: head_of_service\n", "      - tell: head_of_servis\n", "unknown_role",
     "      - tell: head_of_servis"),
    ("standards.yaml", "# pack: wokingham\n", "pack: wokinham\n", "unknown_pack", "pack: wokinham"),
    ("services.yaml", "        deputy: priya-nair\n", "        deputy: priya-nare\n", "unknown_deputy",
     "        deputy: priya-nare"),
    ("authority.yaml", "  phone: 0114 496 0300\n", "", "missing_key", "mediation:"),
]


def spoil(folder):
    """Makes the mistakes; what must be found, as (file, line) sorted."""
    for file, right, wrong, _, _ in MISTAKES:
        edit(os.path.join(folder, file), right, wrong)
    wanted = []
    for file, _, _, code, blamed in MISTAKES:
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            wanted.append((file, source.read().split("\n").index(blamed) + 1, code))
    return sorted(wanted)


def told(world):
    return sorted(mail["To"].addresses[0].addr_spec for mail in world.mails())


def family(world, n):
    at = {"time_text": "2026-11-24T09:00:00Z"}
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["email"], "hours": {"always": True}, "addresses": {"email": "p%d@families.example" % n},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    return [world.event("contact.registered", "family/F%d" % n, contact, **at),
            world.event("case.opened", "case/C%d" % n, case, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, **at)]


@test("a policy with ten mistakes: ten findings, and the running daemon goes on as before")
def ten_test(world):
    world.set_clock(NOW)
    folder = world.copy_policy()
    world.redis.start()
    daemon = world.daemon()
    daemon.start()
    before = world.ctl("status").json
    kept = {name: open(os.path.join(folder, name), encoding="utf-8").read() for name in {each[0] for each in MISTAKES}}
    wanted = spoil(folder)

    found = world.ctl("lint", code=1).json
    errors = sorted((os.path.relpath(each["file"], folder), each["line"], each["code"]) for each in found
                    if each["level"] == "error")
    check_equal(errors, wanted, "ten findings, each in its line")
    done = subprocess.run([program("candourd"), "--config", world.config_file, "--check"], capture_output=True,
                          encoding="utf-8", timeout=60, check=False)
    check(done.returncode != 0, "candourd --check refuses it")
    check_equal(len(re.findall(r": error: ", done.stdout + done.stderr)), len(MISTAKES), "findings of --check")

    daemon.reload()
    wait_for(lambda: "reload result=refused" in daemon.log_text(), "the refusal")
    world.publish(*family(world, 1))
    world.wait_idle()
    after = world.ctl("status").json
    check_equal((after["policy"], after["epoch"]), (before["policy"], before["epoch"]), "the policy and its owner")
    check_equal(told(world), ["p1@families.example"], "the family is told under the old policy")

    for name, text in kept.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text + "# mended\n")
    daemon.reload()
    wait_for(lambda: "reload result=done" in daemon.log_text(), "the mended policy")
    wait_for(lambda: world.ctl("status").json["policy"] != before["policy"], "the new version in force")


main()
