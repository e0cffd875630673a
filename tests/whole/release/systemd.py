#!/usr/bin/env python3
"""candourd under a real systemd, as `make install` leaves it: one boot for all of it."""

import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "harness"))
from box import Box  # noqa: E402
from harness import BUILD, ROOT, Failure, check, check_equal, main, test, wait_for  # noqa: E402

UNIT = "candourd.service"
REDIS = "redis-server.service"
SOCKET = "/run/redis/redis-server.sock"

# Shorter times than the shipped ones, so that nobody has to wait: all else is as shipped.
HASTE = "[Service]\nWatchdogSec=2s\nRestartSec=300ms\n"

REDIS_UNIT = """[Service]
ExecStart=/usr/bin/redis-server /etc/redis/candour.conf
User=redis
Group=redis
RuntimeDirectory=redis
StateDirectory=redis
[Install]
WantedBy=multi-user.target
"""
REDIS_CONF = """port 0
unixsocket %s
unixsocketperm 770
dir /var/lib/redis
save ""
appendonly yes
appendfsync always
maxmemory-policy noeviction
include /etc/candour/redis-acl.conf
""" % SOCKET


def install(world):
    layer = world.path("installed")
    done = subprocess.run(["make", "-s", "install", "PREFIX=/usr", "DESTDIR=" + layer, "BUILD=" + os.path.relpath(BUILD, ROOT)], cwd=ROOT,
                          capture_output=True, encoding="utf-8", check=False)
    check_equal(done.returncode, 0, "make install\n" + done.stdout + done.stderr)
    return layer


def verify_units(box):
    for name in ("candourd.service", "candourd@leeds.service"):
        path = "/usr/lib/systemd/system/" + name.replace("leeds", "")
        said = box.run("systemd-analyze", "verify", "--man=no", path, code=None)
        check_equal(said.stdout + said.stderr, "", "systemd-analyze verify " + name)
        # 15 is an exposure of 1.5.
        box.run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", path)


def configure(box):
    box.run("systemd-sysusers")
    box.run("systemd-tmpfiles", "--create", "candour.conf")
    # As the comment in the file says.
    box.run("sh", "-c", r"""
        for user in redis publisher; do
            head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > /etc/candour/credentials/$user-password
        done
        hash() { tr -d '\n' < /etc/candour/credentials/$1-password | sha256sum | cut -d ' ' -f 1; }
        sed -i -e "s/SHA256-OF-CANDOURS-PASSWORD/$(hash redis)/" \
            -e "s/SHA256-OF-THE-PUBLISHERS-PASSWORD/$(hash publisher)/" /etc/candour/redis-acl.conf
        sed -i -e 's/^  # username:$/  username: candour/' \
            -e 's|^  # password_file:$|  password_file: credentials/redis-password|' /etc/candour/candour.conf
        chmod 600 /etc/candour/credentials/*
        chown root:redis /etc/candour/redis-acl.conf
        """)
    # Only the first two: the mail server's come behind.
    text = box.run("cat", "/etc/candour/candour.conf").stdout
    email = text.index("\nemail:")
    text = text[:email] + text[email:].replace("  username: candour", "  # username:").replace(
        "  password_file: credentials/redis-password", "  # password_file:")
    box.write("/etc/candour/candour.conf", text)
    box.write("/etc/redis/candour.conf", REDIS_CONF)


def redis(box, *words):
    """As the default user, which these tests leave on."""
    return box.run("redis-cli", "-s", SOCKET, *words).stdout.strip()


def status(box, config="/etc/candour/candour.conf"):
    """What candourctl says; nothing while Redis is not there."""
    done = box.run("candourctl", "--config", config, "--json", "status", code=None)
    return json.loads(done.stdout) if done.returncode == 0 else {"owner": "", "epoch": 0}


def is_active(box, unit=UNIT):
    return box.show(unit, "ActiveState") == "active"


def owns(box, config="/etc/candour/candour.conf"):
    return bool(status(box, config)["owner"])


def pid_now(box):
    return int(box.show(UNIT, "MainPID"))


def wait_new(box, before, what):
    wait_for(lambda: pid_now(box) not in (0, before) and is_active(box), what)


def started(box):
    wait_for(lambda: box.show(UNIT, "StatusText").startswith("Deciding"), "the status text")


