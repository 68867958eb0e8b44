"""Which documents hold a stem, and with what weight: one row for a stem and a block of 1,024 documents.

The entries of a row are 16-bit numbers, three rows of equal length: the documents' places in the block, their weights without the
labels, their weights with them. Weights are kept in thousandths. Reading a stem is a handful of rows; changing a document touches
one small row for each of its stems.
"""

import sqlite3
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from search.engines.weights import Weight

BLOCK = 1024
SCALE = 1000
_MOST = 65_535
_ENTRY = 6


@dataclass(frozen=True, slots=True)
class Posting:
    """The documents (ids, ascending) that hold a stem, and their weights in thousandths."""

    ids: list[int]
    weights: list[int]


def read(connection: sqlite3.Connection, stems: Iterable[str], *, labels: bool) -> dict[str, Posting]:
    """The postings of these stems. With `labels` off, documents that hold a stem in their labels only are left out."""
    wanted = list(stems)
    marks = ",".join("?" * len(wanted))
    found: dict[str, Posting] = {}
    rows = connection.execute(f"SELECT stem, block, entries FROM posting WHERE stem IN ({marks}) ORDER BY stem, block", wanted)  # noqa: S608
    for stem, block, entries in rows:
        offsets, text, every = _unpack(entries)
        first = block * BLOCK
        posting = found.setdefault(stem, Posting([], []))
        if labels:
            posting.ids.extend([first + offset for offset in offsets])
            posting.weights.extend(every)
        else:
            kept = [(first + offset, weight) for offset, weight in zip(offsets, text, strict=True) if weight]
            posting.ids.extend(id_ for id_, _ in kept)
            posting.weights.extend(weight for _, weight in kept)
    return found


def holders(connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, int]:
    """How many documents hold each of these stems, in any field; stems that none holds are left out."""
    wanted = list(stems)
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(f"SELECT stem, sum(length(entries)) FROM posting WHERE stem IN ({marks}) GROUP BY stem", wanted)  # noqa: S608
    return {stem: size // _ENTRY for stem, size in rows}


class PostingChanges:
    """Collects what many documents change and writes each row once."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, int], dict[int, Weight | None]] = {}

    def set(self, stem: str, document: int, weight: Weight | None) -> None:
        """Give a document a weight for a stem; None removes it. A later call for the same pair wins."""
        block, offset = divmod(document, BLOCK)
        self._changes.setdefault((stem, block), {})[offset] = weight

    def write(self, connection: sqlite3.Connection) -> None:
        """Merge the changes into the index and forget them."""
        for (stem, block), changes in self._changes.items():
            row = connection.execute("SELECT rowid, entries FROM posting WHERE stem = ? AND block = ?", (stem, block)).fetchone()
            entries = {offset: (text, every) for offset, text, every in zip(*_unpack(row[1]), strict=True)} if row else {}
            for offset, weight in changes.items():
                if weight is None:
                    entries.pop(offset, None)
                else:
                    entries[offset] = (_scaled(weight.text), max(1, _scaled(weight.all)))
            if row and entries:
                connection.execute("UPDATE posting SET entries = ? WHERE rowid = ?", (_pack(entries), row[0]))
            elif row:
                connection.execute("DELETE FROM posting WHERE rowid = ?", (row[0],))
            elif entries:
                connection.execute("INSERT INTO posting (stem, block, entries) VALUES (?, ?, ?)", (stem, block, _pack(entries)))
        self._changes.clear()


def _scaled(weight: float) -> int:
    return min(_MOST, round(weight * SCALE))


def _pack(entries: dict[int, tuple[int, int]]) -> bytes:
    rows = sorted((offset, text, every) for offset, (text, every) in entries.items())
    return array("H", [number for column in zip(*rows, strict=True) for number in column]).tobytes()


def _unpack(entries: bytes) -> tuple[list[int], list[int], list[int]]:
    if len(entries) % _ENTRY:
        raise sqlite3.DatabaseError("a row of postings is damaged")
    numbers = array("H", entries).tolist()
    size = len(numbers) // 3
    return numbers[:size], numbers[size : 2 * size], numbers[2 * size :]
