"""The whole portal on one machine: web server, worker and beat, started together and ended together.

Why not a library for this: those at hand neither notice when the site first answers, nor end everything when the terminal
is closed or a signal comes while they start.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic

HOST = "127.0.0.1"
# How long the processes may take to finish what they are doing; all has to be over within ten seconds of Ctrl-C.
PATIENCE_SECONDS = 4.0

WEB = "gunicorn portal.wsgi --workers 2 --worker-class gthread --threads 4 --preload --graceful-timeout 2 --no-control-socket"
# With a folder as broker the pool `solo` reacts in 0.1 s, the default one in seconds.
WORKER = "celery --quiet --app portal worker --pool solo --without-gossip --without-mingle --without-heartbeat"
BEAT = "celery --quiet --app portal beat --pidfile="


def commands(*, port: int, var_dir: Path) -> dict[str, list[str]]:
    """The processes by name, each as a command line. `port` is where the web server listens on this machine."""
    return {
        "web": [sys.executable, "-m", *WEB.split(), f"--bind={HOST}:{port}", "--log-level=warning"],
        "worker": [sys.executable, "-m", *WORKER.split(), "--loglevel=WARNING"],
        "beat": [sys.executable, "-m", *BEAT.split(), f"--schedule={var_dir / 'beat-schedule'}", "--loglevel=WARNING"],
    }


def is_free(port: int) -> bool:
    """Whether a web server could listen here."""
    with socket.socket() as probe:
        # As web servers do it, so that a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def empty(folder: Path) -> None:
    """Delete the files below this folder and leave its folders."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink(missing_ok=True)


def run_together(processes: Mapping[str, list[str]], *, folder: Path, port: int, on_ready: Callable[[], None]) -> str:
    """Run these commands in `folder` until SIGINT, SIGTERM or SIGHUP comes or one of them ends; then end the others.

    Calls `on_ready` once, when the site answers at `port`. Returns the name of the process that ended by itself, or an empty
    text after a signal. Nothing that was started here is left when it returns.
    """
    asked_to_end = Event()
    # Under nohup the end of the terminal is no reason to stop.
    numbers = [signal.SIGINT, signal.SIGTERM] + [signal.SIGHUP] * (signal.getsignal(signal.SIGHUP) != signal.SIG_IGN)
    before = {number: signal.signal(number, lambda *_: asked_to_end.set()) for number in numbers}
    running: dict[str, subprocess.Popen[bytes]] = {}
    ready = False
    try:
        for name, command in processes.items():
            running[name] = _start(command, folder)
        while not asked_to_end.wait(0.1):
            if ended := [name for name, process in running.items() if process.poll() is not None]:
                return ended[0]
            if not ready and _answers(port):
                ready = True
                on_ready()
        return ""
    finally:
        _end(running.values())
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C then reaches only this process, and whatever the command starts can be ended with it."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask every process and its children to end, and kill what is left after `PATIENCE_SECONDS`."""
    processes = list(processes)
    for process in processes:
        _send(signal.SIGTERM, process)
    deadline = monotonic() + PATIENCE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, deadline - monotonic()))
    for process in processes:
        _send(signal.SIGKILL, process)
        process.wait()


def _send(number: signal.Signals, process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