def start_test(box):
    box.run("systemctl", "start", REDIS)
    box.run("systemctl", "start", UNIT)
    check(is_active(box), "it is active once systemctl start comes back")
    wait_for(lambda: owns(box), "it to own the prefix")
    started(box)
    check("0 events and 0 messages wait" in box.show(UNIT, "StatusText"), "the status text counts")
    status = box.run("cat", "/proc/%d/status" % box.pid(UNIT)).stdout
    for line in ("CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
        check(line in status, "its process has " + line)
    check("user=" not in box.journal(UNIT) and "secret" not in box.journal(UNIT), "no secret in the journal")


def reload_test(box):
    pid = box.pid(UNIT)
    box.run("systemctl", "reload", UNIT)
    wait_for(lambda: "reload result=done" in box.journal(UNIT), "a good reload")
    box.run("sh", "-c", "echo 'nonsense: yes' >> /etc/candour/services.yaml")
    box.run("systemctl", "reload", UNIT)
    wait_for(lambda: "reload result=refused" in box.journal(UNIT), "a bad reload to be refused")
    check("services.yaml" in box.journal(UNIT), "the journal names the file")
    wait_for(lambda: is_active(box), "it to be active again")
    check_equal(box.pid(UNIT), pid, "the process that goes on")
    box.run("sed", "-i", "/^nonsense/d", "/etc/candour/services.yaml")


def kill_test(box):
    pid = box.pid(UNIT)
    box.kill(UNIT, signal.SIGKILL)
    wait_new(box, pid, "it to be started again")


def frozen_test(box):
    pid = box.pid(UNIT)
    box.kill(UNIT, signal.SIGSTOP)
    wait_for(lambda: "Watchdog timeout" in box.journal(UNIT), "the watchdog to notice")
    wait_new(box, pid, "it to be started again")


def credential_test(box):
    box.run("systemctl", "stop", UNIT)
    box.run("mv", "/etc/candour/credentials", "/etc/candour/elsewhere")
    box.run("systemctl", "start", UNIT, code=1)
    check_equal(box.show(UNIT, "ExecMainStatus"), "243", "the exit status of a missing credential")
    box.run("systemctl", "stop", UNIT)
    box.run("mv", "/etc/candour/elsewhere", "/etc/candour/credentials")
    box.run("mv", "/etc/candour/credentials/redis-password", "/etc/candour/credentials/other")
    box.run("systemctl", "start", UNIT, code=1)
    check("redis-password" in box.journal(UNIT), "the journal names the password's file")
    box.run("mv", "/etc/candour/credentials/other", "/etc/candour/credentials/redis-password")
    box.run("systemctl", "stop", UNIT)
    box.run("systemctl", "start", UNIT)


def redis_down_test(box):
    """Longer than the watchdog's time, than all restart pauses, and than the limit for a start."""
    pid = box.pid(UNIT)
    box.run("systemctl", "stop", REDIS)
    wait_for(lambda: box.show(UNIT, "StatusText") == "Waiting for Redis", "it to say what it waits for")
    began = time.monotonic()
    wait_for(lambda: time.monotonic() - began > 4.5, "more than two periods of the watchdog", 60)
    check_equal(box.pid(UNIT), pid, "the process that waits")
    # A start without Redis is a start, too.
    box.run("systemctl", "restart", UNIT)
    check(is_active(box), "it is active without Redis")
    restarts = box.show(UNIT, "NRestarts")
    began = time.monotonic()
    wait_for(lambda: time.monotonic() - began > 2.5, "another period of the watchdog", 60)
    check_equal(box.show(UNIT, "NRestarts"), restarts, "nobody starts it again and again")
    box.run("systemctl", "start", REDIS)
    wait_for(lambda: owns(box), "it to go on")
    started(box)


def family_events(n):
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    contact = {"contact": "mum%d" % n, "role": "parent", "name": "Parent", "parental_responsibility": True,
               "channels": ["email"], "hours": {"always": True}, "addresses": {"email": "p%d@families.example" % n},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    rows = [("contact.registered", "family/F%d" % n, contact), ("case.opened", "case/C%d" % n, case),
            ("ehcna.requested", "case/C%d" % n, {})]
    return [json.dumps({"specversion": "1.0", "id": "%d-%d" % (n, i), "source": "/box", "type": kind,
                        "subject": subject, "time": at, "data": data}) for i, (kind, subject, data) in enumerate(rows)]


def stop_test(box):
    """Stopped in the middle of a backlog, again and again: every family is told, and told once."""
    families = 150
    events = "\n".join(event for n in range(families) for event in family_events(n)) + "\n"
    told = json.loads(box.run("candourctl", "--json", "publish", "-", input=events).stdout)
    check_equal(len(told["published"]), 3 * families, "events published")
    for _ in range(3):
        box.run("systemctl", "stop", UNIT)
        check_equal(box.show(UNIT, "Result"), "success", "how it ended")
        box.run("systemctl", "start", UNIT)
    box.run("candourctl", "wait", "--idle", "--timeout", "60", limit=90)
    texts = box.run("sh", "-c", "grep -h '^To:' /var/lib/candour/mail/new/*").stdout
    told = sorted(line.split("<")[-1].strip("> \n").split(": ")[-1] for line in texts.splitlines())
    check_equal(told, sorted("p%d@families.example" % n for n in range(families)), "who was told")
    check_equal(status(box)["dead"], 0, "dead letters")


def template_unit_test(box):
    """One daemon for each authority, each with a folder and credentials of its own."""
    box.run("sh", "-c", """
        mkdir /etc/candour/leeds
        cd /etc/candour && cp -r authority.yaml services.yaml standards.yaml calendars pathways credentials leeds/
        sed -e 's|# prefix: .*|prefix: "{leeds}"|' -e 's|/var/lib/candour|/var/lib/candour/leeds|' candour.conf \
            > leeds/candour.conf
        sed -e 's/{candour}/{leeds}/' -e 's/^user candour-publisher/user leeds-publisher/' \
            -e 's/^user candour /user leeds /' redis-acl.conf | grep '^user' > /etc/redis/leeds.acl
        """)
    acl = box.run("grep", "^user leeds ", "/etc/redis/leeds.acl").stdout.split()
    redis(box, "ACL", "SETUSER", *acl[1:])
    box.run("sed", "-i", "s/username: candour/username: leeds/", "/etc/candour/leeds/candour.conf")
    box.run("systemctl", "start", "candourd@leeds.service")
    wait_for(lambda: owns(box, "/etc/candour/leeds/candour.conf"), "the second authority's daemon to own its prefix")
    check(owns(box), "the first one's is still there")
    box.run("systemctl", "stop", "candourd@leeds.service")


def withheld_test(box):
    """A look that cannot be taken, for more than five minutes: the watchdog is withheld, and a new process begins."""
    pid = box.pid(UNIT)
    redis(box, "DEL", "{candour}:swept")
    redis(box, "SET", "{candour}:swept", "of the wrong type")
    redis(box, "ZADD", "{candour}:looks", "1000", "F0")
    began = time.monotonic()
    wait_for(lambda: "looks_overdue" in box.journal(UNIT), "it to say that looks are overdue", 600)
    check(time.monotonic() - began > 290, "not before five minutes")
    wait_new(box, pid, "it to be started again")
    check("Watchdog timeout" in box.journal(UNIT), "it was the watchdog")
    redis(box, "DEL", "{candour}:swept")
    started(box)
    wait_for(lambda: not redis(box, "ZRANGEBYSCORE", "{candour}:looks", "-inf", "2000"), "the look to be taken")


STEPS = [start_test, reload_test, kill_test, frozen_test, credential_test, redis_down_test, stop_test,
         template_unit_test]
if os.environ.get("CANDOUR_LONG") == "1":  # make watchdog
    STEPS = [start_test, withheld_test]


NAME = "start, reload, kill -9, frozen, no credential, no Redis, stop in a backlog, a second authority"
if withheld_test in STEPS:
    NAME = "a look that cannot be taken for five minutes ends in a new process"


@test("systemd: " + NAME)
def boot(world):
    box = Box(world.path("box"), [install(world)])
    box.unit(UNIT + ".d/haste.conf", HASTE)
    box.unit("candourd@.service.d/haste.conf", HASTE)
    box.unit(REDIS, REDIS_UNIT)
    try:
        box.start()
        verify_units(box)
        configure(box)
        for step in STEPS:
            began = time.monotonic()
            try:
                step(box)
            except Failure as failure:
                raise Failure("%s: %s\n%s" % (step.__name__, failure, box.journal(UNIT)[-3000:])) from None
            print("# %s: %.1f s" % (step.__name__, time.monotonic() - began), flush=True)
    finally:
        box.stop()


main()
