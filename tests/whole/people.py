#!/usr/bin/env python3
"""Who may be told what: an order that comes at the last moment, a text that would give somebody away, and nothing
personal in anything that is written about the work."""

import collections
import hashlib
import json
import os
import random
import re
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import check, check_equal, edit, main, test, wait_for  # noqa: E402

AGREED = {"on": "2026-11-02", "with": "sam-okafor"}
FAMILIES, TALKS = 4, 32  # 128 emails and 128 texts: more than a daemon claims at once
CLAIMERS = 6


class Gate:
    """A way to Redis on which no message can be begun, once it is shut. What was sent before goes on."""

    def __init__(self, path, to):
        self.to, self.shut, self.held = to, threading.Event(), threading.Event()
        self.opened = threading.Event()
        self.begin = None
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.to)
            threading.Thread(target=self._answers, args=(far, near), daemon=True).start()
            threading.Thread(target=self._commands, args=(near, far), daemon=True).start()

    @staticmethod
    def _answers(far, near):
        try:
            while data := far.recv(1 << 16):
                near.sendall(data)
        except OSError:
            pass
        near.close()

    def _commands(self, near, far):
        buffer = b""
        try:
            while data := near.recv(1 << 16):
                buffer += data
                while command := self._first(buffer):
                    words, length = command
                    self._look_at(words)
                    far.sendall(buffer[:length])
                    buffer = buffer[length:]
        except OSError:
            pass
        far.close()

    @staticmethod
    def _first(buffer):
        """The first whole command of the buffer, and its length."""
        words, at = [], buffer.find(b"\r\n") + 2
        if at < 2:
            return None
        for _ in range(int(buffer[1:at - 2])):
            end = buffer.find(b"\r\n", at)
            if end < 0:
                return None
            n = int(buffer[at + 1:end])
            if len(buffer) < end + 2 + n + 2:
                return None
            words.append(buffer[end + 2:end + 2 + n])
            at = end + 2 + n + 2
        return words, at

    def _look_at(self, words):
        if words[0] == b"SCRIPT" and b"The last check before the first byte" in words[-1]:
            self.begin = hashlib.sha1(words[-1]).hexdigest().encode()
        if words[0] == b"EVALSHA" and words[1] == self.begin and self.shut.is_set():
            self.held.set()
            self.opened.wait()


def parents(world, n, **at):
    return [
        world.event("contact.registered", "family/F%d" % n, {
            "contact": "mum", "role": "parent", "name": "Mum %d" % n, "parental_responsibility": True,
            "channels": ["email"], "addresses": {"email": "mum%d@families.example" % n}, "agreed": AGREED}, **at),
        world.event("contact.registered", "family/F%d" % n, {
            "contact": "dad", "role": "parent", "name": "Dad %d" % n, "parental_responsibility": True,
            "channels": ["sms"], "addresses": {"sms": "0770090010%d" % n}, "agreed": AGREED}, **at),
        world.event("case.opened", "case/C%d" % n, {"family": "F%d" % n, "pathway": "ehc-assessment",
                                                    "service": "send", "owner": "sam-okafor"}, **at)]


