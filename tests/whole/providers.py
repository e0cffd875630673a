#!/usr/bin/env python3
"""Each provider for itself: paused, drained and counted apart from the others of its channel."""

import contextlib
import http.client
import os
import pty
import re
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from bad_http import BadHttp, say_generic  # noqa: E402
from harness import ROOT, check, check_equal, main, program, test, wait_for  # noqa: E402
from mail_server import free_ports  # noqa: E402

NOW = "2026-11-24 09:00:00"
FIRST, SECOND = "sms/generic-1", "sms/generic-2"


def family(world, n):
    """The events after which one text message is due."""
    at = {"time_text": "2026-11-24T09:00:00Z"}
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["sms"], "hours": {"always": True}, "addresses": {"sms": "07700 900%03d" % n},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    action = {"action": "A%d" % n, "what": "Ask the school for its report",
              "owner": {"service": "send", "person": "sam-okafor"}, "due": "2099-12-18", "agreed_with": ["mum%d" % n]}
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, case, id="case-%d" % n, **at),
            world.event("action.agreed", "case/C%d" % n, action, id="action-%d" % n, **at)]


def begin(world, *servers):
    world.set_clock(NOW)
    with open(world.path("token"), "w", encoding="ascii") as file:
        file.write("user:secret\n")
    world.settings["sms"] = [{"transport": "generic", "token_file": world.path("token"), "url": server.url,
                              "described_in": os.path.join(ROOT, "conf/sms/generic.yaml")} for server in servers]
    world.configure({"http.listen": "127.0.0.1:%d" % free_ports(1)[0]})
    world.redis.start()
    world.daemon().start()
    wait_for(lambda: {each["what"] for each in providers(world)} >= {FIRST, SECOND}, "the providers to be known")


def tell(world, *numbers):
    world.publish(*[event for n in numbers for event in family(world, n)])


def providers(world):
    return world.ctl("status").json["providers"]


def provider(world, what):
    return next(each for each in providers(world) if each["what"] == what)


def page(world, **options):
    return world.ctl("status", "--check", json_out=False, **options).out


def metric(world, name, provider):
    host, _, port = world.settings["http"]["listen"].rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    line = 'candour_%s{channel="%s",provider="%s"} ' % (name, *provider.split("/"))
    return next((float(each[len(line):]) for each in text.splitlines() if each.startswith(line)), None)


def waiting(world):
    return world.ctl("status").json["outbox"]["sms"]["waiting"]


def on_terminal(world, *words):
    """What candourctl says on standard error when that is a terminal."""
    master, slave = pty.openpty()
    said = b""
    with open(slave, "wb", buffering=0) as terminal:
        subprocess.run([program("candourctl"), "--config", world.config_file, *words], stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=terminal, env=world.environment(), check=False)
    with open(master, "rb", buffering=0) as screen, contextlib.suppress(OSError):  # so a terminal ends
        while piece := screen.read(65536):
            said += piece
    return said.decode("utf-8", "replace")


@test("a paused provider gets nothing and the other takes over; with both paused, messages wait for the end")
def pause_test(world):
    first, second = BadHttp(), BadHttp()
    begin(world, first, second)
    world.ctl("pause", "sms/nobody", "--reason", "x", "--until", "1h", code=5)
    world.ctl("pause", FIRST, "--until", "1h", code=2)
    world.ctl("pause", FIRST, "--reason", "it moves", "--until", "1h")
    tell(world, *range(8))
    wait_for(lambda: len(second.taken) == 8, "the other one to take all")
    check_equal(len(first.requests), 0, "requests at the paused one")
    check_equal([each["paused"] for each in providers(world)], [True, False], "which are paused")
    wait_for(lambda: metric(world, "provider_paused", FIRST) == 1, "the metric to say so")
    check_equal(metric(world, "provider_paused", SECOND), 0, "the other's metric")
    text = page(world, code=1)
    check("it moves (candourctl resume sms/generic-1)" in " ".join(text.split()), "the page says so\n" + text)
    check(all(len(line) <= 80 for line in text.splitlines()), "the page fits 80 columns\n" + text)

    world.ctl("pause", SECOND, "--reason", "it moves, too", "--until", "2h")
    tell(world, 8, 9)
    wait_for(lambda: waiting(world) == 2, "messages to wait")
    check_equal((len(first.requests), len(second.requests)), (0, 8), "requests")
    # One may have been claimed before the daemon knew: it comes back after a minute.
    world.set_clock("2026-11-24 09:02:00")
    world.ctl("resume", FIRST)
    wait_for(lambda: len(first.taken) == 2, "the first to take what waited")
    world.set_clock("2026-11-24 11:00:01")
    wait_for(lambda: [each["paused"] for each in providers(world)] == [False, False], "the other pause to end by itself")
    tell(world, *range(20, 30))
    wait_for(lambda: len(first.taken) + len(second.taken) == 20 and len(second.taken) > 8, "both to share again")
    world.wait_idle()
    check_equal(page(world).count("PAUSED"), 0, "pauses on the page")
    first.close()
    second.close()


@test("drain waits for what the provider has in hand, and nothing of later goes there")
def drain_test(world):
    may = threading.Event()

    def say(request, number):
        may.wait(600)
        return say_generic(request, number)

    first, second = BadHttp(say=say), BadHttp()
    begin(world, first, second)
    tell(world, *range(6))
    wait_for(lambda: len(first.requests) > 0, "the first to have something in hand")
    said = world.ctl("drain", FIRST, "--reason", "it moves", "--until", "1h", "--timeout", "0", code=1).err
    check("still in hand" in said, "it says what it waits for: " + said)
    seen = on_terminal(world, "drain", FIRST, "--reason", "it moves", "--until", "1h", "--timeout", "1")
    check(re.search(r"\r\d+ messages in hand\x1b\[K", seen), "a terminal sees how far it is: %r" % seen)
    check(seen.rpartition("\r\x1b[K")[2].startswith("candourctl: "), "and that line goes before the last word: %r" % seen)
    threading.Timer(0.5, may.set).start()
    check_equal(world.ctl("drain", FIRST, "--reason", "it moves", "--until", "1h").json["drained"], True, "drained")
    had = len(first.requests)
    tell(world, *range(10, 20))
    world.wait_idle()
    check_equal(len(first.requests), had, "requests at the drained one")
    check_equal(len(first.taken) + len(second.taken), 16, "all were told")
    first.close()
    second.close()


@test("failures are counted for each provider, on the page for the night, too")
def failures_test(world):
    first, second = BadHttp("503"), BadHttp()
    begin(world, first, second)
    tell(world, *range(12))
    wait_for(lambda: len(second.taken) == 12, "the other one to take all")
    wait_for(lambda: provider(world, FIRST)["failures"] >= 3, "three failures in a row")
    check_equal(provider(world, SECOND)["failures"], 0, "the other's failures")
    check(provider(world, FIRST)["since"].startswith("2026-11-24T09:"), "since when")
    text = page(world, code=1)
    check("sms/generic-1 fails" in text, "the page says so\n" + text)
    check(metric(world, "provider_failures", FIRST) >= 3, "failures in a row")
    check_equal(metric(world, "provider_failures_total", SECOND), 0, "the other's failures in all")
    first.behaviour = ""

    n = iter(range(100, 900))

    def is_well():
        tell(world, next(n))
        return provider(world, FIRST)["failures"] == 0

    wait_for(is_well, "it to be well again", 60)
    check(metric(world, "provider_failures_total", FIRST) >= 3, "failures in all are not forgotten")
    check_equal(metric(world, "provider_failures", FIRST), 0, "failures in a row")
    first.close()
    second.close()


main()
