#!/usr/bin/env python3
"""A replica takes the place of its master, at the address that candourd knows: the daemon goes on by itself."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from families import by_email, told  # noqa: E402
from harness import Redis, check, check_equal, main, test, wait_for  # noqa: E402
from mail_server import free_ports  # noqa: E402

AT = {"time_text": "2026-11-24T09:00:00Z"}


def tell(world, numbers):
    world.publish(*[event for n in numbers for event in by_email(world, n, **AT)])


def everybody_once(n):
    return {"p%d@families.example" % i: 1 for i in range(n)}


def lead_to(world, redis):
    """What docs/operate.md wants: one address that leads to the master."""
    os.symlink(redis.socket, world.path("new.sock"))
    os.replace(world.path("new.sock"), world.path("master.sock"))
    world.redis = redis


def follow(world, master):
    port = free_ports(1)[0]
    master.command("CONFIG", "SET", "port", str(port))
    replica = Redis(world.path("replica"))
    replica.start()
    replica.command("REPLICAOF", "127.0.0.1", str(port))
    wait_for(lambda: "master_link_status:up" in replica.command("INFO", "replication"), "the replica to follow")
    return replica


@test("a promoted replica is gone on with, nothing is lost or said twice; before it is promoted it is left alone")
def promoted_test(world):
    os.makedirs(world.path("state"))
    os.environ["STATE_DIRECTORY"] = world.path("state")
    world.set_clock("2026-11-24 09:00:00")
    master = world.redis
    master.start()
    replica = follow(world, master)
    try:
        lead_to(world, master)
        world.configure({"redis.socket": world.path("master.sock")})
        daemon = world.daemon()
        daemon.start()
        tell(world, range(10))
        wait_for(lambda: len(told(world)) == 10, "the first families to be told")
        world.wait_idle()
        tell(world, range(10, 40))
        wait_for(lambda: len(told(world)) > 12, "some of the others to be told")
        # Frozen, it takes nothing more; then the replica has all of it, and the master is gone.
        daemon.freeze()
        wait_for(lambda: master.command("WAIT", "1", "1000") == 1, "the replica to have it all")
        master.kill9()
        lead_to(world, replica)
        daemon.thaw()
        wait_for(lambda: "READONLY" in daemon.log_text() or "replica" in daemon.log_text(), "the daemon to find a replica")
        replica.command("REPLICAOF", "NO", "ONE")
        tell(world, range(40, 45))
        wait_for(lambda: dict(told(world)) == everybody_once(45), "everybody to be told once", 60)
        world.wait_idle()
        check_equal(dict(told(world)), everybody_once(45), "who was told, and how often")
        status = world.ctl("status").json
        check_equal((status["restored"], status["dead"]), ("", 0), "held, and dead letters")
        check_equal(world.ctl("evidence", "verify").json["broken"], [], "the evidence")
        check(daemon.is_running(), "it is the same process")
    finally:
        del os.environ["STATE_DIRECTORY"]
        master.remove()
        replica.remove()


main()
