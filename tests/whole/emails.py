#!/usr/bin/env python3
"""Emails from event to mailbox: through a real mail server, and through one that misbehaves at the worst moment."""

import collections
import hashlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import certificates  # noqa: E402
from bad_smtp import BadSmtp  # noqa: E402
from harness import FLAVOUR, check, check_equal, main, test, wait_for  # noqa: E402
from mail_server import MailServer  # noqa: E402

NOW = "2026-11-24 09:00:00"
TRANSPORT = os.environ.get("CANDOUR_EMAIL", "libesmtp")
NAMES = ["Amira Khan", "محترمہ خان", "Ľubomíra Kožušníková", "Nguyễn Thị Hương", "李小明", "O'Neill, \"Sam\" <x@y>",
         "রহিমা বেগম", "Zoë Brontë"]


def family(world, n, name, domain="families.example"):
    contact = {"contact": "mum%d" % n, "role": "parent", "name": name, "parental_responsibility": True,
               "channels": ["email"], "hours": {"always": True}, "addresses": {"email": "p%d@%s" % (n, domain)},
               "agreed": {"on": "2026-11-02", "with": "sam-okafor"}}
    case = {"family": "F%d" % n, "pathway": "ehc-assessment", "service": "send", "owner": "sam-okafor"}
    at = {"time_text": "2026-11-24T09:00:00Z"} if world.clock_file else {}
    return [world.event("contact.registered", "family/F%d" % n, contact, id="contact-%d" % n, **at),
            world.event("case.opened", "case/C%d" % n, case, id="case-%d" % n, **at),
            world.event("ehcna.requested", "case/C%d" % n, {}, id="request-%d" % n, **at)]


def use_relay(world, port, **more):
    settings = {"transport": TRANSPORT, "host": "127.0.0.1", "port": str(port), "tls": "off", "dir": None,
                "reply_within": "5s"}
    settings.update(more)
    world.configure({"email." + key: value for key, value in settings.items()})


def begin(world):
    daemon = world.daemon()
    daemon.start(wait=False)
    wait_for(lambda: "owner epoch=" in daemon.log_text(), "the daemon to own its prefix")
    return daemon


def is_settled(world):
    return not any(world.redis.command("ZCARD", world.key("out:email:" + state))
                   for state in ("waiting", "ready", "claimed", "handing_over"))


def use_real_server(world, server, authority):
    with open(world.path("password"), "w", encoding="ascii") as file:
        file.write(server.password + "\n")
    use_relay(world, server.port, host="localhost", tls="required", ca_file=authority.file, username=server.user,
              password_file=world.path("password"), reply_within="60s")


@test("of 1,000 emails (100 under a sanitizer) each arrives once, under TLS and AUTH, whole and with its letters")
def thousand_test(world):
    authority = certificates.Authority(world.path("tls"))
    server = MailServer(world.path("server"), authority.certificate("localhost"))
    try:
        server.start()
        use_real_server(world, server, authority)
        world.redis.start()
        begin(world)
        n = 1000 if FLAVOUR == "release" else 100
        events = [event for i in range(n) for event in family(world, i, NAMES[i % len(NAMES)])]
        for at in range(0, len(events), 500):
            world.publish(*events[at:at + 500])
        wait_for(lambda: server.count() >= n, "all emails to arrive", 120)
        wait_for(lambda: is_settled(world), "every outcome to be written down")
        check_mails(server.mails(), n)
    finally:
        server.remove()


