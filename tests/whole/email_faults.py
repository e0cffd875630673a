#!/usr/bin/env python3
"""The email channel against mail servers that misbehave: what comes of each message, and within which time.

The channel runs alone (tests/tool/email.c), one thread, three messages, one second for each reply: so the last
reply of a message has five seconds, and a message eight in all.
"""

import base64
import os
import re
import socket
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import certificates  # noqa: E402
from bad_smtp import BadSmtp  # noqa: E402
from faults import A, B, C, L, NA, NM, U, check_outcomes, check_table, check_taken  # noqa: E402
from harness import FLAVOUR, SLOWNESS, Failure, NotRun, check, check_equal, main, program, test  # noqa: E402

# With libesmtp and with libcurl the same, but where a row says otherwise. With AddressSanitizer libesmtp only, for
# the sake of time; CANDOUR_EMAIL names others.
TRANSPORTS = os.environ.get("CANDOUR_EMAIL", "libesmtp" if FLAVOUR == "asan" else "libesmtp curl").split()


def run(port, limit=30, **options):
    """The verdicts as [(outcome, code, ms)] in the order of the messages, and the seconds it took."""
    settings = dict({"host": "127.0.0.1", "port": port, "n": 3}, **options)
    words = ["%s=%s" % each for each in settings.items()]
    began = time.monotonic()
    done = subprocess.run([program("tests/tool/email")] + words, capture_output=True, encoding="utf-8",
                          timeout=limit * SLOWNESS, check=False)
    took = time.monotonic() - began
    if done.returncode != 0 or done.stderr:
        raise Failure("the tool ended with %d:\n%s%s" % (done.returncode, done.stdout, done.stderr))
    found = {}
    for line in done.stdout.splitlines():
        verdict = re.fullmatch(r"(\d+) (\S+) (.*) (\d+)", line)
        if verdict:
            number = int(verdict.group(1))
            check(number not in found, "one verdict for each message:\n" + done.stdout)
            found[number] = (verdict.group(2), verdict.group(3), int(verdict.group(4)))
    return [found.get(number) for number in range(int(settings["n"]))], took


# behaviour, outcomes of three messages, code of the first that was not accepted, seconds
FAULTS = [
    ("", [A, A, A], "", 2),
    ("chunking", [A, A, A], "", 2),
    ("only_helo", [A, A, A], "", 2),
    ("reset_at_greeting", [B, B, B], "connection|connect", 2),
    ("silent_at_greeting", [B, B, B], "connection", 3),
    ("bad_greeting", [B, B, B], "connection", 3),
    ("busy_greeting", [B, B, B], "421", 3),
    ("refusing_greeting", [C, C, C], "554", 3),
    ("slow_greeting", [B, B, B], "too_slow|connection", 11),
    ("endless_greeting", [B, B, B], "connection", 3),
    ("silent_at_ehlo", [B, B, B], "connection", 3),
    ("slow_ehlo", [B, B, B], "too_slow|connection", 11),
    ("endless_ehlo", [B, B, B], "too_slow|connection", 11),
    ("die_at_mail", [B, B, B], "connection", 2),
    ("silent_at_mail", [B, B, B], "connection", 3),
    ("421_at_mail", [B, B, B], "421", 2),
    ("421_at_mail:2", [A, A, A], "", 3),
    ("die_at_mail:2", [A, A, A], "", 3),
    ("hang_up_after:2", [A, A, A], "", 3),
    ("421_in_mid_session:2", [A, A, A], "", 3),
    ("452_at_mail", [B, B, B], "452", 2),
    ("451_at_mail", [L, A, A], "451", 2),
    ("550_at_mail", [C, C, C], "550", 2),
    ("552_at_mail", [NM, A, A], "552", 2),
    ("die_at_rcpt", [L, B, B], "broken_off", 3),
    ("silent_at_rcpt", [L, B, B], "broken_off", 4),
    ("450_at_rcpt", [L, A, A], "450", 2),
    ("550_at_rcpt", [NA, A, A], "550", 2),
    ("550_at_rcpt:2", [A, NA, A], "550", 2),
    ("552_at_rcpt", [L, A, A], "552", 2),
    ("554_at_rcpt", [NM, A, A], "554", 2),
    ("421_at_rcpt", [B, B, B], "421", 2),
    ("die_at_data:2", [A, L, A], "broken_off", 3),
    ("silent_at_data:2", [A, L, A], "broken_off", 4),
    ("451_at_data:2", [A, L, A], "451", 2),
    ("554_at_data:2", [A, NM, A], "554", 2),
    ("reset_in_data:2", [A, U, A], "no_reply", 3),
    ("die_after_data:2", [A, U, A], "no_reply", 3),
    ("die_after_taking:2", [A, U, A], "no_reply", 3),
    ("silent_after_data:2", [A, U, A], "no_reply", 8),
    ("endless_last_reply:2", [A, U, A], "no_reply", 3),
    ("451_after_data:2", [A, L, A], "451", 2),
    ("552_after_data:2", [A, NM, A], "552", 2),
    ("554_after_data:2", [A, NM, A], "554", 2),
    ("421_after_data:2", [A, L, A], "421", 3),
    ("silent_at_quit", [A, A, A], "", 5),
    ("slow_at_quit", [A, A, A], "", 5),
    ("endless_at_quit", [A, A, A], "", 5),
]
"""What is behind a session that broke with its first message has not begun; behind one that has been
of use, it gets the next session."""

