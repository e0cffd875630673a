#!/usr/bin/env python3
"""Publishes an event from Python, with nothing but the standard library: publish.py SOCKET PASSWORD-FILE CASE

With a client library it is one line: redis.xadd("{candour}:events", {"event": json.dumps(event)}).
"""

import datetime
import json
import socket
import sys


def ask(stream, *words):
    """One command; its answer's first line."""
    data = b"*%d\r\n" % len(words)
    for word in words:
        text = word.encode()
        data += b"$%d\r\n%s\r\n" % (len(text), text)
    stream.sendall(data)
    file = stream.makefile("rb")
    line = file.readline().decode().rstrip()
    if line.startswith("-"):
        sys.exit("Redis said no: " + line[1:])
    return file.readline().decode().rstrip() if line.startswith("$") else line[1:]


def main(path, password_file, case):
    event = {
        "specversion": "1.0",
        "id": "plan-%s-2026-11-02" % case,
        "source": "example/python",
        "type": "action.agreed",
        "subject": "case/" + case,
        "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "data": {"action": "A-transport-" + case, "what": "Ask the school about transport",
                 "owner": {"service": "send", "person": "sam-okafor"}, "due": "2027-03-31", "agreed_with": ["mum"]},
    }
    with open(password_file, encoding="utf-8") as file:
        password = file.read().strip()
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(path)
        ask(stream, "AUTH", "candour-publisher", password)
        print(ask(stream, "XADD", "{candour}:events", "*", "event", json.dumps(event)))


main(*sys.argv[1:])
