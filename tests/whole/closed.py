#!/usr/bin/env python3
"""Closed cases leave their family's record after a term, and come back when something is said of them late."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, main, test  # noqa: E402

CASE = {"family": "F1", "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}


def away(world):
    return int(world.redis.command("HLEN", world.key("closed:F1")))


def talk(world):
    world.publish(world.event("contact.made", "case/C2", {"with": ["dana"], "how": "call"}))
    world.wait_idle()


def cases_in_record(world):
    """Whole; of one that was put away only the name stays."""
    record = json.loads(world.redis.command("HGET", world.key("family:F1"), "record"))
    return [case["id"] for case in record.get("cases", [])]


@test("a case that was closed long ago is put away whole, is shown, and is opened again by a late event")
def closed_test(world):
    world.set_clock("2026-11-03 10:00:00")
    world.redis.start()
    world.daemon().start()
    world.publish(world.event("contact.registered", "family/F1", {
        "contact": "dana", "role": "parent", "name": "Dana", "parental_responsibility": True, "channels": ["email"],
        "addresses": {"email": "dana@families.example"}, "agreed": {"on": "2026-10-01", "with": "sam-okafor"}}),
                  world.event("case.opened", "case/C1", CASE), world.event("case.opened", "case/C2", CASE),
                  world.event("case.closed", "case/C1", {"outcome": "moved away"}, id="closing"))
    world.wait_idle()
    talk(world)
    check_equal(away(world), 0, "cases put away on the day they are closed")
    world.set_clock("2027-02-05 10:00:00")
    talk(world)
    check_equal(away(world), 1, "cases put away after a term")
    check("C1" not in cases_in_record(world), "the record is without it")
    check_equal(world.ctl("case", "show", "C1").json["family"], "F1", "the case is shown all the same")

    # Behind another event of its family, on whose record it is not.
    world.daemon().stop()
    world.publish(world.event("contact.made", "case/C2", {"with": ["dana"], "how": "call"}),
                  world.event("case.opened", "case/C1", CASE))
    world.daemon().start()
    world.wait_idle()
    check_equal(away(world), 1, "cases put away after one was told of again")
    check("C1" not in cases_in_record(world), "it was not opened a second time")

    world.publish(world.event("event.withdrawn", "case/C1", {"event": "closing", "reason": "They have not moved."}))
    world.wait_idle()
    check_equal(away(world), 0, "cases put away when one goes on")
    world.publish(world.event("ehcna.requested", "case/C1", {}))
    world.wait_idle()
    duties = [duty["rule"] for duty in world.ctl("case", "show", "C1").json["duties"]]
    check("ehcna-decision" in duties, "what runs in it now: %s" % duties)
    check_equal(world.ctl("status").json["dead"], 0, "dead letters")
    check_equal(world.ctl("evidence", "verify").json["broken"], [], "broken evidence")


main()
