"""What a daemon of a whole test serves: http.listen is a socket in the world's folder."""

import http.client
import socket

from harness import check_equal, wait_for


def serve(world):
    """Before the daemon starts."""
    world.configure({"http.listen": "unix:" + world.path("http.sock")})


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(30)
        self.sock.connect(self.path)


def get(world, path, method="GET"):
    connection = UnixConnection(world.path("http.sock"))
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def metrics(world):
    """Every sample by its name and labels."""
    status, body = get(world, "/metrics")
    check_equal(status, 200, "the status of /metrics")
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
            for line in body.splitlines() if not line.startswith("#")}


def begin(world, now="2026-11-24 09:00:00"):
    """Redis and a daemon that serves, both up."""
    world.set_clock(now)
    world.redis.start()
    serve(world)
    world.daemon().start()
    wait_for(lambda: get(world, "/health/ready")[0] == 200, "it to be ready")
