"""Nodes of Elasticsearch of a test's own, to be killed or to be reached by TLS."""

import contextlib
import os
import signal
import socket
import subprocess
from pathlib import Path

from tests.services import requires_url

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "elasticsearch.sh"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Node:
    """A node with its files in `folder`, of the server unpacked in ELASTICSEARCH_SERVER_TEST. `settings` are lines of
    elasticsearch.yml; without any it is a single node without security."""

    def __init__(self, folder: Path, *settings: str, scheme: str = "http", port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self._folder = folder
        self._settings = settings
        self._environment = {**os.environ, "SCHEME": scheme, "HEAP": "384m"}

    def begin(self) -> "subprocess.Popen[bytes]":
        """Start it, for the first time or again with the same files; the process returned ends when it answers."""
        server = requires_url("ELASTICSEARCH_SERVER_TEST")
        self._folder.parent.chmod(0o755)
        command = [SCRIPT, "start", server, self._folder, str(self.port), *self._settings]
        return subprocess.Popen(command, env=self._environment)

    def start(self) -> None:
        """Start it and wait until it answers."""
        if self.begin().wait(timeout=320) != 0:
            self.kill()
            raise TimeoutError((self._folder / "output").read_text()[-2_000:])

    def kill(self) -> None:
        """`kill -9`; does nothing to a node that never came to life."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((self._folder / "pid").read_text()), signal.SIGKILL)