FAULTS_OF = {
    "libesmtp": [
        # Its pieces are not waited for one by one.
        ("chunking_die:2", [A, U + "|" + L, A], "no_reply|broken_off", 3),
        # Its limit is for each piece of a reply, and the first word has come when the message's is over.
        ("slow_last_reply:2", [A, A, A], "", 11),
    ],
    "curl": [
        # Its limit is for a reply as a whole; and it has no CHUNKING.
        ("slow_last_reply:2", [A, U, A], "no_reply", 8),
    ],
}

TLS_FAULTS = [
    ("", [A, A, A], "", 3),
    ("starttls_missing", [C, C, C], "starttls_missing", 3),
    ("starttls_refused", [B, B, B], "454", 3),
    ("starttls_injected", [C, C, C], "starttls_injected", 3),
    ("tls_stall", [B, B, B], "tls", 4),
    ("tls_garbage", [B, B, B], "tls", 3),
]

AUTH_FAULTS = [
    ("", [A, A, A], "", 3),
    ("auth_refused", [C, C, C], "535", 3),
    ("auth_later", [B, B, B], "454", 3),
]


def check_row(server, row, **options):
    found, took = run(server.port, **options)
    name = "%s %s" % (options.get("transport", ""), row[0] or "all well")
    outcomes = check_outcomes(name, row, found, took)
    check_taken(name, outcomes, [int(re.fullmatch(r"p(\d+)@families\.example", mail.recipient).group(1))
                                 for mail in server.accepted])
    return outcomes


def check_all(table, make_server, **options):
    check_table(table, make_server, lambda server, row: check_row(server, row, **options), 8)


@test("each fault of a mail server has its outcome, within its time")
def faults_test(world):
    for transport in TRANSPORTS:
        check_all(FAULTS + FAULTS_OF[transport], BadSmtp, transport=transport)


@test("each fault of TLS has its outcome, within its time")
def tls_test(world):
    authority = certificates.Authority(world.folder)
    pair = authority.certificate("localhost")
    for transport in TRANSPORTS:
        check_all(TLS_FAULTS, lambda behaviour: BadSmtp(behaviour, tls=pair), transport=transport,
                  host="localhost", tls="required", ca_file=authority.file)


def secret(world, text):
    """A file that holds a password."""
    with open(world.path("secret"), "w", encoding="ascii") as file:
        file.write(text + "\n")
    return world.path("secret")


@test("each fault of AUTH has its outcome, within its time")
def auth_test(world):
    authority = certificates.Authority(world.folder)
    pair = authority.certificate("localhost")
    for transport in TRANSPORTS:
        check_all(AUTH_FAULTS, lambda behaviour: BadSmtp(behaviour, tls=pair, users=True), transport=transport,
                  host="localhost", tls="required", ca_file=authority.file, username="candour", password_file=secret(world, "secret"))
        # A relay that wants to know who we are, and we do not say.
        check_all([("", [C, C, C], "530", 3)], lambda behaviour: BadSmtp(behaviour, users=True), transport=transport)


@test("libcurl says who we are with a bearer token")
def oauth_test(world):
    authority = certificates.Authority(world.folder)
    server = BadSmtp("", tls=authority.certificate("localhost"), users=True)
    found, _ = run(server.port, transport="curl", host="localhost", tls="required", ca_file=authority.file,
                   username="candour@x.example", password_file=secret(world, "token-of-the-test"), oauth=1)
    check_equal([verdict[0] for verdict in found], [A, A, A], "the outcomes")
    check("AUTH XOAUTH2" in server.commands, "the mechanism: %r" % server.commands)
    said = base64.b64decode(server.commands[server.commands.index("AUTH XOAUTH2") + 1])
    check_equal(said, b"user=candour@x.example\1auth=Bearer token-of-the-test\1\1", "what it says")
    server.close()