def check_mails(mails, n):
    """By Python's parser, which shares nothing with the one that wrote them."""
    check_equal(len(mails), n, "how many arrived")
    check_equal(len({mail["Message-ID"] for mail in mails}), n, "how many different ones")
    found = collections.Counter(mail["To"].addresses[0].addr_spec for mail in mails)
    check_equal(sorted(found), sorted("p%d@families.example" % i for i in range(n)), "who got one")
    for mail in mails:
        to = mail["To"].addresses[0]
        number = int(to.username[1:])
        check_equal(mail["Delivered-To"], to.addr_spec, "for whom it was")
        check_equal(to.display_name, NAMES[number % len(NAMES)], "the name")
        check("with ESMTPSA" in "".join(mail.get_all("Received")), "it came under TLS and with AUTH")
        message = mail["Message-ID"].strip("<>").split("@")[0]
        check_equal(mail["Return-Path"], "<candour+%s@sheffield.example>" % message, "the envelope's sender")
        check_equal(mail["From"].addresses[0].addr_spec, "candour@sheffield.example", "From")
        check_equal(mail["From"].addresses[0].display_name, "Sheffield City Council", "From's name")
        check_equal(mail["Auto-Submitted"], "auto-generated", "Auto-Submitted")
        check_equal(mail["Content-Language"], "en", "Content-Language")
        check(mail["Subject"] and mail["Date"], "Subject and Date")
        check(mail["List-Unsubscribe"] is None, "nobody opts out of what must be said")
        check(not mail.defects, "defects: %r" % mail.defects)
        check_equal(mail.get_content_type(), "multipart/alternative", "the type")
        plain, html = mail.iter_parts()
        check_equal([part.get_content_type() for part in (plain, html)], ["text/plain", "text/html"], "the parts")
        name = NAMES[number % len(NAMES)].split(",")[0]
        for part in (plain, html):
            check(not part.defects, "defects: %r" % part.defects)
            check_equal(part.get_content_charset(), "utf-8", "the charset")
            check("Sheffield" in part.get_content(), "the text is there")
        check(name in plain.get_content(), "%s is in the text:\n%s" % (name, plain.get_content()))
        check('<html lang="en" dir="ltr">' in html.get_content(), "language and direction")


# Where the mail server falls silent when the daemon is killed; how often the message then has come in the end.
STAGES = [("silent_at_greeting", 1), ("silent_at_ehlo", 1), ("silent_at_mail", 1), ("silent_at_rcpt", 1),
          ("silent_at_data", 1), ("silent_after_data", 1), ("silent_after_taking", 2)]


def kill_at(world, daemon, behaviour, n):
    """Family n's email is on its way when the daemon dies; then all is well again."""
    bad = BadSmtp(behaviour)
    use_relay(world, bad.port)
    if daemon.is_running():
        daemon.stop()
    daemon.start()
    world.publish(*family(world, n, "Parent"))
    wait_for(lambda: bad.silent, "the server to fall silent at " + behaviour)
    daemon.kill9()
    bad.close()
    # Its lease of the intake would end by itself, in ten seconds.
    world.redis.command("HSET", world.key("owner"), "until", "0")
    return bad.accepted


@test("killed at any stage of a session: no email is missing, and one comes twice only when nobody could know")
def killed_test(world):
    world.set_clock(NOW)
    world.redis.start()
    daemon = world.daemon()
    before = []
    for n, (behaviour, _) in enumerate(STAGES):
        before += kill_at(world, daemon, behaviour, n)
    good = BadSmtp()
    use_relay(world, good.port)
    daemon.start()
    # The lease of each hand-over must end first.
    for minutes in (20, 40):
        world.set_clock("2026-11-24 09:%02d:00" % minutes)
        wait_for(lambda: world.redis.command("ZCARD", world.key("out:email:handing_over")) == 0, "the leases to end")
    wait_for(lambda: is_settled(world), "every email to be settled")
    mails = before + good.accepted
    found = collections.Counter(mail.recipient for mail in mails)
    for n, (behaviour, times) in enumerate(STAGES):
        recipient = "p%d@families.example" % n
        check_equal(found[recipient], times, "%s: how often it came" % behaviour)
        same = {(mail.sender, mail.data) for mail in mails if mail.recipient == recipient}
        check_equal(len(same), 1, "%s: each time the same bytes, and so the same Message-ID" % behaviour)
    good.close()


@test("a relay that is down costs no try; when it is back, what waits is released")
def recovery_test(world):
    bad = BadSmtp("busy_greeting")
    use_relay(world, bad.port)
    world.redis.start()
    daemon = begin(world)
    n = 30
    world.publish(*[event for i in range(n) for event in family(world, i, "Parent")])
    wait_for(lambda: bad.connections >= 3, "the relay to be tried again", 20)
    check(bad.connections <= 12, "it is left alone meanwhile: %d connections" % bad.connections)
    bad.behaviour = ""
    wait_for(lambda: len(bad.accepted) >= n, "all emails to be released", 25)
    wait_for(lambda: is_settled(world), "every outcome to be written down")
    check_equal(sorted(mail.recipient for mail in bad.accepted),
                sorted("p%d@families.example" % i for i in range(n)), "who got one")
    for key in world.redis.command("KEYS", world.key("msg:*").replace("{", "[{]")):
        tried, channel = world.redis.command("HMGET", key, "tried", "state")
        if channel == "accepted":
            check_equal(tried, "1", "one try was counted")
    bad.close()