@test("a court order that comes while 200 messages are claimed stops every one of them that it forbids")
def claimed_test(world):
    world.set_clock("2026-11-24 20:00:00")
    world.redis.start()
    gate = Gate(world.path("gate.sock"), world.redis.socket)
    direct = world.config_file
    world.config_file = world.path("behind.conf")
    world.configure({"redis.socket": world.path("gate.sock")})
    claimers = [world.daemon("claimer%d" % n) for n in range(CLAIMERS)]
    world.config_file = direct
    world.configure({"redis.socket": world.redis.socket})
    another = world.daemon("another")

    # In the evening everything waits for the morning.
    for claimer in claimers:
        claimer.start()
    world.publish(*[event for n in range(FAMILIES) for event in parents(world, n)])
    world.publish(*[world.event("contact.made", "case/C%d" % n, {"with": ["mum", "dad"], "how": "phone"})
                    for n in range(FAMILIES) for _ in range(TALKS)])
    world.wait_idle(60)
    gate.shut.set()
    world.set_clock("2026-11-25 08:00:05")

    def claimed():
        return [world.redis.command("ZCARD", world.key("out:%s:claimed" % channel)) for channel in ("email", "sms")]
    wait_for(lambda: claimed() == [FAMILIES * TALKS] * 2, "all messages to be claimed", 60)
    check(gate.held.wait(30), "they are about to be begun")

    # Whoever claimed them is stuck; another daemon takes over, and decides the order.
    another.start(wait=False)
    world.publish(*[world.event("court_order.added", "family/F%d" % n, {"contact": "dad", "effect": "no_contact"})
                    for n in range(FAMILIES)])
    wait_for(lambda: world.ctl("status").json["intake"] == {"waiting": 0, "pending": 0},
             "the order to be decided", 60)
    check_equal(claimed(), [FAMILIES * TALKS] * 2, "all are still claimed")
    gate.shut.clear()
    gate.opened.set()
    wait_for(lambda: len(world.mails()) >= FAMILIES * TALKS, "the mothers to be told", 60)
    # What was given back waits a little.
    world.set_clock("2026-11-25 08:10:00")
    world.wait_idle(60)

    check_equal(world.texts(), [], "the fathers hear nothing")
    check_equal(sorted(mail["To"].addresses[0].addr_spec for mail in world.mails()),
                sorted("mum%d@families.example" % n for n in range(FAMILIES) for _ in range(TALKS)),
                "the mothers hear each once")


@test("what waits over midnight does not go to somebody who may not be told from that day, though nobody has looked yet")
def midnight_test(world):
    world.set_clock("2026-11-24 20:00:00")
    world.redis.start()
    one, two = world.daemon("one"), world.daemon("two")
    one.start()
    contact = {"role": "parent", "parental_responsibility": True, "channels": ["email"], "hours": {"always": True},
               "agreed": AGREED}
    world.publish(
        world.event("contact.registered", "family/F1", dict(
            contact, contact="mum", name="Mum", addresses={"email": "mum@families.example"})),
        world.event("contact.registered", "family/F1", {
            "contact": "kid", "role": "young_person", "name": "Kid", "born": "2009-01-10", "channels": ["sms"],
            "addresses": {"sms": "07700900101"}, "hours": {"always": True}, "agreed": AGREED}),
        world.event("consent.given", "family/F1", {"contact": "mum", "for": "all", "until": "2026-11-24"}),
        world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                               "owner": "sam-okafor"}))
    world.wait_idle()
    world.ctl("pause", "email", "--reason", "midnight", "--until", "1d")
    world.publish(world.event("contact.made", "case/C1", {"with": ["mum", "kid"], "how": "phone"}))
    wait_for(lambda: world.texts(), "the young person to be told")
    wait_for(lambda: [each["state"] for each in world.ctl("outbox").json if each["contact"] == "mum"] in
             (["waiting"], ["ready"]), "the copy to wait")
    # Whoever decides stands still over midnight, and another hands over.
    one.freeze()
    world.set_clock("2026-11-25 00:00:30")
    two.start(wait=False)
    world.ctl("resume", "email")
    wait_for(lambda: [each["state"] for each in world.ctl("case", "show", "C1").json["messages"]
                      if each["contact"] == "mum"] == ["suppressed"], "the copy to be taken back", 60)
    check_equal([mail["To"] for mail in world.mails() if "mum@" in str(mail["To"])], [], "it went nowhere")
    one.kill9()


# ---- any family ------------------------------------------------------------------------------------

STEPS = 6
CAST = {"kid": "young_person", "mum": "parent", "dad": "parent", "friend": "advocate"}


