#!/usr/bin/env python3
"""What earlier versions stored is read: kept data of each (tests/whole/stored/), as Redis' own files.

c7185cb: the version before text messages, letters and this test. On 24 November 2026 at 09:00: F0 was told by email and was
promised an action for 15 December; F1's email waits for Wednesday at 9; F2 was sent a letter; F3 has a task;
an event waits for the case LATE; one was refused.
"""

import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import ROOT, check, check_equal, edit, main, test, wait_for  # noqa: E402

STORED = os.path.join(ROOT, "tests/whole/stored")


def take(world, version):
    shutil.copytree(os.path.join(STORED, version, "appendonlydir"), os.path.join(world.redis.folder, "appendonlydir"))
    world.redis.start()


def told(world):
    return sorted(mail["To"].addresses[0].addr_spec for mail in world.mails())


@test("data of version c7185cb is read whole, and goes on where it was")
def old_test(world):
    take(world, "c7185cb")
    world.set_clock("2026-11-24 10:00:00")
    check_equal(world.ctl("evidence", "verify").json["broken"], [], "evidence")
    for n in range(4):
        check_equal(world.ctl("case", "show", "C%d" % n).json["family"], "F%d" % n, "a case")
        contacts = world.ctl("family", "show", "F%d" % n).json["contacts"]
        check_equal([contact["contact"] for contact in contacts], ["mum%d" % n], "its family")
    states = [message["state"] for message in world.ctl("case", "show", "C0").json["messages"]]
    check("accepted" in states, "what was said: %s" % states)
    check_equal([action["action"] for action in world.ctl("actions").json], ["A1"], "the promised action")
    check_equal([each["code"] for each in world.ctl("dead", "list").json], ["not_json"], "the dead letter")
    status = world.ctl("status").json
    check_equal((status["held"], status["outbox"]["email"]["waiting"]), (1, 1), "what waits")

    world.daemon().start()
    world.publish(world.event("contact.registered", "family/F9", {"contact": "mum9", "role": "parent", "name": "Parent"},
                              id="late-contact"),
                  world.event("case.opened", "case/LATE", {"family": "F9", "pathway": "ehc-assessment", "service": "send",
                                                           "owner": "sam-okafor"}, id="late-case"))
    wait_for(lambda: world.ctl("status").json["held"] == 0, "the waiting event to get its case")
    world.set_clock("2026-11-25 09:30:00")
    wait_for(lambda: "p1@families.example" in told(world), "the waiting email to leave")
    check_equal(told(world).count("p0@families.example"), 0, "who was told before is not told again")
    world.wait_idle()
    world.set_clock("2026-12-16 09:30:00")
    world.wait_idle()
    late = {each.get("action") for each in world.ctl("breaches").json}
    check("A1" in late, "the action is late on its day: %s" % late)
    check_equal(world.ctl("evidence", "verify").json["broken"], [], "evidence, old and new")
    check_equal(len(world.ctl("dead", "list").json), 1, "dead letters")


@test("a note that an older version left as an event of its own is in the desk's next digest")
def note_test(world):
    path = os.path.join(world.copy_policy(), "services.yaml")
    edit(path, "    digest: \"09:00\"\n", "    digest: \"09:30\"\n")
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.redis.command("XADD", world.key("own"), "*", "event", json.dumps({
        "specversion": "1.0", "id": "0123456789abcdef0123456789abcdef.n1", "source": "candour", "type": "desk.noted",
        "subject": "service/send", "time": "2026-11-24T08:00:00.000Z",
        "data": {"case": "C1", "about": "C1.ehcna-decision", "holder": "sam-okafor", "what": "Decide",
                 "template": "duty-warning", "due": "2026-12-08"}}))
    world.daemon().start()
    world.wait_idle()
    world.set_clock("2026-11-24 09:31:00")
    wait_for(lambda: "sam.okafor@sheffield.example" in told(world), "the digest")
    check("C1.ehcna-decision" in world.mails()[0].get_body(("plain",)).get_content(), "the item is in it")
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")


main()
