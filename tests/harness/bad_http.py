"""An HTTP server that stands for a provider of text messages, and misbehaves in one named way.

    server = BadHttp("die_after_taking:2", tls=(cert, key))
    server.url; server.taken (every request it acted upon: Request); server.requests (all that it read whole)
    server.close()

A behaviour is a name, or a name and the number of the request at which it happens ("503:2"), or each how many requests
("503:%7"); without a number it happens at each. Several stand with "|" between them. Everything runs on threads of its own. Only the standard library is used.
"""

import collections
import email.utils
import json
import socket
import ssl
import struct
import time

from bad_server import LONG, BadServer, Hangup

Request = collections.namedtuple("Request", "method path headers body at")


class Conversation:
    """One connection."""

    def __init__(self, server, connection):
        self.server, self.connection = server, connection
        self.file = connection.makefile("rb")
        self.n = 0  # of the request, over all connections

    def is_now(self, name):
        for behaviour in self.server.behaviour.split("|"):
            word, _, at = behaviour.partition(":")
            if word == name and (not at or (self.n % int(at[1:]) == 0 if at[0] == "%" else self.n == int(at))):
                return True
        return False

    def hang_up(self, reset=False):
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Hangup()

    def be_silent(self):
        self.server.silent = True
        self.server.stopped.wait(LONG)
        raise Hangup()

    def run(self):
        if self.server.behaviour == "die_at_once":
            self.hang_up(reset=True)
        while True:
            request = self.read()
            if request is None:
                return
            self.n = self.server.count()
            self.server.requests.append(request)
            try:
                self.handle(request)
            finally:
                self.server.end_one()

    def read(self):
        line = self.file.readline(65536).decode("latin-1")
        if not line:
            return None
        method, path, _ = line.split(" ", 2)
        headers = {}
        while True:
            header = self.file.readline(65536).decode("latin-1").rstrip("\r\n")
            if not header:
                break
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        if self.server.behaviour == "die_before_body":
            self.hang_up(reset=True)
        body = self.file.read(int(headers.get("content-length", 0)))
        return Request(method, path, headers, body, time.monotonic())

    def handle(self, request):
        before = {"silent_before": self.be_silent, "die_after_reading": self.hang_up,
                  "reset_after_reading": lambda: self.hang_up(reset=True)}
        for name, act in before.items():
            if self.is_now(name):
                act()
        for behaviour in self.server.behaviour.split("|"):
            word = behaviour.partition(":")[0]
            if word.isdigit() and self.is_now(word):
                self.refuse(int(word))
                return
        if self.is_now("429_seconds"):
            self.answer(429, b"{}", "Retry-After: 7\r\n")
            return
        if self.is_now("429_date"):
            self.answer(429, b"{}", "Retry-After: %s\r\n" % email.utils.formatdate(time.time() + 9, usegmt=True))
            return
        self.server.taken.append(request)
        after = {"silent_after": self.be_silent, "die_after_taking": self.hang_up,
                 "reset_after_taking": lambda: self.hang_up(reset=True), "garbage": self.say_garbage,
                 "half": self.say_half, "slow": self.say_slowly, "endless_header": self.say_headers,
                 "endless_body": self.say_bodies}
        for name, act in after.items():
            if self.is_now(name):
                act()
        if self.is_now("late"):
            time.sleep(1.5)
        if self.server.pause:
            time.sleep(self.server.pause)
        status, body = self.server.say(request, len(self.server.taken))
        self.answer(status, body)
        if self.is_now("die_when_idle"):
            self.hang_up()

    def refuse(self, status):
        self.answer(status, b'{"error": "as asked"}', "Location: /elsewhere\r\n" if status // 100 == 3 else "")

    def answer(self, status, body, more=""):
        self.connection.sendall(b"HTTP/1.1 %d Said\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s" %
                                (status, more.encode(), len(body), body))

    def say_garbage(self):
        self.connection.sendall(b"220 this is no HTTP\r\n\r\n")
        self.hang_up()

    def say_half(self):
        self.connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\": ")
        self.hang_up()

    def say_slowly(self):
        for byte in b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}" + b" " * 1000:
            self.connection.sendall(bytes([byte]))
            if self.server.stopped.wait(0.1):
                self.hang_up()

    def say_headers(self):
        self.connection.sendall(b"HTTP/1.1 201 Created\r\n")
        while not self.server.stopped.is_set():
            self.connection.sendall(b"X-More: %s\r\n" % (b"x" * 900))

    def say_bodies(self):
        self.connection.sendall(b"HTTP/1.1 201 Created\r\n\r\n")
        while not self.server.stopped.is_set():
            self.connection.sendall(b"x" * 4096)


def say_generic(request, number):
    return 201, json.dumps({"id": "g-%d" % number}).encode()


class BadHttp(BadServer):
    """tls: (certificate file, key file); say(request, number) gives status and body where all is well."""

    def __init__(self, behaviour="", tls=None, say=say_generic, port=0, pause=0):
        super().__init__(port)
        self.behaviour, self.tls, self.say, self.pause = behaviour, tls, say, pause
        self.taken, self.requests, self.number = [], [], 0
        self.at_once = self.most_at_once = 0  # requests that are being answered
        self.url = "%s://%s:%d" % ("https" if tls else "http", "localhost" if tls else "127.0.0.1", self.port)
        self.start()

    def count(self):
        with self.lock:
            self.number += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            return self.number

    def end_one(self):
        with self.lock:
            self.at_once -= 1

    def _talk(self, connection, to_close):
        if self.behaviour == "silent_at_tls":
            self.stopped.wait(LONG)
        if self.behaviour == "garbage_at_tls":
            connection.sendall(b"this is no TLS\r\n")
        elif self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.tls)
            connection = context.wrap_socket(connection, server_side=True)
            to_close.append(connection)
        conversation = Conversation(self, connection)
        to_close.append(conversation.file)
        conversation.run()
