"""Where counts wait until beat folds them: Redis, or a journal in a folder where there is no Redis.

Both hand out batches with a name; a batch stays until it is forgotten, so that a crash loses nothing, and its name is kept in the
database with its counts, so that a crash counts nothing twice.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import redis
from django.conf import settings

from search.counting.events import Event

# Older batches only: a file or hash of this many seconds may still be written to.
SETTLED_SECONDS = 5
VAR_DIR = "VAR_DIR"


class CounterPort(Protocol):
    """Something that counts without touching the database."""

    def add(self, event: Event) -> None:
        """Count one event. Never raises: a lost count is better than a lost page."""

    def batches(self) -> Iterator[tuple[str, Mapping[Event, int]]]:
        """What waits, as named batches."""

    def forget(self, name: str) -> None:
        """Throw a batch away that stands in the database."""


def _event(line: str) -> Event | None:
    with suppress(ValueError, TypeError, KeyError):
        values = json.loads(line)
        return Event(**{**values, "day": date.fromisoformat(values["day"])})
    return None


def _line(event: Event) -> str:
    return json.dumps({**asdict(event), "day": event.day.isoformat()}, ensure_ascii=False)


class JournalCounter:
    """One file a process and minute; a line is one write, so lines of several threads never mix."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, event: Event) -> None:
        """Append a line."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{int(time.time()) // 60}-{os.getpid()}.jsonl"
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, (_line(event) + "\n").encode())
            finally:
                os.close(handle)

    def batches(self) -> Iterator[tuple[str, Mapping[Event, int]]]:
        """Files of minutes that are over."""
        now = time.time()
        for path in sorted(self._folder.glob("*.jsonl")) if self._folder.exists() else ():
            minute = path.name.partition("-")[0]
            if minute.isdigit() and now < (int(minute) + 1) * 60 + SETTLED_SECONDS:
                continue
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            yield path.name, Counter(event for event in map(_event, lines) if event)

    def forget(self, name: str) -> None:
        """Delete the file."""
        (self._folder / Path(name).name).unlink(missing_ok=True)


class RedisCounter:
    """One hash a minute."""

    PREFIX = "portal:search-counts:"

    def __init__(self, url: str) -> None:
        self._redis: Any = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5, decode_responses=True)

    def add(self, event: Event) -> None:
        """Add one to the field of this event."""
        key = f"{self.PREFIX}{int(time.time()) // 60}"
        with suppress(redis.RedisError):
            pipe = self._redis.pipeline(transaction=False)
            pipe.hincrby(key, _line(event), 1)
            pipe.expire(key, 7 * 24 * 3600)
            pipe.execute()

    def batches(self) -> Iterator[tuple[str, Mapping[Event, int]]]:
        """Hashes of minutes that are over."""
        now = time.time()
        for key in sorted(self._redis.scan_iter(f"{self.PREFIX}*")):
            if now >= (int(key.removeprefix(self.PREFIX)) + 1) * 60 + SETTLED_SECONDS:
                counts = {_event(line): int(number) for line, number in self._redis.hgetall(key).items()}
                yield key, {event: number for event, number in counts.items() if event}

    def forget(self, name: str) -> None:
        """Delete the hash."""
        self._redis.delete(name)


def counter() -> CounterPort:
    """The counter of this machine: Redis when the settings name one, else the journal."""
    return _made(str(getattr(settings, "REDIS_URL", "")), Path(getattr(settings, VAR_DIR)) / "counts")


@cache
def _made(url: str, folder: Path) -> CounterPort:
    return RedisCounter(url) if url else JournalCounter(folder)