class Fate:
    """What happens to families at random: events, with addresses that say whose they are."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.owner = {}  # address: (family, person)

    def addresses(self, family, person):
        n = len(self.owner)
        found = {"email": "a%d@home.example" % n, "sms": "+4477009%05d" % n,
                 "letter": ["X", "%d Test Road" % n, "Sheffield", "S10 9ZZ"]}
        for place in (found["email"], found["sms"], found["letter"][1]):
            self.owner[place] = (family, person)
        return found

    def contact(self, family, person):
        channels = self.chance.choice([["email"], ["sms"], ["letter"], ["sms", "email"], ["email", "letter"]])
        born = {"born": "2009-01-10"} if person == "kid" else {}
        return {"contact": person, "role": CAST[person], "name": "Some Body", "channels": channels, "agreed": AGREED,
                "hours": {"always": True}, "addresses": self.addresses(family, person), **born}

    def step(self, family):
        """Something that changes who may be told, and something to tell."""
        person = self.chance.choice(list(CAST))
        about, case = "family/" + family, "case/C" + family
        changes = [
            ("court_order.added", about, {"contact": person, "effect": "no_contact"}),
            ("court_order.ended", about, {"contact": person, "effect": "no_contact"}),
            ("consent.given", about, {"contact": person, "for": self.chance.choice(["all", "ehc-assessment", "therapy"])}),
            ("consent.withdrawn", about, {"contact": person, "for": "all"}),
            ("safe_contact.flagged", about, {"contact": person, "channels": self.chance.choice([["email"], ["sms"]])}),
            ("contact.removed", about, {"contact": person}),
            ("contact.updated", about, dict(self.contact(family, person))),
            ("reply.received", case, {"contact": person, "channel": "sms", "text": "STOP"})]
        yield self.chance.choice(changes)
        yield self.chance.choice(changes)
        yield "contact.made", case, {"with": ["kid", "mum", "dad"], "how": "phone"}


class Judge:
    """What the evidence of a family says by a certain entry. The rights are the young person's own."""

    def __init__(self, entries):
        self.barred, self.gone, self.copied, self.stopped, self.safe = set(), set(), set(), set(), {}
        for entry in entries:
            if entry["kind"] == "event":
                self.hear(entry["detail"]["type"], entry["detail"].get("data", {}))

    def hear(self, kind, data):
        who = data.get("contact")
        if kind == "court_order.added":
            self.barred.add(who)
        elif kind == "court_order.ended":
            self.barred.discard(who)
        elif kind == "consent.given":
            (self.copied.discard if data["for"] == "therapy" else self.copied.add)(who)
        elif kind == "consent.withdrawn":
            self.copied.discard(who)
        elif kind == "safe_contact.flagged":
            self.safe[who] = data["channels"]
        elif kind == "contact.removed":
            self.gone.add(who)
        elif kind == "contact.updated":
            self.stopped.discard(who)  # a new number, and a channel chosen again
        elif kind == "reply.received":
            self.stopped.add(who)

    def forbids(self, who, channel):
        if who in self.barred or who in self.gone:
            return "they may hear nothing"
        # A young person who is not there any more leaves the rights with the parents.
        if who not in self.copied and (who == "friend" or (who != "kid" and "kid" not in self.gone)):
            return "the rights are the young person's, and they did not agree"
        if channel not in self.safe.get(who, [channel]):
            return "the channel is not safe"
        return "they stopped it" if channel == "sms" and who in self.stopped else None


def sunk(world):
    """Every message to the family: channel and address, in the order of each sink."""
    return {"email": [mail["To"].addresses[0].addr_spec for mail in world.mails()],
            "sms": [text["to"] for text in world.texts()],
            "letter": [letter.manifest["address"][1] for letter in world.letters()]}


@test("whatever happens to a family, nothing goes to somebody or by a way that the record forbade")
def any_family_test(world):
    fate = Fate(int(os.environ.get("SEED", "8")))
    families = ["R%d" % n for n in range(int(os.environ.get("CANDOUR_FAMILIES", "12")))]
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    for family in families:
        world.publish(*[world.event("contact.registered", "family/" + family, fate.contact(family, person)) for person in CAST],
                      world.event("case.opened", "case/C" + family, {"family": family, "pathway": "ehc-assessment",
                                                                     "service": "send", "owner": "sam-okafor"}))
    world.wait_idle(120)

    def judges():
        return {family: Judge([json.loads(entry["body"]) for _, entry in world.redis.stream(world.key("evidence:" + family))])
                for family in families}

    before, known = judges(), sunk(world)
    judged, wrong = 0, []
    for _ in range(STEPS):
        world.publish(*[world.event(*each) for family in families for each in fate.step(family)])
        world.wait_idle(120)
        after, now = judges(), sunk(world)
        for channel, places in now.items():
            seen = collections.Counter(known[channel])
            for place in (collections.Counter(places) - seen).elements():
                if place not in fate.owner:
                    continue  # somebody who works here
                family, who = fate.owner[place]
                judged += 1
                # Between the two it left: what both forbid was forbidden.
                why = before[family].forbids(who, channel)
                if why and why == after[family].forbids(who, channel):
                    wrong.append((family, who, channel, why))
        before, known = after, now
    print("# %d messages judged" % judged)
    check_equal(wrong, [], "what should not have gone")
    check(judged > len(families) * 2, "enough went to judge: %d" % judged)


