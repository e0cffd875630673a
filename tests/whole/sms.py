#!/usr/bin/env python3
"""Text messages from event to provider: through a real gateway (Kannel), through two providers of which one fails, and
when the daemon dies at the worst moment."""

import base64
import collections
import hashlib
import hmac
import http.client
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from bad_http import BadHttp, say_generic  # noqa: E402
from harness import FLAVOUR, ROOT, NotRun, Process, check, check_equal, main, program, test, wait_for  # noqa: E402
from mail_server import free_ports  # noqa: E402
from notify import KEY, check_token  # noqa: E402

NOW = "2026-11-24 09:00:00"
CONF = os.path.join(ROOT, "conf", "sms")
SECRET = "user:keep-this-to-yourself"
# How many go through the two providers; make check-all takes 10,000.
MESSAGES = int(os.environ.get("CANDOUR_MESSAGES", "1000" if FLAVOUR == "release" else "100"))


NAMES = ["Quilla Zebrowska", "محترمہ خان", "Ľubomíra Kožušníková", "রহিমা বেগম", "李小明", "Zoé {Ångström} ~ €"]


def family(world, n, name=NAMES[0]):
    """The events after which one text message is due."""
    contact = {"contact": "mum%d" % n, "role": "parent", "name": name, "parental_responsibility": True,
               "channels": ["sms"], "hours": {"always": True}, "addresses": {"sms": "07700 900%03d" % (n % 1000)},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    action = {"action": "A%d" % n, "what": "Ask the school for its report",
              "owner": {"service": "send", "person": "sam-okafor"}, "due": "2099-12-18", "agreed_with": ["mum%d" % n]}
    at = {"time_text": "2026-11-24T09:00:00Z"} if world.clock_file else {}
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, case, id="case-%d" % n, **at),
            world.event("action.agreed", "case/C%d" % n, action, id="action-%d" % n, **at)]


def use_providers(world, *providers):
    """Each a map of settings; a secret for all of them."""
    with open(world.path("token"), "w", encoding="ascii") as file:
        file.write(SECRET + "\n")
    settings = [dict({"transport": "generic", "token_file": world.path("token"),
                      "described_in": os.path.join(CONF, "generic.yaml")}, **each) for each in providers]
    world.settings["sms"] = settings if len(settings) > 1 else settings[0]
    world.configure({})


