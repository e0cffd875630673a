#!/usr/bin/env python3
"""The users of Redis that are shipped: what each may do, by Redis' own account."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import (Client, DAEMON_USER, PUBLISHER_PASSWORD, PUBLISHER_USER, RedisError, check,  # noqa: E402
                     check_equal, main, test)

# Anybody may say these: who they are, that they go, and nothing of what is stored.
FREE = {"auth", "hello", "quit", "reset"}


def may(world, user, *words):
    return world.redis.command("ACL", "DRYRUN", user, *words) == "OK"


def commands(world):
    """Every command of this Redis, those with a second word included, with as many words as it wants at the least."""
    for name, arity, _, first, *rest in world.redis.command("COMMAND"):
        for sub in rest[-1] or [[name, arity, [], first]]:
            yield sub[0].split("|"), abs(sub[1]), sub[3]


def allowed(world, user, key):
    """The commands that the user may say, each tried with the key wherever words are wanted."""
    found = set()
    for words, arity, _ in commands(world):
        try:
            if may(world, user, *words, *([key] * max(0, arity - len(words)))):
                found.add("|".join(words))
        except RedisError as error:
            # It could not even be read as that command: then it is not allowed either.
            check("syntax" in str(error) or "wrong number" in str(error) or "Invalid" in str(error), str(error))
    return found - FREE


@test("a publisher may add to the queue and do nothing else, whatever the command and the key")
def publisher_test(world):
    world.redis.start()
    check_equal(allowed(world, PUBLISHER_USER, world.key("events")), {"xadd"}, "on the queue")
    for key in ("own", "facts", "dead", "family:F1", "msg:m1", "owner", "key", "paused", "hold"):
        check_equal(allowed(world, PUBLISHER_USER, world.key(key)), set(), "on " + key)
    check_equal(allowed(world, PUBLISHER_USER, "{other}:events"), set(), "on another prefix")
    client = Client(world.redis.socket, user=PUBLISHER_USER, password=PUBLISHER_PASSWORD)
    for words in (("XRANGE", world.key("events"), "-", "+"), ("XADD", world.key("own"), "*", "event", "{}"),
                  ("KEYS", "*"), ("CONFIG", "GET", "*"), ("EVAL", "return 1", "0"), ("ACL", "LIST"), ("FLUSHALL",)):
        try:
            client.command(*words)
            check(False, "%s is refused" % words[0])
        except RedisError as error:
            check(str(error).startswith("NOPERM"), "%s is refused for its rights: %s" % (words[0], error))
    check(client.command("XADD", world.key("events"), "*", "event", "{}"), "it may publish")
    client.close()


@test("the daemon's user reaches its own prefix only, and nothing that could harm others")
def daemon_test(world):
    world.redis.start()
    own = allowed(world, DAEMON_USER, world.key("events"))
    for name in ("xadd", "xreadgroup", "evalsha", "script|load", "config|get", "info"):
        check(name in own, "it may " + name)
    for name in ("flushall", "flushdb", "keys", "config|set", "shutdown", "debug", "acl|setuser", "replicaof", "save",
                 "eval", "script|flush", "monitor", "client|kill"):
        check(name not in own, "it may not " + name)
    elsewhere = allowed(world, DAEMON_USER, "{other}:events")
    for name in ("get", "set", "del", "xadd", "hgetall", "xrange"):
        check(name in own and name not in elsewhere, "%s only under its own prefix" % name)


main()
