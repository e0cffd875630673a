#!/usr/bin/env python3
"""The Debian package in a fresh Debian 12: installed, started with Redis beside it, upgraded, removed.

    make test-deb

Builds a root with mmdebstrap below build/deb/ (once: it is kept), boots a systemd over it, and leaves it as it was.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from box import Box  # noqa: E402
from harness import BUILD, NotRun, ROOT, check, check_equal, main, test, wait_for  # noqa: E402

UNIT = "candourd.service"
FOLDER = os.path.join(ROOT, "build", "deb")
FRESH = os.path.join(FOLDER, "fresh")


def run(*words):
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    check_equal(done.returncode, 0, " ".join(words) + "\n" + done.stdout[-2000:] + done.stderr[-3000:])
    return done.stdout


def make_deb(version):
    return os.path.join(ROOT, run("make", "-s", "deb", "BUILD=" + os.path.relpath(BUILD, ROOT),
                                  "VERSION=" + version).strip().splitlines()[-1])


def make_root(deb):
    """A fresh Debian with what the package depends on, so that installing it needs no network in the box."""
    if os.path.exists(os.path.join(FRESH, "done")):
        return
    if shutil.which("mmdebstrap") is None:
        raise NotRun("mmdebstrap is not installed")
    shutil.rmtree(FRESH, ignore_errors=True)
    depends = run("dpkg-deb", "-f", deb, "Depends")
    names = [part.split("|")[0].split("(")[0].strip() for part in depends.split(",")]
    run("mmdebstrap", "--mode=root", "--variant=apt", "--include=" + ",".join(names + ["systemd-sysv", "redis-server"]),
        "bookworm", FRESH)
    with open(os.path.join(FRESH, "done"), "w", encoding="ascii"):
        pass


def install(box, deb):
    with open(deb, "rb") as file:
        box.run("sh", "-c", "base64 -d > /tmp/candour.deb", input=base64.b64encode(file.read()).decode())
    box.run("dpkg", "--force-confold", "-i", "/tmp/candour.deb")


def status(box):
    done = box.run("candourctl", "--json", "status", code=None)
    return json.loads(done.stdout) if done.returncode == 0 else {"owner": "", "epoch": 0}


def event(n, kind, subject, data):
    return json.dumps({"specversion": "1.0", "id": "%d-%s" % (n, kind), "source": "/box", "type": kind,
                       "subject": subject, "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "data": data})


def tell(box, n):
    """A family is told of its request: the smoke test."""
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["email"], "hours": {"always": True}, "addresses": {"email": "p%d@families.example" % n},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    events = [event(n, "contact.registered", "family/F%d" % n, contact), event(n, "case.opened", "case/C%d" % n, case),
              event(n, "ehcna.requested", "case/C%d" % n, {})]
    box.run("candourctl", "publish", "-", input="\n".join(events) + "\n")
    box.run("candourctl", "wait", "--idle", "--timeout", "60", limit=90)
    mails = box.run("sh", "-c", "grep -h '^To:' /var/lib/candour/mail/new/*").stdout
    check("p%d@families.example" % n in mails, "family %d was told" % n)


def go(box, first, second):
    install(box, first)
    check_equal(box.show(UNIT, "ActiveState"), "inactive", "it is not started before it is configured")
    box.run("candourd", "--check")
    # Debian's own unit of Redis; the socket is in redis.conf, commented out.
    box.run("sh", "-c", "printf 'unixsocket /run/redis/redis-server.sock\\nunixsocketperm 770\\nappendonly yes\\n"
                        "appendfsync always\\nsave \"\"\\n' >> /etc/redis/redis.conf")
    box.run("systemctl", "restart", "redis-server")
    box.run("systemctl", "enable", "--now", UNIT)
    wait_for(lambda: status(box)["owner"], "it to own its prefix")
    tell(box, 1)

    box.run("sh", "-c", "echo '# a line of the operator' >> /etc/candour/services.yaml")
    pid = box.pid(UNIT)
    install(box, second)
    check_equal(box.run("dpkg-query", "-W", "-f", "${Version}", "candour").stdout, "0.1.1", "the version")
    check(box.pid(UNIT) != pid, "the new program runs")
    wait_for(lambda: status(box)["owner"], "the new one to own the prefix")
    check("a line of the operator" in box.run("cat", "/etc/candour/services.yaml").stdout, "the configuration is kept")
    check_equal(json.loads(box.run("candourctl", "--json", "case", "show", "C1").stdout)["family"], "F1", "the state")
    tell(box, 2)
    # Installing the same again changes nothing.
    install(box, second)

    box.run("dpkg", "--remove", "candour")
    check_equal(box.show(UNIT, "ActiveState"), "inactive", "it does not run any more")
    check(box.run("sh", "-c", "test -d /var/lib/candour/mail", code=None).returncode == 0, "state stays after removal")
    box.run("dpkg", "--purge", "candour")
    left = box.run("sh", "-c", "find /etc/candour /var/lib/candour /usr -name '*candour*' 2>/dev/null; true").stdout
    check_equal(left, "", "what is left after purge")


@test("the package installs, starts with a local Redis, tells a family, upgrades with its state, and goes cleanly")
def package_test(world):
    second = make_deb("0.1.1")
    first = make_deb("0.1.0")
    make_root(first)
    box = Box(world.path("box"), under=FRESH)
    box.unit("systemd-networkd-wait-online.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n")
    try:
        box.start()
        go(box, first, second)
    finally:
        box.stop()


main()