def describe(world, name, **changes):
    """A description of this world's own: a shipped one with texts replaced."""
    with open(os.path.join(CONF, name + ".yaml"), encoding="utf-8") as file:
        text = file.read()
    for before, after in changes.items():
        check(before in text, "%s.yaml has %r" % (name, before))
        text = text.replace(before, after)
    path = world.path(name + ".yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def begin(world):
    daemon = world.daemon()
    daemon.start(wait=False)
    wait_for(lambda: "owner epoch=" in daemon.log_text(), "the daemon to own its prefix")
    return daemon


def in_state(world, *states):
    return sum(world.redis.command("ZCARD", world.key("out:sms:" + state)) for state in states)


def is_settled(world):
    return world.redis.command("XLEN", world.key("events")) == 0 and \
        in_state(world, "waiting", "ready", "claimed", "handing_over") == 0


def records(world):
    """Of every text message: id -> (state, provider's id, family)."""
    found, cursor = {}, "0"
    while True:
        cursor, page = world.redis.command("SCAN", cursor, "MATCH", world.key("msg:*").replace("{", "[{]"), "COUNT", 1000)
        answers = world.redis.pipeline(("HMGET", key, "state", "pid", "record") for key in page)
        for key, (state, pid, record) in zip(page, answers):
            record = json.loads(record)
            if record["channel"] == "sms":
                found[key.split("msg:")[1]] = (state, pid, record["family"])
        if cursor == "0":
            return found


def id_of(request):
    return json.loads(request.body)["reference"]


# ---- what leaves the house -----------------------------------------------------------------------

@test("a provider is told number, text, sender and an opaque id, and nothing else; no secret is logged")
def privacy_test(world):
    server = BadHttp()
    use_providers(world, {"url": server.url})
    world.redis.start()
    daemon = begin(world)
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    world.publish(*[dict(event, traceparent=trace) for event in family(world, 7)])
    wait_for(lambda: server.taken, "the message to be taken")
    wait_for(lambda: is_settled(world), "its outcome to be written down")
    request = server.taken[0]
    check_equal(request.headers["traceparent"], trace, "the trace that the event came with")
    body = json.loads(request.body)
    check_equal(sorted(body), ["from", "reference", "text", "to"], "what the body says")
    check_equal(body["to"], "+447700900007", "the number")
    check_equal(body["from"], "Sheffield", "the sender")
    message, (state, pid, _) = next(iter(records(world).items()))
    check_equal((state, pid), ("accepted", "g-1"), "what is written down")
    check_equal(body["reference"], message, "the id")
    check_equal(request.headers["idempotency-key"], message, "the key of the request")
    check_equal(request.headers["authorization"], "Bearer " + SECRET, "the secret")
    # A keyed hash: whoever knows families, cases and contacts cannot make it or undo it.
    check(len(message) == 25 and message[0] == "m" and int(message[1:], 16) >= 0, "the id is opaque: %r" % message)
    everything = repr(request)
    for word in ("F7", "C7", "A7", "mum7", "Quilla", "Zebrowska", "sam-okafor", "ehc-assessment", "action-7"):
        check(word not in everything or word in body["text"], "%s does not leave the house" % word)
    for word in ("C7", "F7", "mum7", "ehc", "SEND", "school", "need"):
        check(word not in body["text"], "the text does not say %s: %r" % (word, body["text"]))
    for word in ("keep-this", "7700900007", "Quilla", body["text"][:20]):
        check(word not in daemon.log_text(), "%s is not logged" % word)
    server.close()


@test("a secret that cannot be read, a description with a mistake: the daemon says so and does not start")
def mistakes_test(world):
    use_providers(world, {"url": "https://gateway.example"})
    os.unlink(world.path("token"))
    world.redis.start()
    daemon = world.daemon()
    daemon.start(wait=False)
    check(daemon.wait_end() != 0, "it does not start")
    check("token" in daemon.log_text(), "and says why:\n" + daemon.log_text())
    use_providers(world, {"url": "https://gateway.example",
                          "described_in": describe(world, "generic", **{"{{text}}": "{{txt}}"})})
    daemon.start(wait=False)
    check(daemon.wait_end() != 0, "it does not start")
    check("generic.yaml:27: error: '{{txt}}' is no value of a text message; did you mean 'text'?" in daemon.log_text(),
          "it names file and line:\n" + daemon.log_text())


# ---- Kannel --------------------------------------------------------------------------------------

KANNEL = """group = core
admin-port = %(admin)d
admin-password = x
smsbox-port = %(box)d
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-file = %(folder)s/bearerbox.txt

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = %(smsc)d
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = %(send)d
log-file = %(folder)s/smsbox.txt

group = sendsms-user
username = user
password = keep-this-to-yourself
max-messages = 9
concatenation = true

group = sms-service
keyword = default
text = "none"
"""


class Kannel:
    """A gateway: bearerbox and smsbox, and the end of the line, which keeps what it is sent."""

    def __init__(self, world):
        if shutil.which("bearerbox", path="/usr/sbin:/usr/bin") is None:
            raise NotRun("Kannel is not installed")
        admin, box, self.smsc, self.port = free_ports(4)
        self.config = world.path("kannel.conf")
        with open(self.config, "w", encoding="ascii") as file:
            file.write(KANNEL % {"admin": admin, "box": box, "smsc": self.smsc, "send": self.port, "folder": world.folder})
        self.boxes = [Process(name, ["/usr/sbin/" + name, self.config], world.path(name + ".log"))
                      for name in ("bearerbox", "smsbox")]
        self.lines, self.line = [], None

    def start(self):
        self.boxes[0].start()

        def connect():
            self.line = socket.create_connection(("127.0.0.1", self.smsc), 5)
            return True

        wait_for(connect, "the gateway to take the line")
        threading.Thread(target=self.keep, daemon=True).start()
        self.boxes[1].start()
        wait_for(lambda: socket.create_connection(("127.0.0.1", self.port), 5).close() is None, "the gateway to answer")

    def keep(self):
        self.line.settimeout(None)
        with self.line.makefile("rb") as file:
            for line in file:
                self.lines.append(line.rstrip(b"\n"))

    def texts(self):
        """(receiver, text) of each that is whole: "SENDER RECEIVER text TEXT", or "... data DATA" in UTF-16, escaped; a
        part of a long one has "udh HEADER" before that, which ends with how many parts there are and which this is."""
        parts = collections.defaultdict(dict)
        for line in self.lines:
            _, to, kind, rest = line.split(b" ", 3)
            header = b"\0\1\1"
            if kind == b"udh":
                header, kind, rest = rest.split(b" ", 2)
                header = urllib.parse.unquote_to_bytes(header)
            if kind == b"data":
                rest = urllib.parse.unquote_to_bytes(rest.replace(b"+", b" ")).decode("utf-16-be").encode()
            parts[to.decode(), header[:-2], header[-2]][header[-1]] = rest.decode()
        return [(to, "".join(text for _, text in sorted(found.items())))
                for (to, _, n), found in parts.items() if len(found) == n]

    def remove(self):
        for box in self.boxes:
            box.remove()
        if self.line:
            self.line.close()


@test("through a real gateway every text arrives whole, whatever its letters, and its reports say that it was delivered")
def kannel_test(world):
    kannel = Kannel(world)
    try:
        kannel.start()
        take_receipts(world)
        use_providers(world, {"url": "http://127.0.0.1:%d" % kannel.port,
                              "receipt_token_file": world.path("receipt-token"),
                              "described_in": os.path.join(CONF, "kannel.yaml")})
        world.redis.start()
        daemon = begin(world)
        n = 30
        for at in range(n):
            world.publish(*family(world, at, NAMES[at % len(NAMES)]))
        wait_for(lambda: len(kannel.texts()) >= n, "every text to arrive at the end of the line")
        wait_for(lambda: is_settled(world), "every outcome to be written down")
        for to, text in kannel.texts():
            name = NAMES[int(to[-3:]) % len(NAMES)]
            check(text.startswith("Sheffield: %s, we have agreed to do something by Friday 18 December 2099." % name),
                  "the text for %s: %r" % (name, text))
        # Kannel dials what it is given, with + or without.
        check_equal(sorted(to.lstrip("+") for to, _ in kannel.texts()), ["447700900%03d" % at for at in range(n)], "who got one")
        wait_for(lambda: [state for state, *_ in records(world).values()] == ["delivered"] * n,
                 "every delivery to the phone to be reported, taken and decided")
        facts = [json.loads(entry["event"]) for _, entry in world.redis.stream(world.key("facts"))]
        check_equal(sum(fact["type"] == "message.delivered" for fact in facts), n, "each is a fact, once")
        check("770090" not in daemon.log_text(), "no number is logged")
    finally:
        kannel.remove()


# ---- receipts ------------------------------------------------------------------------------------

RECEIPT_TOKEN = "what our callbacks are proved by"


def take_receipts(world):
    with open(world.path("receipt-token"), "w", encoding="ascii") as file:
        file.write(RECEIPT_TOKEN + "\n")
    place = "127.0.0.1:%d" % free_ports(1)[0]
    world.configure({"receipts.listen": place, "receipts.url": "http://" + place})
    return place


def call(place, path, body=None, **headers):
    """The status of the answer."""
    host, port = place.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        check("Retry-After" in answer.headers or answer.status != 503, "it says when to come again")
        check("7700900" not in text, "an answer repeats nothing")
        return answer.status
    finally:
        connection.close()


def say_notify(place, reference, status, token=RECEIPT_TOKEN, provider="notify-1"):
    body = {"id": "x", "reference": reference, "to": "+447700900345", "status": status, "notification_type": "sms"}
    return call(place, "/receipts/" + provider, json.dumps(body), Authorization="Bearer " + token)


def say_twilio(place, message, status, code=""):
    url = "/receipts/twilio-2?message=" + message
    form = {"MessageSid": "SM1", "MessageStatus": status, "To": "+447700900345", "ErrorCode": code}
    signed = "http://" + place + url + "".join(name + form[name] for name in sorted(form))
    mac = hmac.new(SECRET.split(":")[1].encode(), signed.encode(), hashlib.sha1).digest()
    return call(place, url, urllib.parse.urlencode(form), **{"X-Twilio-Signature": base64.b64encode(mac).decode(),
                                                             "Content-Type": "application/x-www-form-urlencoded"})


@test("what providers say later is believed when it is proved, counts once, and is never lost")
def receipts_test(world):
    world.set_clock(NOW)
    server = BadHttp()
    place = take_receipts(world)
    # Both send as the generic one does; what they say of it is their own.
    generic = open(os.path.join(CONF, "generic.yaml"), encoding="utf-8").read().split("\n# What it tells later")[0]
    for name in ("notify", "twilio"):
        with open(os.path.join(CONF, name + ".yaml"), encoding="utf-8") as file:
            receipt = file.read().split("\nreceipt:")[1]
        with open(world.path(name + ".yaml"), "w", encoding="utf-8") as file:
            file.write(generic + "\nreceipt:" + receipt)
    use_providers(world, *[{"transport": name, "url": server.url, "template_id": "t", "described_in": world.path(name + ".yaml"),
                            "receipt_token_file": world.path("receipt-token")} for name in ("notify", "twilio")])
    world.redis.start()
    daemon = begin(world)
    for n in range(5):
        world.publish(*family(world, n))
    wait_for(lambda: len(records(world)) == 5 and is_settled(world), "the messages to be accepted")
    world.wait_idle()
    of = {family: message for message, (_, _, family) in records(world).items()}

    def state(n):
        return records(world)[of["F%d" % n]][0]

    check_equal(say_notify(place, of["F0"], "delivered"), 204, "a receipt is taken")
    check_equal(say_notify(place, of["F0"], "delivered"), 204, "the same again too")
    wait_for(lambda: state(0) == "delivered", "it to be decided")
    check_equal(say_twilio(place, of["F1"], "undelivered", "30005"), 204, "a signed form, too")
    wait_for(lambda: state(1) == "failed", "it to be decided")
    world.wait_idle()
    check(any("did not arrive" in each["text"] for each in world.ctl("case", "show", "C1").json["timeline"]),
          "a person is asked how to reach them")
    check_equal(say_notify(place, of["F2"], "sending"), 204, "what says nothing is taken, and does nothing")
    # Days later, by way of the other provider's door, and after what contradicts it.
    world.set_clock("2026-11-27 09:00:00")
    check_equal(say_notify(place, of["F3"], "temporary-failure"), 204, "a late one")
    wait_for(lambda: state(3) == "failed", "it to be decided")
    check_equal(say_notify(place, of["F3"], "delivered"), 204, "good news that comes later still")
    wait_for(lambda: state(3) == "delivered", "it to count")

    # The desk hears of the tasks, and sends its list.
    world.wait_idle()
    own = world.redis.command("XINFO", "STREAM", world.key("own"))
    refused = [(say_notify(place, of["F4"], "delivered", token="guessed"), 403, "a wrong token"),
               (call(place, "/receipts/notify-1", "{}"), 403, "none"),
               (call(place, "/receipts/twilio-2?message=" + of["F4"], "MessageStatus=delivered"), 403, "no signature"),
               (call(place, "/receipts/notify-1", "x" * 70000), 413, "too much"),
               (say_notify(place, "m" + 24 * "0", "delivered"), 404, "an id that we never gave"),
               (say_notify(place, "07700900345", "delivered"), 400, "an id that is none"),
               (call(place, "/receipts/notify-1", "{", Authorization="Bearer " + RECEIPT_TOKEN), 400, "no JSON"),
               (say_notify(place, of["F4"], "delivered", provider="notify-3"), 404, "no such provider"),
               (call(place, "/metrics"), 404, "nothing else is served there")]
    for found, wanted, what in refused:
        check_equal(found, wanted, what)
    entries = dict(zip(own[::2], own[1::2]))["entries-added"]
    now = world.redis.command("XINFO", "STREAM", world.key("own"))
    check_equal(dict(zip(now[::2], now[1::2]))["entries-added"], entries, "none of these became an event")
    check_equal(state(4), "accepted", "nor changed anything")

    # What a stranger sends, thousands in a second, shuts nobody out and fills no log.
    flood = subprocess.Popen([program("tests/tool/http"), "http://%s/receipts/notify-1" % place, "1000000", "16"],
                             stdout=subprocess.DEVNULL)
    try:
        check_equal({say_notify(place, of["F4"], "sending") for _ in range(50)}, {204}, "among many that are not proved")
        check(flood.poll() is None, "they came all the while")
    finally:
        flood.kill()
        flood.wait()
    check(daemon.log_text().count("receipt_refused") < 20, "they are counted, not listed")

    # Where it cannot be written down the provider is asked to say it again.
    world.redis.stop()
    wait_for(lambda: "redis_down" in daemon.log_text(), "the daemon to miss Redis")
    check_equal(say_notify(place, of["F4"], "delivered"), 503, "without Redis")
    world.redis.start()
    wait_for(lambda: say_notify(place, of["F4"], "delivered") == 204, "it to be taken when Redis is back", 60)
    wait_for(lambda: state(4) == "delivered", "it to be decided", 60)
    # So late that the family's record knows nothing of the message any more: the number is wrong all the same.
    world.set_clock("2027-01-11 09:00:00")
    world.wait_idle(60)
    check_equal(say_notify(place, of["F2"], "permanent-failure"), 204, "weeks later")
    wait_for(lambda: state(2) == "failed" or world.ctl("status").json["dead"], "it to be decided")
    world.wait_idle()
    check_equal(world.ctl("family", "show", "F2").json["contacts"][0]["failed"], ["sms"], "the number is not used")
    told = [each["text"] for each in world.ctl("case", "show", "C2").json["timeline"]]
    check(any("settled before" in text for text in told), "though the message was forgotten")
    check(any("An old message to mum2 came back" in text for text in told), "and a person asks for the right one")

    facts = [json.loads(entry["event"]) for _, entry in world.redis.stream(world.key("facts"))]
    check_equal(sorted(fact["data"]["message"] for fact in facts if fact["type"] == "message.delivered"),
                sorted([of["F0"], of["F3"], of["F4"]]), "each counts once")
    for word in ("7700900345", RECEIPT_TOKEN, "guessed"):
        check(word not in daemon.log_text(), "%s is not logged" % word)
    server.close()


@test("a receipt that overtakes the provider's own answer says that it has the message")
def overtaking_test(world):
    place = take_receipts(world)
    server = BadHttp("silent_after")
    use_providers(world, {"url": server.url, "receipt_token_file": world.path("receipt-token"),
                          "described_in": os.path.join(CONF, "generic.yaml")})
    world.redis.start()
    begin(world)
    world.publish(*family(world, 1))
    wait_for(lambda: server.silent, "the provider to have it and fall silent")
    message = id_of(server.taken[0])
    check_equal(say_notify(place, message, "delivered", provider="generic"), 204, "the receipt is taken")
    wait_for(lambda: records(world)[message][0] == "delivered", "it to be decided")
    check_equal(in_state(world, "handing_over", "unknown"), 0, "nothing is in doubt any more")
    server.close()


# ---- two providers, one failing ------------------------------------------------------------------

@test("of %d messages through two providers, one failing, none is missing and none comes twice unknowingly" % MESSAGES)
def many_test(world):
    bad = BadHttp("die_after_taking:%37|reset_after_reading:%41|429:%29|503:%31|500:%43|half:%47")
    good = BadHttp()
    use_providers(world, {"url": bad.url, "weight": 2}, {"url": good.url, "weight": 1})
    world.redis.start()
    daemon = begin(world)
    for at in range(0, MESSAGES, 200):
        world.publish(*[event for n in range(at, min(at + 200, MESSAGES)) for event in family(world, n)])
    wait_for(lambda: len(records(world)) == MESSAGES and is_settled(world), "every message to be settled", 240)
    found = records(world)
    at_bad = collections.Counter(id_of(request) for request in bad.taken)
    seen_by_bad = {id_of(request) for request in bad.requests}
    at_good = collections.Counter(id_of(request) for request in good.taken)
    states = collections.Counter(state for state, *_ in found.values())
    check_equal(set(states) - {"accepted", "unknown"}, set(), "the states: %r" % states)
    check(states["unknown"] > 0, "some are in doubt, or this shows nothing")
    for message, (state, _, _) in found.items():
        times = at_bad[message] + at_good[message]
        if state == "accepted":
            check_equal(times, 1, "%s was accepted: how often it was taken" % message)
        else:
            check(times <= 1 and message in seen_by_bad and at_good[message] == 0,
                  "%s is in doubt at the first and nowhere else: %d" % (message, times))
    check_equal(len({family for _, _, family in found.values()}), MESSAGES, "every family has one")
    check_equal(sum(at_bad.values()) + sum(at_good.values()) + sum(
        1 for message, (state, *_) in found.items() if state == "unknown" and at_bad[message] == 0), MESSAGES, "all in all")
    waiting = [each for each in world.ctl("outbox").json if each["state"] == "unknown"]
    check_equal(len(waiting), min(states["unknown"], 1000), "a person sees those in doubt")
    print("# %d accepted, %d in doubt; the failing one took %d, the other %d" %
          (states["accepted"], states["unknown"], sum(at_bad.values()), sum(at_good.values())))
    check(sum(at_bad.values()) < 0.6 * MESSAGES, "the failing one has less than its share of two thirds")
    # Down, and up again: the log says so.
    bad.behaviour = "503"
    more = itertools.count(MESSAGES)

    def is_said(line):
        world.publish(*[event for _ in range(10) for event in family(world, next(more))])
        return line + " provider=generic-1" in daemon.log_text()

    wait_for(lambda: is_said("provider_paused"), "the log to say that it is down", 120)
    bad.behaviour = ""
    # It is tried again when its pause is over, and that may have grown to a minute.
    wait_for(lambda: is_said("provider_back"), "the log to say that it is back", 120)
    bad.close()
    good.close()


# ---- kill -9 -------------------------------------------------------------------------------------

NOTIFY = {"transport": "notify", "described_in": os.path.join(CONF, "notify.yaml"), "template_id": "t-1"}


class Notify:
    """Answers as GOV.UK Notify does, of what the server has taken."""

    def __init__(self):
        self.known = {}

    def say(self, request, number):
        if request.method == "POST":
            reference = json.loads(request.body)["reference"]
            self.known[reference] = "id-%d" % number
            return 201, json.dumps({"id": self.known[reference], "reference": reference}).encode()
        reference = urllib.parse.parse_qs(urllib.parse.urlsplit(request.path).query)["reference"][0]
        found = [{"id": self.known[reference], "status": "sending"}] if reference in self.known else []
        return 200, json.dumps({"notifications": found}).encode()


# provider, where it falls silent; the state in the end, and how often it was taken
KILLS = [("generic", "silent_before", "unknown", 0), ("generic", "silent_after", "unknown", 1),
         ("repeats", "silent_before", "accepted", 1), ("repeats", "silent_after", "accepted", 1),
         ("notify", "silent_before", "accepted", 1), ("notify", "silent_after", "accepted", 1)]


def provider_of(world, kind, url):
    if kind == "notify":
        return dict(NOTIFY, url=url)
    changes = {"repeats: no": "repeats: yes"} if kind == "repeats" else {"repeats: no": "repeats: no"}
    return {"url": url, "described_in": describe(world, "generic", **changes)}


def posts(server):
    return [request for request in server.taken if request.method == "POST"]


@test("killed while a message is on its way: it is asked about, or sent again under its id, or waits for a person")
def killed_test(world):
    world.set_clock(NOW)
    world.redis.start()
    daemon = world.daemon()
    for n, (kind, behaviour, state, times) in enumerate(KILLS):
        what = "%s, %s" % (kind, behaviour)
        world.set_clock(NOW)
        notify = Notify()
        say = notify.say if kind == "notify" else say_generic
        bad = BadHttp(behaviour, say=say)
        use_providers(world, provider_of(world, kind, bad.url))
        daemon.start()
        world.publish(*family(world, n))
        wait_for(lambda: bad.silent, "%s: the provider to fall silent" % what)
        daemon.kill9()
        for request in posts(bad):
            notify.known[id_of(request)] = "id-kept"
        bad.close()
        world.redis.command("HSET", world.key("owner"), "until", "0")
        good = BadHttp(say=say)
        use_providers(world, provider_of(world, kind, good.url))
        daemon.start()
        # The lease of the hand-over must end first; then a minute passes.
        for minutes in (20, 40):
            world.set_clock("2026-11-24 09:%02d:00" % minutes)
            wait_for(lambda: in_state(world, "handing_over") == 0 and
                     (state == "unknown" or minutes == 20 or is_settled(world)), "%s: to be settled" % what)
        message = next(key for key, (_, _, family) in records(world).items() if family == "F%d" % n)
        check_equal(records(world)[message][0], state, "%s: the state" % what)
        taken = [id_of(request) for request in posts(bad) + posts(good)].count(message)
        # One that takes an id only once may be told twice.
        check(taken == times or (kind == "repeats" and taken == times + 1), "%s: it was taken %d times" % (what, taken))
        if kind == "notify":
            check(any(request.method == "GET" for request in good.requests), "%s: it was asked" % what)
        daemon.stop()
        good.close()


# ---- recorded exchanges --------------------------------------------------------------------------

def run_tool(world, server, name, **options):
    words = ["provider=" + os.path.join(CONF, name + ".yaml"), "url=" + server.url] + \
        ["%s=%s" % each for each in options.items()]
    done = subprocess.run([program("tests/tool/sms")] + words, capture_output=True, encoding="utf-8", timeout=60, check=True)
    _, outcome, _, provider_id, _ = done.stdout.split("\n")[0].split(" ")
    return outcome, provider_id


def fixture(name):
    with open(os.path.join(ROOT, "tests", "fixtures", "sms", name + ".json"), encoding="utf-8") as file:
        return json.load(file)


@test("GOV.UK Notify: its answers mean what its documentation says, and it is asked before anything is sent again")
def notify_test(world):
    for entry in fixture("notify")["send"]:
        server = BadHttp(say=lambda request, number, entry=entry: (entry["status"], json.dumps(entry["body"]).encode()))
        found = run_tool(world, server, "notify", token=KEY, template_id="t-1", text="Zoé: 5 £")
        check_equal(found, (entry["means"], entry.get("id", "-")), entry["what"])
        request = server.requests[0]
        check_equal((request.method, request.path), ("POST", "/v2/notifications/sms"), "the request")
        check_equal(json.loads(request.body), {"phone_number": "+447700900100", "template_id": "t-1", "reference": "m" + "0" * 24,
                                               "personalisation": {"message": "Zoé: 5 £"}}, "what it says")
        check_token(request)
        server.close()
    for entry in fixture("notify")["ask"]:
        def say(request, number, entry=entry):
            if request.method == "POST":
                return 201, b'{"id": "sent-anew"}'
            return entry["status"], json.dumps(entry["body"]).encode()
        server = BadHttp(say=say)
        found = run_tool(world, server, "notify", token=KEY, template_id="t-1", unknown=1)
        sent = entry.get("sent", False)
        check_equal(found, (entry["means"], "sent-anew" if sent else entry.get("id", "-")), entry["what"])
        check_equal([request.method for request in server.requests], ["GET", "POST"] if sent else ["GET"], entry["what"])
        check_equal(server.requests[0].path, "/v2/notifications?template_type=sms&reference=m" + "0" * 24, "the question")
        check_token(server.requests[0])
        server.close()


@test("after a crash no more questions are asked at once than messages are sent")
def many_questions_test(world):
    server = BadHttp(say=lambda request, number: (201, b'{"id": "anew"}') if request.method == "POST" else
                     (200, b'{"notifications": []}'), pause=0.02)
    done = subprocess.run([program("tests/tool/sms"), "n=200", "quiet=1", "unknown=1",
                           "provider=" + os.path.join(CONF, "notify.yaml"), "url=" + server.url, "token=" + KEY,
                           "template_id=t-1", "per_second=1000"], capture_output=True, encoding="utf-8", timeout=60,
                          check=True)
    check("accepted 200" in done.stdout, "all of them are sent:\n" + done.stdout)
    check(server.most_at_once <= 32, "there were %d requests at once" % server.most_at_once)
    server.close()


@test("Twilio: its answers mean what its documentation says")
def twilio_test(world):
    for entry in fixture("twilio")["send"]:
        server = BadHttp(say=lambda request, number, entry=entry: (entry["status"], json.dumps(entry["body"]).encode()))
        found = run_tool(world, server, "twilio", token="AC0:secret", text="Привет & 5 %")
        check_equal(found, (entry["means"], entry.get("id", "-")), entry["what"])
        request = server.requests[0]
        check_equal((request.method, request.path), ("POST", "/2010-04-01/Accounts/AC0/Messages.json"), "the request")
        check_equal(urllib.parse.parse_qs(request.body.decode()),
                    {"To": ["+447700900100"], "From": ["Sheffield"], "Body": ["Привет & 5 %"]}, "what it says")
        check_equal(request.headers["authorization"], "Basic " + base64.b64encode(b"AC0:secret").decode(), "who we are")
        server.close()
    # What is in doubt there cannot be asked about.
    server = BadHttp()
    check_equal(run_tool(world, server, "twilio", token="AC0:secret", unknown=1)[0], "unknown", "it stays in doubt")
    check_equal(server.requests, [], "and is not sent again")
    server.close()


@test("a text that a provider cannot carry goes another way, and never with other letters")
def alphabet_test(world):
    gsm, unicode = BadHttp(), BadHttp()
    use_providers(world, {"url": gsm.url, "alphabet": "gsm", "weight": 100}, {"url": unicode.url})
    world.redis.start()
    begin(world)
    world.publish(*family(world, 1))
    wait_for(lambda: gsm.taken or unicode.taken, "the first to be taken")
    check_equal((len(gsm.taken), len(unicode.taken)), (1, 0), "what fits goes to the first")
    gsm.close()
    unicode.close()
    server = BadHttp()
    found = run_tool(world, server, "notify", token=KEY, template_id="t-1", text="Łódź")
    check_equal(found[0], "never_message", "alone it cannot carry that")
    check_equal(server.requests, [], "and nothing was sent")
    server.close()


main()
