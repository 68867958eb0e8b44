"""Nodes of Elasticsearch of a test's own, to be killed or to be reached by TLS."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.request import urlopen

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

    def __init__(self, folder: Path, *settings: str, scheme: str = "http", port: int | None = None, heap: str = "384m") -> None:
        self.port = port or free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self._folder = folder
        self._settings = settings
        self._environment = {**os.environ, "SCHEME": scheme, "HEAP": heap}

    def begin(self) -> "subprocess.Popen[bytes]":
        """Start it, for the first time or again with the same files; the process returned ends when it answers."""
        server = requires_url("ELASTICSEARCH_SERVER_TEST")
        self._folder.parent.chmod(0o755)
        command = [SCRIPT, "start", server, self._folder, str(self.port), *self._settings]
        return subprocess.Popen(command, env=self._environment)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.wait(self.begin())

    def wait(self, beginning: "subprocess.Popen[bytes]") -> None:
        """Until a start that was begun is done. Raises TimeoutError with what the server said."""
        if beginning.wait(timeout=320) != 0:
            self.kill()
            raise TimeoutError((self._folder / "output").read_text()[-2_000:])

    def kill(self) -> None:
        """`kill -9`; does nothing to a node that does not live."""
        number = self._folder / "pid"
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int(number.read_text()), signal.SIGKILL)
        # Another process may get this number one day.
        number.unlink(missing_ok=True)


def cluster(folder: Path) -> Sequence[Node]:
    """Two nodes with data and a small one that only votes, so that one may die and the rest is still a majority; not started."""
    ports = [free_port() for _ in range(3)]
    hosts = ", ".join(f'"127.0.0.1:{port}"' for port in ports)
    common = ("xpack.security.enabled: false", f"discovery.seed_hosts: [{hosts}]", "cluster.initial_master_nodes: [n0, n1, n2]")
    roles = ("master, data", "master, data", "master")
    return [
        Node(
            folder / f"n{number}",
            *common,
            f"node.name: n{number}",
            f"node.roles: [{role}]",
            f"transport.port: {port}",
            heap="384m" if "data" in role else "256m",
        )
        for number, (port, role) in enumerate(zip(ports, roles, strict=True))
    ]


def wait_for_copies(nodes: Sequence[Node], patience: float = 300) -> None:
    """Until all these nodes are of one cluster and every index has its replica. Raises TimeoutError."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urlopen(f"{nodes[0].url}/_cluster/health?timeout=5s", timeout=10) as answer:
            health = json.load(answer)
            if (health["status"], health["number_of_nodes"]) == ("green", len(nodes)):
                return
        time.sleep(0.5)
    raise TimeoutError("the indices have no replica")
