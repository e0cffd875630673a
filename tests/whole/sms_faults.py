#!/usr/bin/env python3
"""The channel of text messages against providers that misbehave: what comes of each message, within which time.

The channel runs alone (tests/tool/sms.c), one request at a time, 0.7 seconds for each answer.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import certificates  # noqa: E402
from bad_http import BadHttp  # noqa: E402
from faults import A, B, C, L, NM, U, check_outcomes, check_table, check_taken  # noqa: E402
from harness import ROOT, SLOWNESS, Failure, check, check_equal, main, program, test  # noqa: E402

CONF = os.path.join(ROOT, "conf", "sms")


def run(world, providers, limit=30, **options):
    """The verdicts as [(outcome, code, id, ms)] in the order of the messages, and the seconds it took."""
    words = ["n=3"] + ["%s=%s" % each for each in options.items()]
    for provider in providers:
        provider = dict({"within_ms": 700 * SLOWNESS, "at_once": 1}, **provider)
        words += ["provider=" + provider.pop("description", os.path.join(CONF, "generic.yaml"))]
        words += ["%s=%s" % each for each in provider.items()]
    began = time.monotonic()
    done = subprocess.run([program("tests/tool/sms")] + words, capture_output=True, encoding="utf-8",
                          timeout=limit * SLOWNESS, check=False)
    took = time.monotonic() - began
    lines = [line for line in done.stderr.splitlines() if "provider_" not in line]
    if done.returncode != 0 or lines:
        raise Failure("the tool ended with %d:\n%s%s" % (done.returncode, done.stdout, done.stderr))
    found = {}
    for line in done.stdout.splitlines():
        verdict = re.fullmatch(r"(\d+) (\S+) (\S*) (\S+) (\d+)", line)
        if verdict:
            number = int(verdict.group(1))
            check(number not in found, "one verdict for each message:\n" + done.stdout)
            found[number] = (verdict.group(2), verdict.group(3), verdict.group(4), int(verdict.group(5)))
    return [found.get(number) for number in range(int(options.get("n", 3)))], took


def number_of(request):
    """Which message it is: its id ends with the number."""
    return int(json.loads(request.body)["reference"][1:], 16)


# behaviour, outcomes of three messages, code of the first that was not accepted, seconds
FAULTS = [
    ("", [A, A, A], "", 2),
    ("429:2", [A, L, A], "429", 2),
    ("429_seconds:2", [A, L], "429", 2),
    ("408:2", [A, L, A], "408", 2),
    ("503:2", [A, L, A], "503", 2),
    ("500:2", [A, U, A], "500", 2),
    ("502:2", [A, U, A], "502", 2),
    ("504:2", [A, U, A], "504", 2),
    ("501:3", [A, A, C], "501", 2),
    ("400:2", [A, NM, A], "400", 2),
    ("413:2", [A, NM, A], "413", 2),
    ("422:2", [A, NM, A], "422", 2),
    ("401:3", [A, A, C], "401", 2),
    ("403:3", [A, A, C], "403", 2),
    ("404:3", [A, A, C], "404", 2),
    ("301:3", [A, A, C], "301", 2),
    ("307:3", [A, A, C], "307", 2),
    ("die_at_once", [U + "|" + B] * 3, "broken_off|connect", 2),
    ("die_before_body", [U + "|" + B] * 3, "broken_off|connect", 2),
    ("silent_before:2", [A, U, A], "timeout", 3),
    ("die_after_reading:2", [A, U, A], "broken_off", 2),
    ("reset_after_reading:2", [A, U, A], "broken_off", 2),
    ("silent_after:2", [A, U, A], "timeout", 3),
    ("die_after_taking:2", [A, U, A], "broken_off", 2),
    ("reset_after_taking:2", [A, U, A], "broken_off", 2),
    ("die_when_idle", [A, A, A], "", 2),
    ("garbage:2", [A, U, A], "garbage", 2),
    ("half:2", [A, U, A], "broken_off", 2),
    ("slow:2", [A, U, A], "timeout", 3),
    ("endless_header:2", [A, U, A], "too_large|broken_off", 3),
    ("endless_body:2", [A, U, A], "too_large", 3),
]

TLS_FAULTS = [
    ("", [A, A, A], "", 3),
    ("silent_at_tls", [B, B, B], "timeout", 5),
    ("garbage_at_tls", [B, B, B], "tls", 3),
]


def check_row(world, server, row, **provider):
    found, took = run(world, [dict({"url": server.url}, **provider)], n=len(row[1]), pause_ms=30)
    name = row[0] or "all well"
    check_taken(name, check_outcomes(name, row, found, took), [number_of(request) for request in server.taken])
    for outcome, _, provider_id, _ in found:
        if outcome == A:
            check(provider_id.startswith("g-"), "%s: the provider's id is %r" % (name, provider_id))


def check_all(world, table, make_server, **provider):
    check_table(table, make_server, lambda server, row: check_row(world, server, row, **provider), 6)


@test("each fault of a provider has its outcome, within its time, and nothing comes twice")
def faults_test(world):
    check_all(world, FAULTS, BadHttp)


@test("each fault of TLS has its outcome, within its time")
def tls_test(world):
    authority = certificates.Authority(world.folder)
    pair = authority.certificate("localhost")
    check_all(world, TLS_FAULTS, lambda behaviour: BadHttp(behaviour, tls=pair), ca_file=authority.file)


@test("a certificate that is wrong, old or a stranger's stops the provider before a message leaves")
def certificate_test(world):
    authority = certificates.Authority(world.folder)
    stranger = certificates.Authority(world.path("stranger"))
    for what, pair in (("another's", authority.certificate("other.example")),
                       ("old", authority.certificate("localhost", days=-1)),
                       ("a stranger's", stranger.certificate("localhost"))):
        server = BadHttp("", tls=pair)
        found, _ = run(world, [{"url": server.url, "ca_file": authority.file}], n=1)
        check_equal(found[0][:2], (C, "certificate"), what)
        check_equal(server.requests, [], "nothing was said")
        server.close()


@test("a provider that is not there, whose name nobody knows, or who never answers the call costs no try")
def nobody_test(world):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = "http://127.0.0.1:%d" % held.getsockname()[1]
        found, took = run(world, [{"url": url}])
        check_equal([verdict[:2] for verdict in found], [(B, "connect")] * 3, "nobody listens")
        check(took < 2 * SLOWNESS, "it took %.1f s" % took)
        # A queue that is full: the kernel drops the call.
        held.listen(0)
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(held.getsockname())
        found, took = run(world, [{"url": url}])
        check_equal([verdict[:2] for verdict in found], [(B, "timeout")] * 3, "nobody answers")
        check(took < 6 * SLOWNESS, "it took %.1f s" % took)
        for caller in callers:
            caller.close()
    found, _ = run(world, [{"url": "https://nowhere.invalid"}], n=1)
    check_equal(found[0][0], B, "a name that nobody has")
    check(found[0][1] in ("name", "timeout"), "the code: %r" % found[0][1])


@test("it stops within its limit, whatever the provider does; what has not left goes back")
def stop_test(world):
    for behaviour, outcome in (("silent_before", U), ("silent_after", U), ("silent_at_tls", B)):
        server = BadHttp(behaviour)
        url = server.url if outcome == U else server.url.replace("http:", "https:")
        found, took = run(world, [{"url": url, "within_ms": 60000}], n=1, close_after_ms=300 * SLOWNESS,
                          limit_ms=1200)
        check_equal(found[0][0], outcome, behaviour)
        check(took < 3 * SLOWNESS, "%s: it took %.1f s" % (behaviour, took))
        server.close()


# ---- two providers -------------------------------------------------------------------------------

@test("two providers share by weight")
def weight_test(world):
    one, two = BadHttp(), BadHttp()
    found, _ = run(world, [{"url": one.url, "weight": 3, "at_once": 16}, {"url": two.url, "weight": 1, "at_once": 16}],
                   n=400)
    check_equal({verdict[0] for verdict in found}, {A}, "the outcomes")
    check(260 <= len(one.taken) <= 330, "the first had %d of 400" % len(one.taken))
    check_equal(len(one.taken) + len(two.taken), 400, "all in all")
    one.close()
    two.close()


@test("the second provider takes over at once what the first certainly does not have")
def takeover_test(world):
    for behaviour in ("429", "503", "401", "certificate"):
        first = BadHttp("" if behaviour == "certificate" else behaviour,
                        tls=certificates.Authority(world.path("x")).certificate("localhost")
                        if behaviour == "certificate" else None)
        second = BadHttp()
        found, _ = run(world, [{"url": first.url, "weight": 1000}, {"url": second.url}], n=20)
        check_equal({verdict[0] for verdict in found}, {A}, "%s: the outcomes" % behaviour)
        check_equal(sorted(number_of(each) for each in second.taken), list(range(20)), "%s: who had them" % behaviour)
        check(len(first.requests) <= 5, "%s: the first is left alone: %d" % (behaviour, len(first.requests)))
        first.close()
        second.close()


@test("never the second provider for a message whose fate at the first is not known")
def doubt_test(world):
    for behaviour in ("die_after_taking", "reset_after_taking", "silent_after", "garbage", "half", "500", "504"):
        first, second = BadHttp(behaviour), BadHttp()
        found, _ = run(world, [{"url": first.url, "weight": 1000, "within_ms": 400 * SLOWNESS}, {"url": second.url}],
                       n=12, pause_ms=5)
        doubted = {number for number, verdict in enumerate(found) if verdict[0] == U}
        check(doubted, "%s: some are in doubt" % behaviour)
        at_first = {number_of(each) for each in first.requests}
        at_second = [number_of(each) for each in second.taken]
        check_equal(at_first, doubted, "%s: all that the first had, and no other" % behaviour)
        check_equal(sorted(at_second), sorted(set(range(12)) - doubted), "%s: the second has the rest" % behaviour)
        check(len(doubted) <= 4, "%s: better a few in doubt than all of them: %d" % (behaviour, len(doubted)))
        first.close()
        second.close()


@test("a slow provider gets less, and a rate is kept")
def slow_test(world):
    slow, fast = BadHttp("late"), BadHttp()
    run(world, [{"url": slow.url, "slow_ms": 300, "within_ms": 9000}, {"url": fast.url}], n=8, pause_ms=300)
    check(len(slow.taken) < len(fast.taken), "the slow one had %d, the other %d" % (len(slow.taken), len(fast.taken)))
    slow.close()
    fast.close()
    server = BadHttp()
    _, took = run(world, [{"url": server.url, "per_second": 20, "at_once": 16}], n=30)
    check(took > 29 / 20, "30 messages at 20 a second took %.2f s" % took)
    moments = [request.at for request in server.taken]
    check(moments[-1] - moments[0] > 1.3, "they came over %.2f s" % (moments[-1] - moments[0]))
    server.close()


@test("Retry-After is kept in both its forms")
def retry_after_test(world):
    for behaviour in ("429_seconds", "429_date"):
        server = BadHttp(behaviour)
        found, _ = run(world, [{"url": server.url}], n=2, pause_ms=30, close_after_ms=800 * SLOWNESS)
        check_equal(found[0][:2], (L, "429"), behaviour)
        check_equal(len(server.requests), 1, "%s: it is left alone" % behaviour)
        server.close()


main()