# ---- a text that would give somebody away ---------------------------------------------------------

FLED = ["Anna Reed", "9 New Road", "Sheffield", "S8 9ZZ"]


@test("what would tell the one she fled where she lives is stopped and raised, and her own texts are neutral")
def leak_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    world.publish(
        world.event("contact.registered", "family/F1", {
            "contact": "anna", "role": "parent", "name": "Anna Reed", "parental_responsibility": True,
            "channels": ["sms"], "addresses": {"sms": "07700 900202", "letter": FLED}, "agreed": AGREED,
            "safe": {"channels": ["sms"]}}),
        world.event("contact.registered", "family/F1", {
            "contact": "carl", "role": "parent", "name": "Carl Reed", "parental_responsibility": True,
            "channels": ["email"], "addresses": {"email": "carl@old.example"}, "agreed": AGREED}),
        world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                               "owner": "sam-okafor"}),
        # Each says it in its own way.
        world.event("contact.made", "case/C1", {"with": ["carl"], "how": "phone",
                                                "summary": "He asked about the house, 9  new road, at the corner."}),
        world.event("contact.made", "case/C1", {"with": ["carl"], "how": "phone",
                                                "summary": "We said that ANNA REED had been in touch."}),
        world.event("contact.made", "case/C1", {"with": ["carl"], "how": "phone",
                                                "summary": "We spoke about 9 new roads to school."}))
    world.wait_idle()

    mails = [mail.get_body(("plain",)).get_content() for mail in world.mails()
             if mail["To"].addresses[0].addr_spec == "carl@old.example"]
    check_equal(len(mails), 1, "only the harmless one left")
    check("9 new roads to school" in mails[0], "and it is that one")
    everything = json.dumps(world.texts()) + "".join(str(mail) for mail in world.mails()) + "".join(
        letter.text or "" for letter in world.letters() if letter.manifest["address"] != FLED)
    everything = everything.replace("9 new roads to school", "").lower()
    for value in ("9 new road", "s8 9zz", "07700 900202", "anna reed"):
        check(value not in everything, "no sink tells " + value)

    case = world.ctl("case", "show", "C1").json
    stopped = [each for each in case["messages"] if each["contact"] == "carl" and each["state"] == "failed"]
    check_equal(len(stopped), 2, "two were stopped")
    for each in stopped:
        check_equal(world.ctl("explain", each["message"]).json["code"], "leak", "and it is known why")
    raised = [each for each in case["timeline"] if each["kind"] == "task" and "private of another" in each["text"]]
    check_equal(len(raised), 2, "a person looks at each")

    # A talk with both: hers says nothing at all, from a sender that nobody knows.
    world.publish(world.event("contact.made", "case/C1", {"with": ["anna"], "how": "phone"}))
    world.wait_idle()
    check_equal([(text["sender"], "call" in text["text"]) for text in world.texts()], [("Message", True)],
                "neutral in sender and words")
    check("Sheffield" not in world.texts()[0]["text"], "nothing names the council")


# ---- what families say of it ------------------------------------------------------------------------

