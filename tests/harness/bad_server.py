"""What the servers that misbehave have in common: connections, each on a thread of its own, and an end that breaks
them. Only the standard library is used.
"""

import socket
import threading

LONG = 600  # seconds; longer than any test


class Hangup(Exception):
    """The connection ends here."""


class BadServer:
    """One that inherits from it says in _talk(connection, to_close) what comes of a connection, and adds to to_close what
    it opened on it. It calls start() when it is ready for the first. port: 0 for any."""

    def __init__(self, port=0):
        self.connections = 0
        self.silent = False  # it has begun to be
        self.stopped = threading.Event()
        self.lock, self.open = threading.Lock(), set()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.listener.listen(128)

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            # Ours would otherwise wait for the other side's delayed acknowledgement.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.connections += 1
                self.open.add(connection)
            threading.Thread(target=self._talk_to, args=(connection,), daemon=True).start()

    def _talk_to(self, connection):
        to_close = [connection]
        try:
            self._talk(connection, to_close)
        except (Hangup, OSError, ValueError):
            pass
        finally:
            for each in reversed(to_close):
                try:
                    each.close()
                except OSError:
                    pass
            with self.lock:
                self.open.discard(connection)

    def close(self):
        """As when the machine behind it goes down: nobody listens, and what is open breaks."""
        self.stopped.set()
        # A thread in accept() keeps the socket alive; this wakes it.
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        with self.lock:
            for connection in self.open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
