"""A mail server that misbehaves in one named way, for tests of what comes of it.

    server = BadSmtp("die_after_data:2", tls=(cert, key))
    server.port; server.accepted (what it took: Mail); server.commands (all that it was told)
    server.close()

A behaviour is a name, or a name and the number of the message at which it happens ("die_at_mail:3");
without a number it happens at the first. Everything runs on threads of its own. Only the standard
library is used. The names are the methods' below (on_...) and the words in handle().
"""

import collections
import socket
import ssl
import struct
import time

from bad_server import LONG, BadServer, Hangup

Mail = collections.namedtuple("Mail", "sender recipient data tls at")


class Conversation:
    """One connection."""

    def __init__(self, server, connection):
        self.server, self.connection = server, connection
        self.file = connection.makefile("rb")
        self.behave()
        self.tls = False
        self.authenticated = False
        self.n = 0  # of the message
        self.sender = self.recipient = None
        self.chunks = b""

    def behave(self):
        """As the server is to behave by now."""
        self.name, _, at = self.server.behaviour.partition(":")
        self.at = int(at or 1)

    def is_now(self, name):
        return self.name == name and self.n == self.at

    def say(self, text):
        self.connection.sendall(text.encode("latin-1") + b"\r\n")

    def hang_up_if_idle(self):
        """After a message: as relays do that want their connections back."""
        self.connection.settimeout(0.05)
        try:
            if self.connection.recv(1, socket.MSG_PEEK):
                self.connection.settimeout(None)
                return
        except TimeoutError:
            pass
        self.hang_up()

    def hang_up(self, reset=False):
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Hangup()

    def be_silent(self):
        self.server.silent = True
        self.server.stopped.wait(LONG)
        raise Hangup()

    def be_held(self):
        """Until the test lets it go on, as another behaviour."""
        self.server.silent = True
        while not self.server.stopped.is_set() and self.server.behaviour.startswith("held"):
            self.server.stopped.wait(0.01)
        self.behave()
        self.server.silent = False

    def say_slowly(self, text):
        """A byte at a time, each within every limit for one reply."""
        for byte in text.encode("latin-1"):
            self.connection.sendall(bytes([byte]))
            if self.server.stopped.wait(0.5):
                raise Hangup()

    def say_for_ever(self, code):
        while not self.server.stopped.is_set():
            self.say("%d-and another thing" % code)

    # -- the conversation --

    def run(self):
        self.greet()
        while True:
            line = self.file.readline(4096)
            if not line:
                return
            text = line.decode("latin-1").rstrip("\r\n")
            self.server.commands.append(text)
            self.handle(text, text.split(" ")[0].upper())

    def greet(self):
        if self.name == "silent_at_greeting":
            self.be_silent()
        if self.name == "reset_at_greeting":
            self.hang_up(reset=True)
        if self.name == "slow_greeting":
            self.say_slowly("220 " + "x" * 200 + "\r\n")
        if self.name == "endless_greeting":
            self.say_for_ever(220)
        greetings = {"bad_greeting": "HTTP/1.1 400 Bad Request", "busy_greeting": "421 4.3.2 too busy",
                     "refusing_greeting": "554 5.3.2 no service for you"}
        self.say(greetings.get(self.name, "220 bad.example ESMTP"))

    def handle(self, text, word):
        if word in ("EHLO", "HELO"):
            self.on_hello(word)
        elif word == "STARTTLS":
            self.on_starttls()
        elif word == "AUTH":
            self.on_auth(text)
        elif word == "MAIL":
            self.on_mail(text)
        elif word == "RCPT":
            self.on_rcpt(text)
        elif word == "DATA":
            self.on_data()
        elif word == "BDAT":
            self.on_bdat(text)
        elif word in ("RSET", "NOOP"):
            self.say("250 2.0.0 ok")
        elif word == "QUIT":
            if self.name == "silent_at_quit":
                self.be_silent()
            if self.name == "slow_at_quit":
                self.say_slowly("221 " + "x" * 200 + "\r\n")
            if self.name == "endless_at_quit":
                self.say_for_ever(221)
            self.say("221 2.0.0 bye")
            self.hang_up()
        else:
            self.say("502 5.5.2 what?")

    def on_hello(self, word):
        if self.name == "silent_at_ehlo":
            self.be_silent()
        if self.name == "slow_ehlo":
            self.say_slowly("250 " + "x" * 200 + "\r\n")
        if self.name == "endless_ehlo":
            self.say_for_ever(250)
        if self.name == "only_helo" and word == "EHLO":
            self.say("502 5.5.1 what?")
            return
        offers = ["PIPELINING", "SIZE 20000000", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN"]
        if self.name in ("chunking", "chunking_die") or self.server.chunking:
            offers.append("CHUNKING")
        if self.server.tls and not self.tls and self.name != "starttls_missing":
            offers.append("STARTTLS")
        if self.server.users and (self.tls or not self.server.tls):
            offers.append("AUTH PLAIN LOGIN XOAUTH2")
        if word == "HELO" or self.name == "only_helo":
            offers = []
        lines = ["bad.example"] + offers
        for line in lines[:-1]:
            self.say("250-" + line)
        self.say("250 " + lines[-1])

    def on_starttls(self):
        if self.name == "starttls_refused":
            self.say("454 4.7.0 not now")
            return
        if self.name == "starttls_injected":
            self.connection.sendall(b"220 2.0.0 go\r\n250-injected.example\r\n250 PIPELINING\r\n")
        else:
            self.say("220 2.0.0 go")
        if self.name == "tls_stall":
            self.be_silent()
        if self.name == "tls_garbage":
            time.sleep(0.2)
            self.say("this is no TLS")
            self.hang_up()
        self.start_tls()

    def start_tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.server.tls)
        context.minimum_version = self.server.tls_from
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.file = self.connection.makefile("rb")
        self.tls = self.connection.version()

    def on_auth(self, text):
        if self.name == "auth_refused":
            self.say("535 5.7.8 no")
        elif self.name == "auth_later":
            self.say("454 4.7.0 the directory sleeps")
        elif len(text.split()) == 2 and not text.upper().endswith("LOGIN"):
            self.say("334 ")
            self.server.commands.append(self.file.readline().decode("latin-1").strip())
            self.authenticated = True
            self.say("235 2.7.0 welcome")
        elif text.upper().startswith("AUTH LOGIN"):
            for _ in range(2):
                self.say("334 VXNlcm5hbWU6")
                self.file.readline()
            self.authenticated = True
            self.say("235 2.7.0 welcome")
        else:
            self.authenticated = True
            self.say("235 2.7.0 welcome")

    def on_mail(self, text):
        self.behave()
        self.n = self.server.count()
        self.sender, self.recipient, self.chunks = text[text.find("<") + 1:text.find(">")], None, b""
        if self.is_now("die_at_mail"):
            self.hang_up()
        if self.is_now("silent_at_mail"):
            self.be_silent()
        if self.is_now("421_at_mail"):
            self.say("421 4.3.2 shutting down")
            self.hang_up()
        replies = {"451_at_mail": "451 4.7.1 greylisted", "452_at_mail": "452 4.3.1 no room",
                   "550_at_mail": "550 5.1.8 who are you?", "552_at_mail": "552 5.3.4 too large"}
        if self.name in replies and self.n == self.at:
            self.say(replies[self.name])
        elif self.server.users and not self.authenticated:
            self.say("530 5.7.0 who are you?")
        else:
            self.say("250 2.1.0 ok")

    def on_rcpt(self, text):
        replies = {"450_at_rcpt": "450 4.2.1 busy", "550_at_rcpt": "550 5.1.1 nobody",
                   "552_at_rcpt": "552 5.2.2 full", "554_at_rcpt": "554 5.7.1 denied",
                   "421_at_rcpt": "421 4.3.2 enough"}
        if self.is_now("die_at_rcpt"):
            self.hang_up()
        if self.is_now("silent_at_rcpt"):
            self.be_silent()
        if self.name in replies and self.n == self.at:
            self.say(replies[self.name])
            return
        self.recipient = text[text.find("<") + 1:text.find(">")]
        self.say("250 2.1.5 ok")

    def on_data(self):
        if self.recipient is None:
            self.say("554 5.5.1 no valid recipients")
            return
        if self.is_now("die_at_data"):
            self.hang_up()
        if self.is_now("silent_at_data"):
            self.be_silent()
        replies = {"451_at_data": "451 4.3.0 later", "554_at_data": "554 5.7.1 no"}
        if self.name in replies and self.n == self.at:
            self.say(replies[self.name])
            return
        self.say("354 go")
        data = b""
        while True:
            line = self.file.readline()
            if not line:
                raise Hangup()
            if self.is_now("reset_in_data"):
                self.hang_up(reset=True)
            if line == b".\r\n":
                break
            data += line[1:] if line.startswith(b".") else line
        self.answer(data)

    def on_bdat(self, text):
        words = text.split()
        data = self.file.read(int(words[1]))
        self.chunks += data
        if self.recipient is None:
            self.say("503 5.5.1 no valid recipients")
            return
        if self.is_now("chunking_die"):
            self.hang_up()
        if len(words) > 2:
            self.answer(self.chunks)
        else:
            self.say("250 2.0.0 chunk ok")

    def answer(self, data):
        """The whole message is here."""
        if self.is_now("die_after_data"):
            self.hang_up()
        if self.is_now("silent_after_data"):
            self.be_silent()
        if self.is_now("held_after_data"):
            self.be_held()
        replies = {"451_after_data": "451 4.3.0 later", "554_after_data": "554 5.6.0 no",
                   "552_after_data": "552 5.3.4 too large", "421_after_data": "421 4.3.2 bye"}
        if self.name in replies and self.n == self.at:
            self.say(replies[self.name])
            return
        self.server.accepted.append(Mail(self.sender, self.recipient, data, self.tls, time.monotonic()))
        if self.is_now("die_after_taking"):
            self.hang_up()
        if self.is_now("silent_after_taking"):
            self.be_silent()
        if self.is_now("slow_last_reply"):
            self.say_slowly("250 2.0.0 " + "x" * 200 + "\r\n")
        if self.is_now("endless_last_reply"):
            self.say_for_ever(250)
        if self.server.pause:
            time.sleep(self.server.pause)
        self.say("250 2.0.0 taken")
        if self.is_now("421_in_mid_session"):
            self.say("421 4.3.2 enough for now")
            self.hang_up()
        if self.is_now("hang_up_after"):
            self.hang_up()
        if self.name == "hang_up_when_idle":
            self.hang_up_if_idle()


class BadSmtp(BadServer):
    """tls: (certificate file, key file); implicit: from the first byte; tls_from: no older version; users: AUTH is asked for."""

    def __init__(self, behaviour="", tls=None, users=False, chunking=False, port=0, pause=0, implicit=False,
                 tls_from=ssl.TLSVersion.TLSv1_2):
        super().__init__(port)
        self.implicit, self.tls_from = implicit, tls_from
        self.behaviour, self.tls, self.users, self.chunking, self.pause = behaviour, tls, users, chunking, pause
        self.accepted, self.commands, self.messages = [], [], 0
        self.start()

    def count(self):
        with self.lock:
            self.messages += 1
            return self.messages

    def _talk(self, connection, to_close):
        conversation = Conversation(self, connection)
        try:
            if self.implicit:
                conversation.start_tls()
            conversation.run()
        finally:
            # Under TLS they are others than at first.
            to_close += [conversation.connection, conversation.file]
