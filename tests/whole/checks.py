#!/usr/bin/env python3
"""What --check and --check --connect find before the first event: each mistake, and what to do about it."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import certificates  # noqa: E402
from bad_smtp import BadSmtp  # noqa: E402
from harness import (PUBLISHER_PASSWORD, PUBLISHER_USER, SLOWNESS, Redis, check, check_equal, main, program,  # noqa: E402
                     test)
from mail_server import free_ports  # noqa: E402

# Fifteen mistakes in one file: the line as it is written, the code, and a word of what would be right.
MISTAKES = [
    ("redis:", None, None),
    ("  sokket: /run/redis.sock", "unknown_key", "socket"),
    ("  port: 70000", "out_of_limits", "65535"),
    ("  prefix: candour", "bad_value", "{candour}"),
    ("  password_file: /no/such/file", "unreadable_file", "/no/such/file"),
    ("  wait_replicas: 1", "not_in_this_build", "replicas"),
    ("email:", None, None),
    ("  transport: pigeon", "unknown_word", "libesmtp"),
    ("  threads: many", "not_a_number", "whole number"),
    ("  from: nobody", "bad_value", "email address"),
    ("  reply_within: 10 parsecs", "bad_time", "30s"),
    ("  tls: perhaps", "unknown_word", "required"),
    ("letter:", None, None),
    ("  postage: pigeon", "unknown_word", "second"),
    ("http:", None, None),
    ("  listen: 0.0.0.0:80", "bad_value", "127.0.0.1"),
    ("log:", None, None),
    ("  level: loud", "unknown_word", "warning"),
    ("  format: xml", "unknown_word", "json"),
    ("stop_within: 1 day", "out_of_limits", "stop_within"),
    ("clock_skew: 5m", "unknown_key", "clock_skew_max"),
]


@test("fifteen mistakes in candour.conf are listed at once, each with its line and what would be right")
def mistakes_test(world):
    with open(world.config_file, "w", encoding="utf-8") as file:
        file.write("\n".join(line for line, _, _ in MISTAKES) + "\n")
    said = subprocess.run([program("candourd"), "--config", world.config_file, "--check"], capture_output=True,
                          encoding="utf-8", check=False)
    check_equal(said.returncode, 3, "the exit code")
    found = {int(line): (message, code) for line, message, code in
             re.findall(r"candour.conf:(\d+): error: (.*) \((\w+)\)$", said.stderr, re.MULTILINE)}
    wanted = {number: (code, word) for number, (_, code, word) in enumerate(MISTAKES, 1) if code}
    check(len(wanted) >= 15, "fifteen of them")
    check_equal(sorted(found), sorted(wanted), "the lines\n" + said.stderr)
    for number, (code, word) in wanted.items():
        check_equal(found[number][1], code, "line %d" % number)
        check(word in found[number][0], "line %d says what would be right: %s" % (number, found[number][0]))


def connect(world):
    """candourd --check --connect: its exit code, and {code: (level, message)}."""
    said = subprocess.run([program("candourd"), "--config", world.config_file, "--check", "--connect"],
                          capture_output=True, encoding="utf-8", check=False, timeout=120 * SLOWNESS)
    check("letter_refused" not in said.stderr, "no letter is refused: there is none: " + said.stderr)
    found = {code: (level, message) for level, message, code in
             re.findall(r": (error|warning): (.*) \(([a-z_]+)\)$", said.stderr, re.MULTILINE)
             if code not in ("not_verified", "template_unread")}
    return said.returncode, found


def expect(world, code, finding, words, level="error"):
    end, found = connect(world)
    check(finding in found, "%s is found: %s" % (finding, found))
    check_equal(found[finding][0], level, finding)
    check(words in found[finding][1], "%s says what to do: %s" % (finding, found[finding][1]))
    check_equal(end, code, "the exit code of " + finding)


@test("what is wrong with Redis is found: nine ways, each with what to do")
def redis_test(world):
    expect(world, 4, "redis_connect", "whether it runs")
    world.redis.start()
    end, found = connect(world)
    check_equal((end, [code for code in found if code.startswith("redis")]), (0, []), "all is well")
    with open(world.path("wrong"), "w", encoding="ascii") as file:
        file.write("wrong\n")
    right = world.settings["redis"]["password_file"]
    world.configure({"redis.password_file": world.path("wrong")})
    expect(world, 4, "redis_login", "redis.password_file")
    world.configure({"redis.password_file": right})

    def setting(name, value, back, *wanted, level="error"):
        world.redis.command("CONFIG", "SET", name, value)
        expect(world, 4 if level == "error" else 0, *wanted, level=level)
        world.redis.command("CONFIG", "SET", name, back)

    setting("appendonly", "no", "yes", "redis_persistence", "appendonly")
    setting("maxmemory-policy", "allkeys-lru", "noeviction", "redis_eviction", "noeviction")
    setting("appendfsync", "everysec", "always", "redis_everysec", "second", level="warning")
    setting("appendfsync", "no", "always", "redis_fsync", "appendfsync")
    world.configure({"redis.prefix": "{other}"})
    expect(world, 4, "redis_rights", "redis.prefix")
    world.configure({"redis.prefix": world.prefix})
    with open(world.path("publisher"), "w", encoding="utf-8") as file:
        file.write(PUBLISHER_PASSWORD + "\n")
    world.configure({"redis.username": PUBLISHER_USER, "redis.password_file": world.path("publisher")})
    expect(world, 4, "redis_info", "right to INFO")


@test("a Redis that is somebody's replica is found")
def replica_test(world):
    other = Redis(world.path("other"))
    other.start()
    try:
        world.redis.start()
        world.redis.command("REPLICAOF", "127.0.0.1", str(free_ports(1)[0]))
        expect(world, 4, "redis_replica", "replica")
    finally:
        other.remove()


@test("what is wrong with a mail server is found: six ways, each with what to do")
def email_test(world):
    world.redis.start()
    authority = certificates.Authority(world.path("tls"))
    good = authority.certificate("localhost")
    with open(world.path("password"), "w", encoding="ascii") as file:
        file.write("secret\n")

    def relay(port, **more):
        settings = {"transport": "libesmtp", "host": "localhost", "port": str(port), "tls": "required", "dir": None,
                    "ca_file": authority.file, "username": "candour", "password_file": world.path("password")}
        settings.update(more)
        world.configure({"email." + key: value for key, value in settings.items()})

    def against(behaviour, words, tls=good, users=True, **more):
        server = BadSmtp(behaviour, tls=tls, users=users)
        try:
            relay(server.port, **more)
            expect(world, 3, "email_connect", words)
        finally:
            server.close()

    relay(free_ports(1)[0])
    expect(world, 3, "email_connect", "nobody answers there")
    against("bad_greeting", "no greeting of a mail server")
    against("starttls_missing", "offers no TLS")
    against("", "not to be trusted", tls=authority.certificate("elsewhere.example"))
    against("auth_refused", "password")
    against("", "is not known", host="no.such.host.invalid")
    server = BadSmtp("", tls=good, users=True)
    relay(server.port)
    end, found = connect(world)
    server.close()
    check_equal((end, "email_connect" in found), (0, False), "a good one is fine: %s" % found)
    check(not any(line.startswith(("MAIL", "RCPT", "DATA")) for line in server.commands), "no message is begun")


@test("a gateway, a print room's folder, a letter program and its fonts that are not there are found")
def others_test(world):
    world.redis.start()
    with open(world.path("token"), "w", encoding="ascii") as file:
        file.write("secret\n")
    world.configure({"sms.transport": "generic", "sms.url": "http://127.0.0.1:%d/send" % free_ports(1)[0],
                     "sms.token_file": world.path("token"), "sms.dir": None, "sms.sender": "Candour"})
    expect(world, 3, "sms_connect", "sms.url")
    world.configure({"sms.transport": "file", "sms.url": None, "sms.token_file": None, "sms.dir": world.folder})
    world.configure({"letter.transport": "spool", "letter.dir": world.path("no-spool")})
    expect(world, 3, "letter_spool", "letter.dir")
    world.configure({"letter.transport": "file", "letter.dir": world.path("letters"),
                     "letter.worker": world.path("no-program")})
    expect(world, 3, "letter_worker", "letters cannot be made")
    # As on a machine without the fonts' packages.
    with open(world.path("fontless"), "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\nexec %s --fonts %s\n" % (program("candour-letter"), world.path("no-fonts")))
    os.chmod(world.path("fontless"), 0o755)
    world.configure({"letter.worker": world.path("fontless")})
    expect(world, 3, "letter_fonts", "fonts-noto")


main()
