"""Visitors who search without a pause, and what became of their searches."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

# In the line that says that a fall-back answered, as visitors read it; and in every hit.
SIMPLER, _HIT = b"eenvoudiger", b'class="hit'


@dataclass(slots=True)
class Tally:
    """`errors` are answers of 500 and more, `away` connections that failed, `empty` answers without the lessons that there
    always are, `degraded` those of the fall-back; `slowest` in seconds."""

    asked: int = 0
    errors: int = 0
    away: int = 0
    empty: int = 0
    degraded: int = 0
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, outcome: str, degraded: bool, seconds: float) -> None:
        """Count one search."""
        with self._lock:
            self.asked += 1
            self.degraded += degraded
            self.slowest = max(self.slowest, seconds)
            if outcome:
                setattr(self, outcome, getattr(self, outcome) + 1)

    def line(self) -> str:
        """For people."""
        return (
            f"{self.asked} searches: {self.errors} errors, {self.empty} empty, {self.away} without a server, "
            f"{self.degraded} by the fall-back, slowest {self.slowest:.1f} s"
        )


@contextmanager
def visitors(url: str, number: int = 2) -> Iterator[Tally]:
    """So many visitors ask for the word that all lessons have, as long as the block lasts."""
    tally, leave = Tally(), threading.Event()

    def visit() -> None:
        while not leave.is_set():
            begin = time.perf_counter()
            outcome, degraded = _ask(f"{url}/zoeken/?q=zwoblix")
            tally.add(outcome, degraded, time.perf_counter() - begin)
            leave.wait(0.02)

    threads = [threading.Thread(target=visit, daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield tally
    finally:
        leave.set()
        for thread in threads:
            thread.join(60)


def _ask(address: str) -> tuple[str, bool]:
    try:
        with urlopen(address, timeout=60) as response:
            page = response.read()
    except HTTPError as error:
        return ("errors" if error.code >= 500 else "empty"), False
    except (URLError, OSError, HTTPException):
        return "away", False
    return ("" if _HIT in page else "empty"), SIMPLER in page
