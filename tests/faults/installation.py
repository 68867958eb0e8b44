"""A portal of its own on this machine, as processes that may be killed: web server, worker, beat, an editor who never rests."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from portal.content.processes import commands
from tests.faults.nodes import free_port

# For one start; a machine that runs tests may be slow.
PATIENCE_SECONDS = 180


class Installation:
    """The processes by name; each has this process' environment, which names the database and all folders."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "processes.log").open("ab")
        self._commands = commands(port=self.port, var_dir=folder) | {"editor": [sys.executable, "-m", "tests.faults.editor"]}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start these, for the first time or after they were killed."""
        for name in names:
            self._running[name] = subprocess.Popen(
                self._commands[name], stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def wait(self) -> None:
        """Until the site answers. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise TimeoutError("the site does not answer")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Does the web server answer?"""
        with contextlib.suppress(URLError, OSError), urlopen(f"{self.url}/gezond/", timeout=10) as response:
            return int(response.status) == 200
        return False

    def kill(self, *names: str) -> None:
        """`kill -9` these and the processes that they started."""
        for name in names:
            process = self._running.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def dead(self) -> list[str]:
        """Those that ended by themselves."""
        return [name for name, process in self._running.items() if process.poll() is not None]

    def stop(self) -> None:
        """End everything."""
        for name in list(self._running):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
        self._log.close()
