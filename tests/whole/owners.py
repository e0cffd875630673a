#!/usr/bin/env python3
"""Two daemons on one prefix: one decides, the other stands by, both deliver, and nothing happens twice."""

import collections
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from families import by_email, told  # noqa: E402
from harness import check, check_equal, main, test, wait_for  # noqa: E402

AT = {"time_text": "2026-11-24T09:00:00Z"}


def owner(world):
    return world.ctl("status").json["owner"]


@test("an owner that freezes past its lease is replaced, and when it wakes nothing changes twice")
def frozen_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    one, two = world.daemon("one"), world.daemon("two")
    one.start()
    two.start()
    world.publish(*[event for n in range(50) for event in by_email(world, n, **AT)])
    wait_for(lambda: len(told(world)) > 5, "the first families to be told")
    before = owner(world)

    one.freeze()
    world.publish(*[event for n in range(50, 100) for event in by_email(world, n, **AT)])
    wait_for(lambda: owner(world) != before, "the stand-by to take over")
    wait_for(lambda: world.ctl("status").json["intake"] == {"waiting": 0, "pending": 0},
             "the new owner to decide what the old one had begun")
    one.thaw()
    world.publish(*[event for n in range(100, 120) for event in by_email(world, n, **AT)])
    wait_for(lambda: "standby" in one.log_text().split("owner", 1)[1], "the old owner to stand by")
    # What it had claimed when it froze is free again when its lease ends.
    world.set_clock("2026-11-24 09:20:00")
    world.wait_idle(60)
    # And what may have arrived is tried again a little later.
    world.set_clock("2026-11-24 09:40:00")
    world.wait_idle(60)

    check_equal(told(world), collections.Counter({"p%d@families.example" % n: 1 for n in range(120)}),
                "every family was told once")
    for n in range(120):
        versions = world.redis.command("HGET", world.key("family:F%d" % n), "version")
        events = [entry for entry in world.redis.stream(world.key("evidence:F%d" % n))
                  if '"kind":"event"' in entry[1]["body"]]
        check_equal(len(events), 3, "F%d: three events of services were decided once (version %s)" % (n, versions))
    verified = world.ctl("evidence", "verify").json
    check_equal(verified["broken"], [], "every chain is whole")


@test("an owner that stops hands the prefix over at once")
def handover_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    one, two = world.daemon("one"), world.daemon("two")
    one.start()
    two.start()
    before = owner(world)
    check_equal(one.stop(), 0, "the owner's exit code")
    wait_for(lambda: owner(world) not in ("", before), "the stand-by to take over", 8)
    world.publish(*by_email(world, 1, **AT))
    world.wait_idle()
    check_equal(sum(told(world).values()), 1, "the family was told")


main()
