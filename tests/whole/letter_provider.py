#!/usr/bin/env python3
"""Letters to a provider that prints them (GOV.UK Notify's precompiled letters): what leaves, what its answers mean, what
becomes of a letter whose upload breaks off, and what is heard of it afterwards."""

import base64
import json
import os
import subprocess
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from bad_http import BadHttp  # noqa: E402
from families import by_letter  # noqa: E402
from harness import ROOT, SLOWNESS, check, check_equal, main, program, test, wait_for  # noqa: E402
from notify import KEY, check_token  # noqa: E402

DESCRIPTION = os.path.join(ROOT, "conf", "letters", "notify.yaml")
ID = "m" + "0" * 24
PAGES = b"%PDF-1.5\n" + bytes(range(256)) * 400


class Notify:
    """Keeps what is uploaded, and says what became of it. Behaviours are those of BadHttp."""

    def __init__(self, behaviour="", port=0):
        self.letters, self.lock, self.status = {}, threading.Lock(), "accepted"
        self.server = BadHttp(behaviour, say=self.say, port=port)
        self.url = self.server.url

    def say(self, request, number):
        with self.lock:
            if request.method == "POST":
                return 201, json.dumps({"id": "n-%d" % number, "reference": json.loads(request.body)["reference"],
                                        "postage": json.loads(request.body)["postage"]}).encode()
            wanted = urllib.parse.parse_qs(urllib.parse.urlparse(request.path).query)
            check_equal(wanted["template_type"], ["letter"], "what is asked for")
            found = [{"id": "n-1", "reference": each, "type": "letter", "status": self.status}
                     for each in self.uploads() if each == wanted["reference"][0]]
            return 200, json.dumps({"notifications": found, "links": {}}).encode()

    def uploads(self):
        """The references of all that it acted upon, also when it did not live to say so."""
        return [json.loads(request.body)["reference"] for request in self.server.taken if request.method == "POST"]

    def requests(self, method):
        return [request for request in self.server.requests if request.method == method]


def run_tool(world, url, **options):
    """The verdict on one letter: (outcome, code, provider's id); or, with follow, what was heard."""
    pages = world.path("pages.pdf")
    with open(pages, "wb") as file:
        file.write(PAGES)
    words = ["letter=" + pages, "provider=" + DESCRIPTION, "url=" + url, "token=" + KEY,
             "within_ms=%d" % (700 * SLOWNESS)] + ["%s=%s" % each for each in options.items()]
    done = subprocess.run([program("tests/tool/sms")] + words, capture_output=True, encoding="utf-8",
                          timeout=60 * SLOWNESS, check=True)
    found = done.stdout.split("\n")[0].split(" ")
    return tuple(found[1:]) if found[0] == "followed" else tuple(found[1:4])


def fixture():
    with open(os.path.join(ROOT, "tests", "fixtures", "letters", "notify.json"), encoding="utf-8") as file:
        return json.load(file)


def answering(entry):
    def say(request, _):
        if request.method == "POST" and entry.get("sent", False):
            return 201, b'{"id": "sent-anew"}'
        return entry["status"], json.dumps(entry["body"]).encode()
    return BadHttp(say=say)


@test("what is uploaded is the pages, the class and an opaque reference; each answer means what the documentation says")
def send_test(world):
    for entry in fixture()["send"]:
        server = answering(entry)
        found = run_tool(world, server.url)
        check_equal((found[0], found[2]), (entry["means"], entry.get("id", "-")), entry["what"])
        request = server.requests[0]
        check_equal((request.method, request.path), ("POST", "/v2/notifications/letter"), "the request")
        body = json.loads(request.body)
        check_equal(base64.b64decode(body.pop("content")), PAGES, "the pages")
        check_equal(body, {"reference": ID, "postage": "second"}, "what else it says")
        check_token(request)
        server.close()


@test("a letter that may have arrived is asked about, and goes again only when nobody has it")
def ask_test(world):
    for entry in fixture()["ask"]:
        server = answering(entry)
        found = run_tool(world, server.url, unknown=1)
        sent = entry.get("sent", False)
        check_equal((found[0], found[2]), (entry["means"], "sent-anew" if sent else entry.get("id", "-")), entry["what"])
        check_equal([request.method for request in server.requests], ["GET", "POST"] if sent else ["GET"], entry["what"])
        if entry["means"] == "never_message":
            check_equal(found[1], entry["code"], "the code is Notify's own word")
        check_equal(server.requests[0].path, "/v2/notifications?template_type=letter&reference=" + ID, "the question")
        server.close()


@test("what is heard of a letter afterwards: it is in the post, it will not come, or nothing that is certain")
def follow_test(world):
    for entry in fixture()["ask"]:
        server = answering(entry)
        found = run_tool(world, server.url, follow=ID)
        check_equal(found[0], entry["followed"], entry["what"])
        if entry["followed"] in ("posted", "failed"):
            check_equal(found[1], entry["code"], "the code is Notify's own word")
        check_equal([request.method for request in server.requests], ["GET"], "it is only asked")
        server.close()


# What happens to the upload, and what may be made of it: whatever it is, one letter is printed.
BREAKS = [("die_before_body", "unknown|not_begun"), ("silent_before:1", "unknown"), ("die_after_reading:1", "unknown"),
          ("reset_after_reading:1", "unknown"), ("die_after_taking:1", "unknown"), ("reset_after_taking:1", "unknown"),
          ("silent_after:1", "unknown"), ("garbage:1", "unknown"), ("half:1", "unknown"), ("500:1", "unknown"),
          ("502:1", "unknown"), ("504:1", "unknown"), ("503:1", "unknown"), ("429_seconds:1", "later"),
          ("endless_header:1", "unknown"), ("endless_body:1", "unknown")]


