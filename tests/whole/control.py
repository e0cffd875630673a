#!/usr/bin/env python3
"""A person's orders: the page for the night, pause, resume, drain; and a back-up that is restored elsewhere."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import Redis, check, check_equal, main, test, wait_for  # noqa: E402

NOW = "2026-11-24 09:00:00"


def family(world, n, hours=None, at="2026-11-24T09:00:00Z"):
    at = {"time_text": at}
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["email"], "hours": hours or {"always": True},
               "addresses": {"email": "p%d@families.example" % n}, "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, case, id="case-%d" % n, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, id="request-%d" % n, **at)]


def is_leased(path):
    """Whether what a machine remembers says until when the data was owned."""
    with open(path, encoding="ascii") as file:
        return not file.read().endswith(" 0\n")


def told(world):
    """The families' addresses, each as often as an email came to it."""
    to = (mail["To"].addresses[0].addr_spec for mail in world.mails())
    return sorted(each for each in to if each.endswith("@families.example"))


def addresses(*numbers):
    return sorted("p%d@families.example" % n for n in numbers)


def begin(world):
    world.set_clock(NOW)
    world.redis.start()
    world.daemon().start()


def status(world):
    return world.ctl("status").json


@test("a paused channel keeps its messages, and goes on by an order or at its end")
def pause_test(world):
    begin(world)
    world.ctl("pause", "email", code=2)
    world.ctl("pause", "pigeon", "--reason", "x", "--until", "1h", code=2)
    world.ctl("pause", "email", "--reason", "x", "--until", "40d", code=2)
    world.ctl("resume", "email", code=5)
    world.ctl("pause", "email", "--reason", "the relay moves", "--until", "1h")
    world.publish(*family(world, 0))
    wait_for(lambda: status(world)["outbox"]["email"]["waiting"] == 1, "the message to wait")
    page = world.ctl("status", "--check", json_out=False, code=1).out
    check("PAUSED" in page and "the relay moves" in page, "the page says so\n" + page)
    check(all(len(line) <= 80 for line in page.splitlines()), "the page fits 80 columns\n" + page)
    check_equal(status(world)["paused"][0]["until"][:16], "2026-11-24T10:00", "the pause's end")
    check_equal(told(world), [], "who was told")
    world.ctl("resume", "email")
    wait_for(lambda: told(world) == addresses(0), "the message to leave after resume")

    world.ctl("drain", "email", "--reason", "again", "--until", "2h")
    world.publish(*family(world, 1))
    wait_for(lambda: status(world)["outbox"]["email"]["waiting"] == 1, "the second message to wait")
    world.set_clock("2026-11-24 11:00:01")
    wait_for(lambda: told(world) == addresses(0, 1), "the message to leave at the pause's end")
    wait_for(lambda: status(world)["paused"] == [], "the pause to be over")
    world.wait_idle()
    page = world.ctl("status", "--check", json_out=False).out
    check("Look at:" not in page, "nothing wants a person\n" + page)


@test("the page for the night says what wants a person")
def page_test(world):
    begin(world)
    world.publish(*family(world, 0), "nonsense")
    wait_for(lambda: status(world)["dead"] == 1, "the dead letter")
    world.wait_idle()
    for day in ("2027-01-07 09:00:00", "2027-02-20 09:00:00"):
        world.set_clock(day)
        world.wait_idle()
    page = world.ctl("status", json_out=False).out
    for words in ("were refused (candourctl dead list)", "are late (candourctl breaches)"):
        check(words in page, "the page says: %s\n%s" % (words, page))
    world.daemon().stop()
    check("nobody decides" in world.ctl("status", json_out=False).out, "the page says that nobody decides")


def back_up(world, to):
    """As docs/operate.md says: Redis goes on working meanwhile."""
    world.redis.command("BGREWRITEAOF")
    wait_for(lambda: "aof_rewrite_in_progress:0" in world.redis.command("INFO", "persistence") and
             "aof_rewrite_scheduled:0" in world.redis.command("INFO", "persistence"), "the file to be written anew")
    shutil.copytree(os.path.join(world.redis.folder, "appendonlydir"), os.path.join(to, "appendonlydir"))


def mid_flight(world):
    """Family 0 has been told; 1 is being told; 2 will be told tomorrow; of 3, events are on the queue."""
    begin(world)
    world.publish(*family(world, 0))
    wait_for(lambda: told(world) == addresses(0), "the first family to be told")
    world.wait_idle()
    world.ctl("pause", "email", "--reason", "for the test", "--until", "1d")
    world.publish(*family(world, 1))
    world.publish(*family(world, 2, {"wed": [["09:00", "17:00"]]}))
    wait_for(lambda: status(world)["outbox"]["email"]["waiting"] == 2, "two messages")
    world.daemon().stop()
    world.publish(*family(world, 3))


def restore(world, backup):
    """Another machine's Redis, with the back-up; the daemon with what this machine remembers."""
    world.redis.kill9()
    world.redis = Redis(world.path("elsewhere"))
    shutil.copytree(os.path.join(backup, "appendonlydir"), os.path.join(world.redis.folder, "appendonlydir"))
    world.configure({"redis.socket": world.redis.socket})
    world.redis.start()