@test("the report says what families answered to questionnaires, by service and pathway, and in which period")
def scores_test(world):
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()

    def answered(n, score, **more):
        return world.event("feedback.received", "case/C%d" % n, {"contact": "mum", "channel": "email",
                                                                 **({"score": score} if score else {}), **more})
    world.publish(*[event for n in range(3) for event in parents(world, n)])
    world.publish(answered(0, 5, on="2026-10-31"), answered(0, 2), answered(1, 5), answered(2, 4, text="It went well"),
                  answered(2, None, text="Words alone"))
    world.wait_idle()
    found = world.ctl("report", "--from", "2026-11-01", "--to", "2026-11-30").json["questionnaires"]
    check_equal(found, [{"service": "send", "pathway": "ehc-assessment", "answers": 3, "mean": 3.7,
                         "scores": {"1": 0, "2": 1, "3": 0, "4": 1, "5": 1}}], "the answers of November")
    check_equal(world.ctl("report", "--service", "therapies").json["questionnaires"], [], "of another service: none")
    check_equal(world.ctl("report").json["questionnaires"][0]["answers"], 4, "all of them")
    policy = world.copy_policy()
    edit(os.path.join(policy, "services.yaml"), "  send:\n", "  renamed:\n")
    for pathway in ("annual-review", "enquiries", "ehc-assessment", "phase-transfer"):
        edit(os.path.join(policy, "pathways", pathway + ".yaml"), "service: send\n", "service: renamed\n")
    world.ctl("lint")
    october = ("report", "--from", "2026-10-31", "--to", "2026-10-31")
    check_equal(len(world.ctl(*october, "--service", "send").json["questionnaires"]), 1, "of a service that was renamed")
    check("is no service" in world.ctl(*october, "--service", "sendd", code=5).err, "and of none")


# ---- nothing personal -----------------------------------------------------------------------------

PRIVATE = {
    "names": ["Zuleika Quennell", "Bartholomew Quennell", "Peregrine Quennell", "Ottoline Vane"],
    "emails": ["zuleika.q@quennell.example", "bart@vane.example", "office@vane-school.example"],
    "numbers": ["07700900345", "07700 900345", "7700900345"],
    "addresses": ["71 Larkrise Mews", "S36 9ZX", "S369ZX"],
    "texts": ["the pony called Juniper", "wishes about the violin"],
    "others": ["2016-08-19", "+447700900345", "Quennell", "Larkrise"],
}


def journey(world):
    """A family through much of what can happen, some of it wrong."""
    letter = ["Zuleika Quennell", "71 Larkrise Mews", "Sheffield", "S36 9ZX"]
    contact = {"contact": "c1", "person": "P1", "role": "parent", "name": "Zuleika Quennell",
               "parental_responsibility": True, "channels": ["email"], "agreed": AGREED,
               "addresses": {"email": "zuleika.q@quennell.example", "sms": "07700 900345", "letter": letter}}
    other = {"contact": "c2", "role": "parent", "name": "Bartholomew Quennell", "parental_responsibility": True,
             "channels": ["sms"], "addresses": {"sms": "07700 900345", "letter": letter}, "agreed": AGREED}
    child = {"contact": "c3", "role": "young_person", "name": "Peregrine Quennell", "born": "2016-08-19"}
    school = {"party": "p1", "role": "school", "name": "Ottoline Vane", "channels": ["email"],
              "addresses": {"email": "office@vane-school.example"}}
    yield world.event("contact.registered", "family/F1", contact)
    yield world.event("contact.registered", "family/F1", other)
    yield world.event("contact.registered", "family/F1", child)
    yield world.event("party.registered", "family/F1", school)
    yield world.event("case.opened", "case/C1", {"family": "F1", "pathway": "ehc-assessment", "service": "send",
                                                 "owner": "sam-okafor"})
    yield world.event("ehcna.requested", "case/C1", {})
    yield world.event("ehcna.decision_to_assess", "case/C1", {})
    yield world.event("contact.made", "case/C1", {"with": ["c1"], "how": "phone",
                                                  "summary": "We talked about the pony called Juniper."})
    yield world.event("contact.updated", "family/F1", {"contact": "c1", "addresses": {"email": "bart@vane.example"}})
    yield world.event("reply.received", "case/C1", {"contact": "c2", "channel": "sms",
                                                    "text": "wishes about the violin"})
    yield world.event("reply.received", "case/C1", {"contact": "c2", "channel": "sms", "text": "STOP"})
    # Wrong in many ways, each with something private in it.
    yield world.event("contact.registered", "family/F1", dict(contact, addresses={"email": "Zuleika Quennell"}))
    yield world.event("contact.updated", "family/F1", {"contact": "Zuleika Quennell", "name": "x"})
    yield world.event("contact.updated", "family/F1", {"contact": "c1", "language": "Zuleika Quennell"})
    yield world.event("zuleika.q@quennell.example", "case/C1", {})
    yield world.event("case.opened", "case/Zuleika Quennell", {})
    yield '{"specversion": "1.0", "id": "Zuleika Quennell", "time": "07700 900345"'
    yield "71 Larkrise Mews"