@test("a password that is changed is used by the next session, and without its file nothing is begun")
def changed_test(world):
    for transport in TRANSPORTS:
        server = BadSmtp("", users=True)
        words = ["host=127.0.0.1", "port=%d" % server.port, "transport=" + transport, "username=candour", "n=2",
                 "session_messages=1", "pause_ms=%d" % (1500 * SLOWNESS), "password_file=" + secret(world, "first")]
        with subprocess.Popen([program("tests/tool/email")] + words, stdout=subprocess.PIPE, encoding="utf-8") as tool:
            check("0 accepted" in tool.stdout.readline(), "the first message")
            secret(world, "second")
            check("1 accepted" in tool.stdout.readline(), "the second message")
        said = [base64.b64decode(command.split()[-1]) for command in server.commands
                if command.startswith("AUTH PLAIN ") or re.fullmatch(r"[A-Za-z0-9+/]{8,}=*", command)]
        check_equal([each.split(b"\0")[-1] for each in said], [b"first", b"second"], "what was said")
        server.close()
        os.unlink(secret(world, "gone"))
        with subprocess.Popen([program("tests/tool/email")] + words, stderr=subprocess.PIPE, encoding="utf-8") as tool:
            check("password" in tool.stderr.read(), "a file that is not there is said at once")


@test("libcurl speaks TLS from the first byte on port 465")
def implicit_test(world):
    authority = certificates.Authority(world.folder)
    try:
        server = BadSmtp("", tls=authority.certificate("localhost"), implicit=True, port=465)
    except OSError as reason:
        raise NotRun("port 465 cannot be had: %s" % reason) from None
    found, _ = run(server.port, transport="curl", host="localhost", tls="required", ca_file=authority.file)
    check_equal([verdict[0] for verdict in found], [A, A, A], "the outcomes")
    check(all(mail.tls for mail in server.accepted), "under TLS")
    check("STARTTLS" not in server.commands, "from the first byte")
    server.close()


@test("libcurl speaks TLS 1.3 to a relay that speaks no older one")
def newest_test(world):
    authority = certificates.Authority(world.folder)
    server = BadSmtp("", tls=authority.certificate("localhost"), tls_from=ssl.TLSVersion.TLSv1_3)
    found, _ = run(server.port, transport="curl", host="localhost", tls="required", ca_file=authority.file)
    check_equal([verdict[0] for verdict in found], [A, A, A], "the outcomes")
    check_equal({mail.tls for mail in server.accepted}, {"TLSv1.3"}, "the version")
    server.close()


@test("a certificate that is wrong, old or a stranger's stops the channel before a message leaves")
def certificate_test(world):
    authority = certificates.Authority(world.folder)
    stranger = certificates.Authority(world.path("stranger"))
    pairs = {"tls_host": authority.certificate("other.example"),
             "tls_expired": authority.certificate("localhost", days=-1),
             "tls_untrusted": stranger.certificate("localhost")}
    for transport in TRANSPORTS:
        for code, pair in pairs.items():
            server = BadSmtp("", tls=pair)
            check_row(server, (code, [C, C, C], code, 3), transport=transport, host="localhost", tls="required",
                      ca_file=authority.file)
            check(not any(command.startswith("MAIL") for command in server.commands), "nothing was begun")
            server.close()
        # "optional" is against listeners, not against impostors.
        server = BadSmtp("", tls=pairs["tls_untrusted"])
        check_row(server, ("optional", [A, A, A], "", 3), transport=transport, host="localhost", tls="optional")
        check(all(mail.tls for mail in server.accepted), "TLS is used where it is offered")
        server.close()


@test("the second session with STARTTLS is as good as the first, on several threads")
def second_session_test(world):
    authority = certificates.Authority(world.folder)
    server = BadSmtp("", tls=authority.certificate("localhost"))
    for transport in TRANSPORTS:
        found, _ = run(server.port, transport=transport, host="localhost", tls="required", ca_file=authority.file,
                       n=40, threads=4, session_messages=2)
        check_equal([verdict[0] for verdict in found], [A] * 40, "the outcomes")
    check(server.connections >= 20, "there were many sessions")
    check(all(mail.tls for mail in server.accepted), "all of them under TLS")
    server.close()


@test("on a warm connection a message takes less than 20 ms: TCP_NODELAY is set")
def nodelay_test(world):
    server = BadSmtp("")
    for transport in TRANSPORTS:
        _, took = run(server.port, transport=transport, n=100, size=4000)
        # Held back by Nagle's algorithm it would be 44 ms for each.
        check(took < 100 * 0.020 * SLOWNESS, "100 messages of 4 kB took %.2f s" % took)
    server.close()


