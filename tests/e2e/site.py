"""The portal as `make run` starts it, with its demo, for a browser: web server, worker and beat in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Loading the demo takes half a minute on an idle machine.
PATIENCE_SECONDS = 600
# A laptop's values: no service that other tests use.
LEFT_OUT = {"DATABASE_URL", "REDIS_URL", "BROKER_URL", "BASE_URL", "ALLOWED_HOSTS", "SECRET_KEY"}


@contextmanager
def running_portal(folder: Path) -> Iterator[str]:
    """Start the portal with everything it makes below `folder`; gives its address without a closing slash, and ends it."""
    port = _free_port()
    log = folder / "log"
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.e2e.settings", "PORTAL_VAR_DIR": str(folder), "PORT": str(port)}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run"], cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, log)
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "Ctrl-C stops everything." not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the portal did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