@test("a back-up that is restored comes up held; let go, it loses nothing and says nothing twice")
def restore_test(world):
    os.makedirs(world.path("state"))
    os.environ["STATE_DIRECTORY"] = world.path("state")
    try:
        mid_flight(world)
        back_up(world, world.path("backup"))
        # The old one goes on after the back-up: 1 and 3 are told, and the machine sees it.
        world.daemon().start()
        world.ctl("resume", "email")
        wait_for(lambda: told(world) == addresses(0, 1, 3), "the old one to tell two more")
        world.wait_idle()
        remembered = world.path("state/seen.candour")
        with open(remembered, encoding="ascii") as file:
            before = file.read()

        def is_written():
            with open(remembered, encoding="ascii") as now:
                return now.read() != before

        wait_for(is_written, "the machine to remember")
        world.daemon().stop()
        restore(world, world.path("backup"))

        daemon = world.daemon()
        daemon.start(wait=False)
        wait_for(lambda: status(world)["restored"], "everything to be held")
        check("older" in status(world)["restored"], "why it is held")
        check("candourctl help restore release" in world.ctl("status", json_out=False).out, "the page says what to do")
        world.set_clock("2026-11-24 10:00:00")
        world.publish(*family(world, 4, at="2026-11-24T09:45:00Z"))
        wait_for(lambda: "standby" in daemon.log_text(), "the daemon to stand by")
        check_equal(status(world)["owner"], "", "nobody decides")

        world.ctl("resume", "email")
        answer = world.ctl("restore", "release", "--until", "2026-11-24T09:30:00Z").json
        check_equal(answer["unknown"], 1, "messages that may have left")
        world.ctl("restore", "release", code=5)
        wait_for(lambda: status(world)["owner"], "it to go on")
        wait_for(lambda: addresses(4)[0] in told(world), "the new family to be told")
        world.wait_idle()
        # 1 and 3 are not told twice; of each a person asks. 2 is told when its time comes.
        check_equal(told(world), addresses(0, 1, 3, 4), "who was told until now")
        for case in ("C1", "C3"):
            messages = world.ctl("case", "show", case).json["messages"]
            check("unknown" in [message["state"] for message in messages], "a message of %s is unknown" % case)
        check_equal(status(world)["outbox"]["email"]["unknown"], 2, "unknown messages")
        check_equal(status(world)["tasks"], 2, "a task for each")
        world.set_clock("2026-11-25 09:30:00")
        wait_for(lambda: addresses(2)[0] in told(world), "the one with hours to be told")
        world.wait_idle()
        check_equal(told(world), addresses(0, 1, 2, 3, 4), "everybody is told, and told once")
        check_equal(status(world)["dead"], 0, "dead letters")
    finally:
        del os.environ["STATE_DIRECTORY"]


@test("data that a machine has not seen is held, one that a living daemon vouches for is not")
def strange_test(world):
    world.set_clock(NOW)
    world.redis.start()
    os.makedirs(world.path("state"))
    os.environ["STATE_DIRECTORY"] = world.path("state")
    try:
        world.daemon().start()
        world.publish(*family(world, 0))
        world.wait_idle()
        # A second machine joins while the first one works.
        os.makedirs(world.path("other"))
        os.environ["STATE_DIRECTORY"] = world.path("other")
        world.daemon("second").start(wait=False)
        wait_for(lambda: os.path.exists(world.path("other/seen.candour")), "the second machine to remember")
        check_equal(status(world)["restored"], "", "it is not held")
        for name in ("candourd", "second"):
            world.daemon(name).stop()
        # A third one finds it alone.
        os.makedirs(world.path("third"))
        os.environ["STATE_DIRECTORY"] = world.path("third")
        world.daemon("third").start(wait=False)
        wait_for(lambda: "not seen" in status(world)["restored"], "it to be held")
        world.ctl("restore", "release", "--again")
        wait_for(lambda: status(world)["owner"], "it to go on")
    finally:
        del os.environ["STATE_DIRECTORY"]


@test("what a machine remembers holds nothing after a stop, a kill, or a Redis that was restarted")
def familiar_test(world):
    world.set_clock(NOW)
    world.redis.start()
    os.makedirs(world.path("state"))
    os.environ["STATE_DIRECTORY"] = world.path("state")
    try:
        world.publish(*family(world, 0))
        for turn, end in enumerate(("stop", "kill9", "restart", "stop")):
            daemon = world.daemon()
            seen = world.path("state/seen.candour")
            if os.path.exists(seen):
                os.utime(seen, (0, 0))
            daemon.start(wait=False)
            wait_for(lambda turn=turn: daemon.log_text().count("owner epoch=") > turn, "it to own its prefix")
            # Written while it works: the very last that can be remembered.
            wait_for(lambda seen=seen: os.path.exists(seen) and os.path.getmtime(seen) > 0 and
                     is_leased(seen), "it to remember")
            if end == "restart":
                world.redis.stop()
                world.redis.start()
                wait_for(lambda: status(world)["owner"], "it to go on")
                daemon.stop()
            else:
                getattr(daemon, end)()
            check_equal(status(world)["restored"], "", "nothing is held after " + end)
    finally:
        del os.environ["STATE_DIRECTORY"]


@test("a hold by hand stops everything until it is let go")
def hold_test(world):
    begin(world)
    world.ctl("restore", "hold", code=2)
    world.ctl("restore", "hold", "--reason", "restoring")
    world.publish(*family(world, 0))
    wait_for(lambda: status(world)["owner"] == "", "nobody to decide", 40)
    check_equal(told(world), [], "who was told")
    world.ctl("restore", "release", "--again")
    wait_for(lambda: told(world) == addresses(0), "the family to be told")


main()