def drafted(world, text, name, **at):
    sha256 = hashlib.sha256(text).hexdigest()
    return world.event("plan.draft_issued", "case/C0", {"enclosures": [
        {"id": name, "kind": "Návrh plánu", "sha256": sha256, "pages": 2, "sent_by": "candour"}]}, **at)


def waiting_tasks(world):
    return [each for each in world.ctl("case", "show", "C0").json["tasks"] if each["task"].startswith("t.held.")
            and not each["done"]]


@test("a notice never leaves without what is enclosed: it waits for the file that was reported, and the operator knows")
def enclosures_test(world):
    plan = b"%PDF-1.7\n" + bytes(range(256)) * 300
    world.configure({"enclosures": world.path("enclosed")})
    os.mkdir(world.path("enclosed"))
    world.set_clock(NOW)
    world.redis.start()
    daemon = begin(world)
    world.publish(*family(world, 0, "Parent"), drafted(world, plan, "plan-7", time_text="2026-11-24T09:00:00Z"))
    wait_for(lambda: "code=enclosure_missing" in daemon.log_text(), "the log to say why it waits")
    wait_for(lambda: waiting_tasks(world), "somebody to be asked for it")
    check("waits for its enclosure" in waiting_tasks(world)[0]["what"], "what is to be done")
    with open(world.path("enclosed/plan-7.pdf"), "wb") as file:
        file.write(plan[:-1])
    world.set_clock("2026-11-24 09:11:00")
    wait_for(lambda: "code=enclosure_changed" in daemon.log_text(), "the log to say that the file is another")
    check(len(world.mails()) == 1, "only the acknowledgement has left")
    held = [each for each in world.ctl("case", "show", "C0").json["messages"] if each["template"] == "plan-draft"]
    told = world.ctl("explain", held[0]["message"])
    check_equal(told.json["code"], "enclosure_changed", "explain's code")
    check_equal(told.json["tries"], 0, "no try is counted")
    with open(world.path("enclosed/plan-7.pdf"), "wb") as file:
        file.write(plan)
    world.set_clock("2026-11-24 09:22:00")
    wait_for(lambda: len(world.mails()) == 2, "the notice to leave")
    # Both were put into words in the same second.
    attached = [part for mail in world.mails() for part in mail.iter_attachments()]
    check_equal([part.get_filename() for part in attached], ["A draft for you to read.pdf", "Návrh plánu.pdf"],
                "the letter, then what is enclosed")
    check_equal([part.get_content_type() for part in attached], ["application/pdf"] * 2, "their types")
    check(attached[0].get_content().startswith(b"%PDF-"), "the letter's pages")
    check_equal(attached[1].get_content(), plan, "the bytes of the enclosure")
    world.wait_idle()
    check_equal(waiting_tasks(world), [], "nobody is asked for it any more")
    duty = [each for each in world.ctl("case", "show", "C0").json["duties"] if each["rule"] == "plan-draft"]
    check_equal([each["state"] for each in duty], ["met"], "the duty to send the draft")


@test("a wrong password stops the channel and not a message; a person mends it")
def password_test(world):
    authority = certificates.Authority(world.path("tls"))
    bad = BadSmtp("auth_refused", tls=authority.certificate("localhost"), users=True)
    with open(world.path("password"), "w", encoding="ascii") as file:
        file.write("wrong\n")
    use_relay(world, bad.port, host="localhost", tls="required", ca_file=authority.file, username="candour",
              password_file=world.path("password"))
    world.redis.start()
    daemon = begin(world)
    world.publish(*[event for i in range(40) for event in family(world, i, "Parent")])
    wait_for(lambda: "channel_paused" in daemon.log_text(), "the channel to stop")
    check("code=535" in daemon.log_text() or 'code="535' in daemon.log_text(), "the reason is logged")
    check("wrong" not in daemon.log_text() and "families.example" not in daemon.log_text(), "no secret, no address")
    # What had not been claimed when the channel stopped is ready, as it was.
    wait_for(lambda: sum(world.redis.command("ZCARD", world.key("out:email:" + state))
                         for state in ("waiting", "ready")) == 40, "the messages to wait")
    # Four threads try; what was on its way to them when the first was refused may be tried, too. Not each message.
    check(bad.connections < 40, "few tries: %d" % bad.connections)
    bad.close()


main()
