"""Processes that start and end together: real ones, small and quick."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.content import processes
from portal.content.processes import commands, empty, is_free, run_together

SLEEPING = "import time; time.sleep(60)"
# Starts a child of its own and writes both process numbers; neither heeds a polite request.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("numbers").write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
SERVING = """
import http.server, os
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["TEST_PORT"])), Answer).serve_forever()
"""


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((processes.HOST, 0))
        number = int(probe.getsockname()[1])
    monkeypatch.setenv("TEST_PORT", str(number))
    return number


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def later(seconds: float, do: Callable[[], object]) -> None:
    threading.Timer(seconds, do).start()


def is_running(number: int) -> bool:
    """Whether a process with this number lives; one that ended and waits to be reaped does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_when_one_ends_by_itself_the_others_are_ended(tmp_path: Path, port: int) -> None:
    begin = time.monotonic()
    ended = run_together({"long": python(SLEEPING), "short": python("")}, folder=tmp_path, port=port, on_ready=pytest.fail)
    assert ended == "short"
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_and_is_no_fault(number: signal.Signals, tmp_path: Path, port: int) -> None:
    before = signal.getsignal(number)
    later(0.5, lambda: os.kill(os.getpid(), number))
    assert run_together({"long": python(SLEEPING)}, folder=tmp_path, port=port, on_ready=pytest.fail) == ""
    assert signal.getsignal(number) == before


def test_nothing_is_left_of_a_process_that_does_not_listen(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PATIENCE_SECONDS", 0.3)
    numbers = tmp_path / "numbers"

    def end_when_started() -> None:
        while not numbers.exists() or len(numbers.read_text().split()) < 2:
            time.sleep(0.05)
        assert all(is_running(int(number)) for number in numbers.read_text().split())
        os.kill(os.getpid(), signal.SIGTERM)

    later(0, end_when_started)
    run_together({"stubborn": python(STUBBORN)}, folder=tmp_path, port=port, on_ready=pytest.fail)
    time.sleep(0.1)
    assert not any(is_running(int(number)) for number in numbers.read_text().split())


def test_it_says_once_that_the_site_answers(tmp_path: Path, port: int) -> None:
    said: list[bool] = []

    def ready() -> None:
        said.append(True)
        later(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))

    assert run_together({"web": python(SERVING)}, folder=tmp_path, port=port, on_ready=ready) == ""
    assert said == [True]


def test_a_command_that_does_not_exist_leaves_nothing_behind(tmp_path: Path, port: int) -> None:
    code = "import os, pathlib, time; pathlib.Path('numbers').write_text(str(os.getpid())); time.sleep(60)"
    with pytest.raises(FileNotFoundError):
        run_together({"good": python(code), "bad": ["no-such-program"]}, folder=tmp_path, port=port, on_ready=pytest.fail)
    numbers = tmp_path / "numbers"
    assert not numbers.exists() or not is_running(int(numbers.read_text() or 0))


def test_a_taken_port_is_noticed(port: int) -> None:
    assert is_free(port)
    with socket.socket() as other:
        other.bind((processes.HOST, port))
        other.listen()
        assert not is_free(port)
    assert not is_free(99_999)


def test_emptying_a_folder_keeps_its_folders(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "1.msg").write_text("half a mess")
    empty(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["messages"]
    empty(tmp_path / "missing")


def test_the_commands_serve_at_the_port_and_write_below_var(tmp_path: Path) -> None:
    found = commands(port=8123, var_dir=tmp_path)
    assert found.keys() == {"web", "worker", "beat"}
    assert "--bind=127.0.0.1:8123" in found["web"]
    assert f"--schedule={tmp_path}/beat-schedule" in found["beat"]
