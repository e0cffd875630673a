#!/usr/bin/env python3
"""Letters from event to print room: workers, disks and the daemon fail, and no letter is missing, twice or half there."""

import collections
import hashlib
import json
import os
import random
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from families import by_letter  # noqa: E402
from harness import BUILD, FLAVOUR, NotRun, check, check_equal, main, test, wait_for  # noqa: E402

LETTERS = 60 if FLAVOUR == "release" else 16
KILLS = 6 if FLAVOUR == "release" else 2


def check_holds(text, what, *parts):
    for part in parts:
        check(part in text, "%s says '%s', but only:\n%s" % (what, part, text[-3000:]))


class PrintRoom:
    """Takes away what lies in the spool, and keeps what it took."""

    def __init__(self, world, make=True):
        self.spool = world.path("spool")
        self.printed = world.path("printed")
        self.taken = collections.Counter()
        os.makedirs(self.printed)
        if make:
            os.makedirs(self.spool)
        world.configure({"letter.transport": "spool", "letter.dir": self.spool})

    def collect(self):
        for name in sorted(os.listdir(self.spool)):
            if name.startswith("."):
                continue
            place = os.path.join(self.spool, name)
            check_equal(sorted(os.listdir(place)), ["letter.pdf", "manifest.json"], "a whole letter")
            with open(os.path.join(place, "manifest.json"), encoding="utf-8") as file:
                manifest = json.load(file)
            with open(os.path.join(place, "letter.pdf"), "rb") as file:
                pages = file.read()
            check_equal(hashlib.sha256(pages).hexdigest(), manifest["sha256"], "the pages' digest")
            check_equal(manifest["message"], name, "the message on the manifest")
            self.taken[name] += 1
            # A move to another file system, or a deletion, is all the same to the spool.
            subprocess.run(["mv", place, os.path.join(self.printed, "%s.%d" % (name, self.taken[name]))], check=True)

    def check_all(self, world, n):
        """Each letter once, and none that nobody decided."""
        self.collect()
        check_equal(set(self.taken.values()) | {1}, {1}, "how often each came")
        check_equal(len(self.taken), n, "how many came")
        states = world.redis.pipeline(("HGET", world.key("msg:" + each), "state") for each in self.taken)
        check_equal(set(states), {"accepted"}, "what Candour thinks of them")


