"""A server of our own in front of Elasticsearch that can behave in every way a server in trouble does."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["back", "down", "refused", "hanging", "red"]
_RED = (
    b"HTTP/1.1 503 Service Unavailable\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 63\r\nConnection: close\r\n\r\n"
    b'{"error":{"type":"cluster_block_exception"},"status":503}      '
)


class Proxy:
    """Listens on a port of its own. `back` passes everything on to `target`; `down` hangs up, `refused` does not listen,
    `hanging` accepts and stays silent, `red` answers 503 to everything."""

    def __init__(self, target: str = "") -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 0)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self.mode: Mode = "back"

    @property
    def url(self) -> str:
        """Where a client is sent."""
        return f"http://127.0.0.1:{self.port}"

    def become(self, mode: Mode) -> None:
        """Behave like this from now on; connections that stand are cut."""
        was, self.mode = self.mode, mode
        if mode == "refused":
            self._close(self._listener)
        elif was == "refused":
            self._listener = self._listen(self.port)
        self.cut()

    def cut(self) -> None:
        """End every connection."""
        with self._lock:
            connections, self._open = self._open, set()
        for connection in connections:
            self._close(connection)

    def stop(self) -> None:
        """Listen no more."""
        self._close(self._listener)
        self.cut()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), backlog=128)
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        with contextlib.suppress(OSError):
            if self.mode == "down":
                self._close(connection)
            elif self.mode == "red":
                while connection.recv(1 << 20):
                    connection.sendall(_RED)
                    return self._close(connection)
            elif self.mode == "back":
                other = socket.create_connection(self._target)
                with self._lock:
                    self._open.add(other)
                threading.Thread(target=self._pump, args=(other, connection), daemon=True).start()
                self._pump(connection, other)
        return None

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
        self._close(source)
        self._close(sink)

    @staticmethod
    def _close(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            # Wakes whoever waits in accept() or recv().
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


@contextlib.contextmanager
def proxy(target: str = "") -> Iterator[Proxy]:
    """A proxy for as long as the block lasts."""
    made = Proxy(target)
    try:
        yield made
    finally:
        made.stop()