def ask(path, to):
    """All that is answered."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(60)
        link.connect(to)
        link.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % path.encode())
        with link.makefile("rb") as file:
            return file.read().decode()


def names_below(folder):
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            yield os.path.relpath(os.path.join(place, name), folder)


def everything_written(world):
    """What the work leaves behind, besides the messages themselves, the family's record and the dead letters."""
    key = world.key
    for daemon in world.daemons.values():
        yield "the log of " + daemon.name, daemon.log_text()
    yield "the log of Redis", world.redis.log_text()
    yield "the names of files", "\n".join(names_below(world.folder))
    yield "the facts", json.dumps(world.redis.stream(key("facts")))
    keys = world.redis.command("KEYS", "*")
    yield "the names of keys", "\n".join(keys)
    for each in (each for each in keys if re.match(re.escape(key("out:")), each)):
        yield each, "\n".join(world.redis.command("ZRANGE", each, 0, -1))
    for each in (each for each in keys if each.startswith(key("msg:"))):
        fields = world.redis.command("HGETALL", each)
        fields = dict(zip(fields[::2], fields[1::2])) if isinstance(fields, list) else fields
        yield each, json.dumps({name: value for name, value in fields.items() if name not in ("record", "body")})
        record = json.loads(fields["record"])
        yield each + " (references)", " ".join(
            [record["id"], record.get("rejected", ""), record.get("rule", ""), record.get("secrets", "")])
        yield "explain " + each, world.ctl("explain", each.split("msg:")[1]).out
    for words in (("status",), ("case", "show", "C1"), ("family", "show", "F1"), ("outbox",), ("duties",),
                  ("actions",), ("breaches",), ("dead", "list"), ("evidence", "verify")):
        yield "candourctl " + " ".join(words), world.ctl(*words).out
    for path in ("/health", "/metrics", "/Zuleika%20Quennell", "/metrics?of=zuleika.q@quennell.example"):
        answer = ask(path, world.path("http.sock"))
        check(answer.startswith("HTTP/1.1 "), path + " is answered")
        yield path, answer
    evidence = [json.loads(entry["body"]) for _, entry in world.redis.stream(key("evidence:F1"))]
    # What people wrote stays with the case; nothing in it says who they are or where.
    for each in evidence:
        for words in ("summary", "text"):
            (each.get("detail") or {}).get("data", {}).pop(words, None)
    yield "the evidence", json.dumps(evidence)


@test("nothing personal stands in logs, facts, references, errors, file names, evidence or answers")
def personal_test(world):
    world.configure({"log.level": "debug", "http.listen": "unix:" + world.path("http.sock")})
    world.set_clock("2026-11-24 09:00:00")
    world.redis.start()
    world.daemon().start()
    world.publish(*journey(world))
    world.wait_idle()
    world.publish(world.event("court_order.added", "family/F1", {"contact": "c2", "effect": "no_contact"}),
                  world.event("person.deceased", "family/F1", {"person": "c2"}))
    world.wait_idle()
    # What could not be said is tried, chased and overdue.
    world.set_clock("2026-12-20 09:00:00")
    world.wait_idle(60)
    check(len(world.mails()) > 3 and len(world.letters()) > 0, "messages left")
    check(world.ctl("status").json["dead"] >= 6, "and some events could not be used")
    found = ["%s: %s" % (where, value) for where, text in everything_written(world)
             for values in PRIVATE.values() for value in values if value.lower() in text.lower()]
    check_equal(found, [], "nothing of theirs is found")


main()
