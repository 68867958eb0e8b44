"""The files of the embedded engine: SQLite databases in one folder, of which the file `CURRENT` names the live one.

Readers look at `CURRENT` before each use, so that a new index takes over in one step (`os.replace`). Writers hold an advisory
lock on the folder; the system lets go of it when a process dies. The file before the live one is kept until the next swap, for
readers that were just opening it.
"""

import fcntl
import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from search.dutch.analysis import ANALYSIS_VERSION
from search.engines.base import EngineUnavailable

# To be raised when the tables, or the weights in them, are made in another way.
_SCHEMA_VERSION = 3
# Stamped on every file; one that carries another number was made by another version of this code.
FORMAT = _SCHEMA_VERSION * 1000 + ANALYSIS_VERSION
_NAME = re.compile(r"index-\d+\.sqlite3")

SCHEMA = """
-- `stems` are all stems of the document, compressed; `heaviest` a JSON object of the weightiest, each with its weight without and
-- with the labels. A removed document keeps its row, with live = 0: a tombstone that holds its revision and its id.
CREATE TABLE document (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, live INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '', sort_title TEXT NOT NULL DEFAULT '', updated INTEGER NOT NULL DEFAULT 0,
    stems BLOB NOT NULL DEFAULT x'', heaviest TEXT NOT NULL DEFAULT '{}', facets TEXT NOT NULL DEFAULT '[]');
CREATE INDEX document_updated ON document (updated DESC, key) WHERE live;
CREATE INDEX document_title ON document (sort_title, key) WHERE live;
CREATE TABLE posting (stem TEXT NOT NULL, block INTEGER NOT NULL, entries BLOB NOT NULL, UNIQUE (stem, block));
CREATE TABLE facet (name TEXT NOT NULL, code TEXT NOT NULL, bits BLOB NOT NULL, UNIQUE (name, code));
CREATE TABLE title_word (word TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (word, document)) WITHOUT ROWID;
CREATE INDEX title_word_document ON title_word (document);
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, stem TEXT NOT NULL, sound TEXT NOT NULL);
CREATE INDEX word_sound ON word (sound);
CREATE TABLE root (root_stem TEXT NOT NULL, stem TEXT NOT NULL, PRIMARY KEY (root_stem, stem)) WITHOUT ROWID;
"""


class _Kept(threading.local):
    """What a thread keeps open: a connection, and the process and the file that it belongs to."""

    connection: sqlite3.Connection | None = None
    process: int = 0
    name: str = ""


class IndexFolder:
    """The folder with the index files. One instance may serve many threads, and lives on in forked processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = _Kept()
        # Connections of a parent process: neither to be used nor to be closed here.
        self._inherited: list[sqlite3.Connection] = []

    def connection(self) -> sqlite3.Connection | None:
        """A connection of this thread to the live index; None when no index was ever made.

        Raises EngineUnavailable for an index of another version, sqlite3.Error for one that cannot be opened.
        """
        for _ in range(3):
            name = self._current_name()
            if name is None:
                return None
            kept = self._kept
            if kept.connection and (kept.process, kept.name) == (os.getpid(), name):
                return kept.connection
            try:
                opened = _open(self.path / name)
            except sqlite3.OperationalError:
                # Swapped and removed between the reading of CURRENT and the opening? Then CURRENT says something else by now.
                if self._current_name() == name:
                    raise
                continue
            self.close()
            kept.connection, kept.process, kept.name = opened, os.getpid(), name
            return opened
        raise EngineUnavailable(f"the index in {self.path} is replaced faster than it can be opened")

    def close(self) -> None:
        """Let go of this thread's connection."""
        kept = self._kept
        if kept.connection and kept.process == os.getpid():
            kept.connection.close()
        elif kept.connection:
            self._inherited.append(kept.connection)
        kept.connection = None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer, over all processes; waits for its turn."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    @contextmanager
    def building(self) -> Iterator[sqlite3.Connection]:
        """A new, empty index to fill. Leaving the block without an exception makes it the live one. Needs the lock."""
        name = f"index-{time.time_ns()}.sqlite3"
        try:
            yield from self._filled(name)
        except BaseException:
            (self.path / name).unlink(missing_ok=True)
            raise
        _sync(self.path / name)
        self._publish(name)

    def _filled(self, name: str) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path / name, isolation_level=None)) as connection:
            # Nobody else sees this file yet, and half of it is worth nothing: no journal.
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;" + SCHEMA)
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode=WAL")

    def _current_name(self) -> str | None:
        try:
            name = (self.path / "CURRENT").read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return None
        if not _NAME.fullmatch(name):
            raise EngineUnavailable(f"CURRENT in {self.path} names no index")
        return name

    def _publish(self, name: str) -> None:
        try:
            before = self._current_name()
        except EngineUnavailable:
            before = None
        draft = self.path / "CURRENT.new"
        draft.write_text(name, encoding="utf-8")
        _sync(draft)
        draft.replace(self.path / "CURRENT")
        for file in self.path.glob("index-*"):
            if not file.name.startswith((name, before or name)):
                file.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    # mode=rw: never make an empty database where a file is gone.
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=20, isolation_level=None)
    try:
        connection.executescript("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found != FORMAT:
            raise EngineUnavailable(f"{path.name} has format {found}, this code needs {FORMAT}: rebuild the index")
    except BaseException:
        connection.close()
        raise
    return connection


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
