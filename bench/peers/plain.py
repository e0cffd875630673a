"""The floor: what Redis alone takes for all that a message leaves in it. The writes of an end to end run, as its
append-only file has them, are sent once more to a Redis that stands where that one stood: plainly, by redis-cli, without
scripts, reads, transactions and our code, while another program sends as many messages. Both share the machine."""

import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "harness"))
from harness import World  # noqa: E402
from peers import keep_quiet  # noqa: E402

FILES, LOG = "appendonlydir", "appendonly.aof.1.incr.aof"
BEGAN, ENDED = "bench:began", "bench:ended"


def mark(redis, what):
    redis.command("SET", what, "1")


def cut(data, what):
    """Before and behind the mark."""
    before, behind = data.split(b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$1\r\n1\r\n" % (len(what), what.encode()))
    return before, behind


class Writes:
    """Of the last run: a world whose Redis is as it was when that began, and what was written in it."""

    def __init__(self):
        self.world, self.bytes, self.commands = None, None, None

    def begin(self, redis):
        mark(redis, BEGAN)

    def end(self, redis):
        """Ends Redis, too: only then is all of it in the file."""
        mark(redis, ENDED)
        redis.stop()
        self.world = World(appendfsync="everysec")
        folder = os.path.join(self.world.redis.folder, FILES)
        shutil.copytree(os.path.join(redis.folder, FILES), folder)
        with open(os.path.join(folder, LOG), "rb") as file:
            before, behind = cut(file.read(), BEGAN)
        with open(os.path.join(folder, LOG), "wb") as file:
            file.write(before)
        writes, _ = cut(behind, ENDED)
        for word in (b"MULTI", b"EXEC"):
            writes = writes.replace(b"*1\r\n$%d\r\n%s\r\n" % (len(word), word), b"")
        self.bytes = len(writes)
        with open(self.world.path("writes"), "wb") as file:
            file.write(writes)

    def send_beside(self, words):
        """Seconds until Redis has taken all of them, and the program is done."""
        redis = self.world.redis
        try:
            redis.start()
            keep_quiet(redis)
            with open(self.world.path("writes"), "rb") as file:
                began = time.monotonic()
                with subprocess.Popen(["redis-cli", "-s", redis.socket, "--pipe"], stdin=file, stdout=subprocess.PIPE,
                                      encoding="utf-8") as sender:
                    subprocess.run(words, check=True, capture_output=True)
                    said, _ = sender.communicate()
                took = time.monotonic() - began
            done = re.search(r"^errors: 0, replies: (\d+)$", said, re.MULTILINE)
            assert done, said
            self.commands = int(done.group(1))
            return took
        finally:
            self.remove()

    def of_one(self, n):
        return {"commands": self.commands / n, "bytes": self.bytes / n}

    def tell(self, n):
        print("Redis' writes for a message: %(commands).1f commands, %(bytes).0f bytes" % self.of_one(n))

    def remove(self):
        if self.world is not None:
            self.world.remove()
            self.world = None