@test("whatever breaks an upload, the next try makes it one letter: never none, and never two")
def broken_upload_test(world):
    for behaviour, wanted in BREAKS:
        notify = Notify(behaviour)
        first = run_tool(world, notify.url)
        check(first[0] in wanted.split("|"), "%s: %r" % (behaviour, first))
        if behaviour == "die_before_body":
            notify.server.behaviour = ""
        second = run_tool(world, notify.url, unknown=1 if first[0] == "unknown" else 0)
        check_equal(second[0], "accepted", "%s: the next try" % behaviour)
        check_equal(notify.uploads(), [ID], "%s: what it took" % behaviour)
        notify.server.close()


# ---- from event to outcome ------------------------------------------------------------------------

def begin(world, notify, clock="2026-11-24 09:00:00"):
    with open(world.path("key"), "w", encoding="ascii") as file:
        file.write(KEY + "\n")
    world.settings["letter"] = {"transport": "notify", "url": notify.url, "token_file": world.path("key"),
                                "described_in": DESCRIPTION}
    world.configure({})
    world.set_clock(clock)
    world.redis.start()
    world.daemon().start()


def letter_of(world, case):
    letters = [each for each in world.ctl("case", "show", case).json["messages"] if each["channel"] == "letter"]
    check_equal(len(letters), 1, "letters of the case")
    return letters[0]


def is_letter(world, case, state):
    """Whether the case is known, and its letter is in that state."""
    return world.redis.command("EXISTS", world.key("case:" + case)) and letter_of(world, case)["state"] == state


@test("what Notify says after it took a letter reaches the record: one is in the post, one failed and a person is asked")
def statuses_test(world):
    notify = Notify()
    begin(world, notify)
    world.publish(*by_letter(world, 0))
    world.wait_idle(60)
    letter = letter_of(world, "C0")
    check_equal(letter["state"], "accepted", "the state")
    check_equal(notify.uploads(), [letter["message"]], "what was uploaded")
    pages = base64.b64decode(json.loads(notify.requests("POST")[0].body)["content"])
    check(pages.startswith(b"%PDF-"), "it is a PDF")
    notify.status = "received"
    world.set_clock("2026-11-25 10:00:00")
    wait_for(lambda: is_letter(world, "C0", "dispatched"), "the letter to be in the post", 60)
    dispatched = [str(each) for each in world.redis.stream(world.key("facts")) if "message.dispatched" in str(each)]
    check(dispatched and "2026-11-25" in dispatched[-1], "the day for which it was taken: %s" % dispatched)
    notify.status = "accepted"
    world.publish(*by_letter(world, 1))
    world.wait_idle(60)
    check_equal(letter_of(world, "C1")["state"], "accepted", "the second letter")
    notify.status = "validation-failed"
    world.set_clock("2026-11-25 10:05:00")
    wait_for(lambda: is_letter(world, "C1", "failed"), "the second letter to fail", 60)
    said = [each["text"] for each in world.ctl("case", "show", "C1").json["timeline"]]
    check(any("did not arrive" in each for each in said), "a person is asked: %r" % said)
    check_equal(len(notify.uploads()), 2, "nothing was uploaded again")
    notify.server.close()


@test("when letters go another way, nobody is asked any more, and what was to be asked about is still forgotten")
def another_way_test(world):
    def followed():
        return world.redis.command("ZCARD", world.key("follow:letter"))
    notify = Notify()
    begin(world, notify)
    world.publish(*by_letter(world, 0), *by_letter(world, 1))
    world.wait_idle(60)
    check_equal((followed(), len(notify.uploads())), (2, 2), "letters that Notify took")
    check_equal(world.daemon().stop(), 0, "it ends")
    asked = len(notify.requests("GET"))
    del world.settings["letter"]
    os.mkdir(world.path("spool"))
    world.configure({"letter.transport": "spool", "letter.dir": world.path("spool")})
    world.set_clock("2026-11-25 10:00:00")
    world.daemon().start()
    world.ctl("letters", "dispatched", "-", input="%s,2026-11-24\n" % letter_of(world, "C0")["message"])
    wait_for(lambda: letter_of(world, "C0")["state"] == "dispatched", "the letter to be written down as posted")
    world.set_clock("2026-11-25 12:00:00")
    wait_for(lambda: followed() == 1, "what has its end to be forgotten", 60)
    check_equal(letter_of(world, "C1")["state"], "accepted", "the other has none")
    world.set_clock("2026-12-02 12:00:00")
    wait_for(lambda: followed() == 0, "what is a week old to be forgotten", 60)
    check_equal(len(notify.requests("GET")), asked, "nobody was asked")
    notify.server.close()


@test("the daemon is killed after its upload arrived and before it heard so: the letter is asked about, and there is one")
def killed_test(world):
    notify = Notify("silent_after:1")
    begin(world, notify)
    world.publish(*by_letter(world, 0))
    wait_for(notify.uploads, "the upload to arrive", 60)
    world.daemon().kill9()
    world.set_clock("2026-11-24 09:16:00")
    world.redis.command("HSET", world.key("owner"), "until", "0")
    world.daemon().start()
    wait_for(lambda: not is_letter(world, "C0", "handing_over"), "its lease to end", 60)
    world.set_clock("2026-11-24 09:18:00")
    wait_for(lambda: is_letter(world, "C0", "accepted"), "the answer about it", 60)
    check_equal(notify.uploads(), [letter_of(world, "C0")["message"]], "what Notify has")
    check(notify.requests("GET"), "it was asked")
    notify.server.close()


main()