def begin(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()


def workers_of(world):
    found = []
    daemon = world.daemon().child.pid
    with open("/proc/%d/task/%d/children" % (daemon, daemon), encoding="ascii") as file:
        for pid in file.read().split():
            try:
                if os.path.basename(os.readlink("/proc/%s/exe" % pid)) == "candour-letter":
                    found.append(int(pid))
            except OSError:
                continue
    return found


def messages_of(world, case):
    return world.ctl("case", "show", case).json["messages"]


@test("the print room says which letters went and which came back, a wrong line is named, and the record shows it")
def receipts_test(world):
    room = PrintRoom(world)
    begin(world)
    for n in range(2):
        world.publish(*by_letter(world, n))
    world.wait_idle(60)
    room.check_all(world, 2)
    first, second = (next(each["message"] for each in messages_of(world, "C%d" % n) if each["channel"] == "letter")
                     for n in range(2))
    letter = next(each for each in messages_of(world, "C0") if each["message"] == first)
    check_equal((letter["print_on"], letter["expected_from"], letter["expected_to"]),
                ("2026-11-25", "2026-12-01", "2026-12-02"), "when it will be there")
    check_holds(world.ctl("explain", first, json_out=False).out, "the explanation",
                "between 2026-12-01 and 2026-12-02, printed 2026-11-25")
    check_equal(world.ctl("explain", first).json["expected_to"], "2026-12-02", "the same for programs")
    check_holds(world.ctl("case", "show", "C0", json_out=False).out, "the case", "there by 2026-12-02")
    world.set_clock("2026-11-26 12:00:00")
    posted = "message,on\n%s, 2026-11-25\nm000000000000000000000000,2026-11-25\n%s,2026-12-24\n\nrubbish\n" % (first, second)
    answer = world.ctl("letters", "dispatched", "-", input=posted, code=1).json
    check_equal((answer["dispatched"], answer["known"]), (1, 0), "what was new")
    check_equal([(each["line"], each["code"]) for each in answer["refused"]],
                [(4, "bad_day"), (6, "bad_line"), (3, "unknown_message")], "the lines that are wrong")
    world.wait_idle(30)
    state = {each["message"]: each["state"] for n in range(2) for each in messages_of(world, "C%d" % n)}
    check_equal((state[first], state[second]), ("dispatched", "accepted"), "the states")
    check_equal(world.ctl("letters", "dispatched", "-", input=posted, code=1).json["known"], 1, "the same file again")
    line = json.dumps({"message": second, "on": "2026-11-26"})
    check_equal(world.ctl("letters", "dispatched", "-", input=line).json["dispatched"], 1, "as JSON")
    world.wait_idle(30)
    check_equal(world.ctl("letters", "returned", "-", input=second + ",2026-11-26").json["returned"], 1, "came back")
    world.wait_idle(30)
    check_equal({each["message"]: each["state"] for each in messages_of(world, "C1")}[second], "returned", "the state")
    check_holds(world.ctl("case", "show", "C1").out, "the case", "came back")


@test("workers are killed in the middle of their letters, again and again: no letter is missing or twice")
def workers_test(world):
    room = PrintRoom(world)
    # By the real clock: a process that libfaketime has a hand in takes its lock into the grave.
    world.redis.start()
    world.daemon().start()
    for n in range(LETTERS):
        world.publish(*by_letter(world, n))
    for kill in range(KILLS):
        made = accepted(world)
        wait_for(lambda: workers_of(world) or is_done(world), "a worker to be there", 60)
        for pid in workers_of(world)[:1]:
            os.kill(pid, signal.SIGKILL)
        # Its letter is the next to be made: so none dies twice, which would make it wait a minute.
        wait_for(lambda: accepted(world) >= min(made + 8, LETTERS), "that one and others to be made", 60)
        room.collect()
    wait_for(lambda: accepted(world) == LETTERS, "all of them", 120)
    world.wait_idle(120)
    room.check_all(world, LETTERS)


@test("the daemon is killed while letters are made and put down, the print room collecting: each is there once")
def daemon_test(world):
    room = PrintRoom(world)
    begin(world)
    for n in range(LETTERS):
        world.publish(*by_letter(world, n))
    dice = random.Random(5)
    # Fewer than the tries that a message has: each of these deaths costs one.
    for kill in range(3):
        # What was claimed or handed over is nobody's until its lease ends: a quarter of an hour at most.
        world.set_clock("2026-11-24 %02d:%02d:00" % (10 + kill // 3, kill % 3 * 20))
        handed, more = hand_overs(world), 1 + dice.randrange(3)
        wait_for(lambda: hand_overs(world) >= handed + more or is_done(world), "some to be on their way", 60)
        world.daemon().kill9()
        if dice.randrange(2) == 0:
            room.collect()
        world.daemon().start()
    for hour in (15, 16, 17):
        world.set_clock("2026-11-24 %02d:00:00" % hour)
        wait_for(lambda: not in_hand(world), "leases to end", 120)
        world.wait_idle(120)
    world.wait_idle(120)
    room.check_all(world, LETTERS)


def accepted(world):
    return world.daemon().log_text().count("code=spooled")


def in_hand(world):
    return any(world.redis.command("ZCARD", world.key("out:letter:" + state)) for state in ("claimed", "handing_over"))


def hand_overs(world):
    return world.daemon().log_text().count("handed_over")


def is_done(world):
    if any(world.redis.command("XLEN", world.key(name)) for name in ("events", "own")):
        return False
    return not any(world.redis.command("ZCARD", world.key("out:letter:" + state))
                   for state in ("waiting", "ready", "claimed", "handing_over"))


def mount(*words):
    done = subprocess.run(["mount", *words], capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise NotRun("this machine does not let us mount: " + done.stderr.strip())


@test("a spool that is full, then read-only: letters wait, no try is counted, and none is half there")
def disk_test(world):
    room = PrintRoom(world)
    mount("-t", "tmpfs", "-o", "size=%dk" % (16 * LETTERS), "tmpfs", room.spool)
    try:
        begin(world)
        for n in range(LETTERS):
            world.publish(*by_letter(world, n))
        minute, held = 0, 0
        while not is_done(world) and minute < 55:
            wait_for(lambda: is_done(world) or "spool_full" in world.daemon().log_text()[held:], "a full disk", 60)
            held = len(world.daemon().log_text())
            world.wait_idle(60)
            room.collect()
            minute += 5
            world.set_clock("2026-11-24 09:%02d:00" % minute)
        check_holds(world.daemon().log_text(), "the log", "spool_full")
        room.check_all(world, LETTERS)

        mount("-o", "remount,ro", room.spool)
        world.publish(*by_letter(world, LETTERS))
        wait_for(lambda: "channel_paused" in world.daemon().log_text(), "the channel to pause", 60)
        check_holds(world.daemon().log_text(), "the log", "spool_away")
        mount("-o", "remount,rw", room.spool)
        world.set_clock("2026-11-24 10:10:00")
        wait_for(lambda: is_done(world), "the letter to go", 60)
        world.wait_idle(60)
        room.check_all(world, LETTERS + 1)
    finally:
        world.daemon().kill9()
        subprocess.run(["umount", "-l", room.spool], check=False)


@test("a daemon whose print room's folder is not there does not start, says so, and leaves nothing behind")
def refusal_test(world):
    PrintRoom(world, make=False)
    world.redis.start()
    daemon = world.daemon()
    daemon.start(wait=False)
    check_equal(daemon.wait_end(60), 3, "the exit code")
    check_holds(daemon.log_text(), "the log", "code=letter_dir")
    check("LeakSanitizer" not in daemon.log_text(), "nothing is left: %s" % daemon.log_text()[-2000:])


@test("a worker that has too little memory costs its letter a wait and nobody else anything; with memory it is made, once")
def memory_test(world):
    room = PrintRoom(world)
    program_of_letters = os.path.join(BUILD, "candour-letter")
    with open(world.path("small-letter"), "w", encoding="ascii") as file:
        # Fonts do not fit into so little; under a sanitizer no limit can be set, so there it is as if killed.
        file.write("#!/bin/sh\n[ -e %s ] || exec %s\n%s\n" % (
            world.path("poor"), program_of_letters,
            "kill -9 $$" if FLAVOUR in ("asan", "tsan") else "exec %s --memory 40" % program_of_letters))
    os.chmod(world.path("small-letter"), 0o755)
    open(world.path("poor"), "w", encoding="ascii").close()
    world.configure({"letter.worker": world.path("small-letter")})
    begin(world)
    world.publish(*by_letter(world, 0))
    # It dies, or finds no place for its fonts and says so.
    wait_for(lambda: any(code in world.daemon().log_text() for code in ("worker_died", "no_fonts")), "the worker to be missed",
             60)
    check_equal([name for name in os.listdir(room.spool) if not name.startswith(".")], [], "nothing is half there")
    check(world.ctl("status").json["owner"], "the daemon goes on")
    os.unlink(world.path("poor"))
    world.set_clock("2026-11-24 09:10:00")
    wait_for(lambda: is_done(world), "the letter to go", 60)
    world.wait_idle(60)
    room.check_all(world, 1)


@test("a spool that goes away is waited for, not made anew; what comes back has the letters")
def away_test(world):
    room = PrintRoom(world)
    begin(world)
    os.rename(room.spool, room.spool + ".away")
    world.publish(*by_letter(world, 0))
    wait_for(lambda: "spool_away" in world.daemon().log_text(), "the daemon to miss it", 60)
    check(not os.path.exists(room.spool), "nobody made it")
    os.rename(room.spool + ".away", room.spool)
    world.set_clock("2026-11-24 09:10:00")
    wait_for(lambda: is_done(world), "the letter to go", 60)
    world.wait_idle(60)
    room.check_all(world, 1)


@test("text that no font can show is refused before it is a letter, a person hears of it, and all others go on")
def hostile_test(world):
    room = PrintRoom(world)
    begin(world)
    for n in range(2):
        world.publish(*by_letter(world, n))
    world.wait_idle(60)
    # A letter of a script that no font here has, among what would be markup elsewhere.
    hostile = "Ask \U00016800 \u2066 ~~~ <b>%s</b> \\x00 {{due}} ]( javascript:1 "
    for n, what in enumerate((hostile, "Ask the school for its report")):
        world.publish(world.event("action.agreed", "case/C%d" % n, {
            "action": "A%d" % n, "what": what, "owner": {"service": "send", "person": "sam-okafor"},
            "due": "2026-12-18", "agreed_with": ["mum%d" % n]}))
    world.wait_idle(60)
    check_equal(world.ctl("dead", "list").json, [], "the dead letters")
    states = [{each["state"] for each in messages_of(world, "C%d" % n)
               if (each["template"], each["channel"]) == ("action-agreed", "letter")} for n in range(2)]
    check_equal(states, [{"failed"}, {"accepted"}], "the letter that cannot be, and the other's")
    check_holds(world.daemon().log_text(), "the log", "missing_glyph")
    check("\U00016800" not in world.daemon().log_text(), "the log has no text")
    tasks = [each for each in messages_of(world, "C0")
             if (each["template"], each["channel"]) == ("action-agreed", "task")]
    check_equal(len(tasks), 1, "a person is to say it")
    room.collect()
    check_equal(len(room.taken), 3, "the letters")


if __name__ == "__main__":
    main()
