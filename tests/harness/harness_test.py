#!/usr/bin/env python3
"""The harness keeps its own promises: nothing is lost by it, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time

from harness import Failure, RedisError, check, check_equal, main, test, wait_for, yaml_of

HERE = os.path.dirname(os.path.abspath(__file__))


def is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@test("Redis answers texts, numbers, lists, nothing and errors")
def _(world):
    world.redis.start()
    check_equal(world.redis.command("SET", "a", "grüße\r\n"), "OK", "a status")
    check_equal(world.redis.command("GET", "a"), "grüße\r\n", "a text with line ends")
    check_equal(world.redis.command("GET", "none"), None, "nothing")
    check_equal(world.redis.command("RPUSH", "l", "x", ""), 2, "a number")
    check_equal(world.redis.command("LRANGE", "l", 0, -1), ["x", ""], "a list")
    replies = world.redis.pipeline([("GET", "l")] + [("INCR", "n")] * 1200)
    check(isinstance(replies[0], RedisError), "an error in its place")
    check_equal(replies[-1], 1200, "many in one pipeline")
    check_equal(world.redis.command("CONFIG", "GET", "port"), ["port", "0"], "no port")


@test("what Redis has answered outlives its kill -9")
def _(world):
    world.redis.start()
    ids = world.publish(*[world.event("case.opened", "case/c%d" % n, {}) for n in range(50)])
    world.redis.kill9()
    world.redis.start()
    check_equal([sid for sid, _ in world.redis.stream(world.key("events"))], ids, "all of it, in order")


@test("waiting in vain fails and says for what")
def _(world):
    try:
        wait_for(lambda: [], "a miracle", 0.1)
    except Failure as failure:
        check("a miracle" in str(failure), "the reason names it")
    else:
        raise Failure("it did not fail")


@test("a setting goes into the configuration and out again")
def _(world):
    world.configure({"log.level": "debug", "http.listen": "127.0.0.1:0"})
    world.configure({"http": None})
    with open(world.config_file, encoding="utf-8") as file:
        text = file.read()
    check('  level: "debug"' in text and "http" not in text, text)
    check_equal(yaml_of({"a": 'x "y" \\'}), ['a: "x \\"y\\" \\\\"'], "quotes are quoted")


@test("a set clock is seen by what is started, and can jump")
def _(world):
    world.set_clock("2031-02-03 04:05:06")

    def show():
        return subprocess.check_output(["date", "-u", "+%F %H:%M"], env=world.environment(), text=True)

    check(show().startswith("2031-02-03 04:05"), "the set time")
    world.set_clock("2031-02-04 00:00:00")
    check(show().startswith("2031-02-04 00:00"), "the time after a jump")


SCRIPT = """
import sys
sys.path.insert(0, %r)
from harness import main, test
@test("x")
def _(world):
    world.redis.start()
    print("#", world.redis.child.pid, world.folder, flush=True)
    %s
main()
"""


def start_script(body):
    child = subprocess.Popen([sys.executable, "-c", SCRIPT % (HERE, body)], stdout=subprocess.PIPE, text=True)
    while True:
        words = child.stdout.readline().split()
        if len(words) == 3 and words[0] == "#":
            return child, int(words[1]), words[2]


@test("a test that fails leaves neither process nor folder")
def _(world):
    child, redis, folder = start_script("raise ValueError('on purpose')")
    text = child.stdout.read()
    check_equal(child.wait(), 1, "it fails")
    check("not ok 1 - x" in text and "on purpose" in text, text)
    check(not is_alive(redis) and not os.path.exists(folder), "nothing is left")


@test("a test that is told to stop leaves neither process nor folder")
def _(world):
    child, redis, folder = start_script("import time; time.sleep(60)")
    child.send_signal(signal.SIGTERM)
    child.stdout.read()
    child.wait()
    check(not is_alive(redis) and not os.path.exists(folder), "nothing is left")


@test("a test that is killed takes its Redis with it")
def _(world):
    child, redis, folder = start_script("import time; time.sleep(60)")
    child.kill()
    child.wait()
    child.stdout.close()
    wait_for(lambda: not is_alive(redis), "its Redis to be gone", 5)
    time.sleep(0.1)
    subprocess.run(["rm", "-rf", folder], check=True)


main()