@test("what comes within a second goes in the same session, and a session that the relay ends costs nothing")
def linger_test(world):
    for transport in TRANSPORTS:
        server = BadSmtp("")
        found, _ = run(server.port, transport=transport, n=5, pause_ms=150)
        check_equal([verdict[0] for verdict in found], [A] * 5, "the outcomes")
        check_equal(server.connections, 1, "the sessions")
        server.close()
        server = BadSmtp("hang_up_when_idle")
        found, _ = run(server.port, transport=transport, n=5, pause_ms=300)
        check_equal([verdict[0] for verdict in found], [A] * 5, "the outcomes where the relay hangs up")
        check_equal(len(server.accepted), 5, "each came once")
        server.close()


@test("nothing in an address makes a second command, and the others go on")
def injection_test(world):
    for transport in TRANSPORTS:
        server = BadSmtp("")
        for bad in ("a@x.example>\r\nRCPT TO:<evil@x.example", "a@x.example\nDATA", "a b@x.example", "evil"):
            found, _ = run(server.port, transport=transport, n=1, to=bad)
            check_equal(found[0][0], NA, "the outcome for %r" % bad)
        found, _ = run(server.port, transport=transport, n=1, to="a@faß.example")
        check_equal(found[0][0], A, "an address that is fine")
        check_equal([mail.recipient for mail in server.accepted], ["a@xn--fa-hia.example"], "who got one")
        check(not any("evil" in command for command in server.commands), "what the server was told")
        server.close()


@test("the envelope names the message, and its bytes are well formed")
def envelope_test(world):
    for transport in TRANSPORTS:
        for chunking in (False, True):
            server = BadSmtp("", chunking=chunking)
            run(server.port, transport=transport, n=2)
            check_equal([mail.sender for mail in server.accepted],
                        ["candour+m%024x@sheffield.example" % n for n in range(2)], "the senders")
            for mail in server.accepted:
                check(re.search(rb"[^\r]\n|\r[^\n]", mail.data) is None, "every line ends in CRLF")
                check(b"\r\nMessage-Id: <m0000" in mail.data, "our Message-ID")
            server.close()


@test("a server that is not there, or never answers the call, costs no try and little time")
def nobody_test(world):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        for transport in TRANSPORTS:
            found, took = run(port, transport=transport)
            check_equal([verdict[:2] for verdict in found], [(B, "connect")] * 3, "nobody listens")
            check(took < 2 * SLOWNESS, "it took %.1f s" % took)
        # A queue that is full: the kernel drops the call.
        held.listen(0)
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        time.sleep(0.2)
        for transport in TRANSPORTS:
            found, took = run(port, transport=transport, reply_within_ms=2000)
            check_equal([verdict[:2] for verdict in found], [(B, "connect")] * 3, "nobody answers")
            check(took < 4 * SLOWNESS, "it took %.1f s" % took)
        for caller in callers:
            caller.close()
    found, _ = run(25, host="nowhere.invalid")
    check_equal([verdict[0] for verdict in found], [B] * 3, "a name that nobody has")


@test("it stops within its limit, whatever the server does; what has not begun goes back")
def stop_test(world):
    for transport in TRANSPORTS:
        for behaviour, first in (("silent_at_greeting", B), ("silent_at_rcpt", L), ("silent_after_data", U)):
            server = BadSmtp(behaviour)
            found, took = run(server.port, transport=transport, reply_within_ms=30000,
                              close_after_ms=300 * SLOWNESS, limit_ms=2000)
            check_equal(found[0][0], first, "%s: the message under way" % behaviour)
            check_equal([verdict[0] for verdict in found[1:]], [B, B], "%s: those behind it" % behaviour)
            check(took < 3 * SLOWNESS, "%s: it took %.1f s" % (behaviour, took))
            server.close()


@test("threads that do not come back are counted, until they do")
def stuck_test(world):
    server = BadSmtp("")
    # A message may take 0.8 s here; then its connection is cut, and a second later its thread counts as stuck.
    done = subprocess.run([program("tests/tool/email"), "host=localhost", "port=%d" % server.port, "n=2", "threads=2",
                           "session_messages=1", "reply_within_ms=100", "lookup_ms=3000"], capture_output=True,
                          encoding="utf-8", timeout=30 * SLOWNESS, check=True)
    lines = done.stdout.splitlines()
    stuck = [line for line in lines if line.startswith("stuck")]
    check("stuck 2" in stuck, "the count:\n" + done.stdout)
    check_equal(sorted(line.rsplit(" ", 1)[0] for line in lines if line[0] in "01"),
                ["0 not_begun too_slow", "1 not_begun too_slow"], "the outcomes")
    server.close()


main()
