"""The words of the documents, kept in the index file, so that any process can plan a question against the same snapshot."""

import sqlite3
import threading
from collections.abc import Mapping

from search.dutch.analysis import Analyzer
from search.dutch.families import roots, sound
from search.dutch.spelling import Candidate, Speller
from search.engines import postings


def learn(connection: sqlite3.Connection, surface: Mapping[str, str], analyzer: Analyzer) -> None:
    """Add folded words with their stems; known ones are left as they are. Words are forgotten at the next rebuild only: whether a
    word still stands in a document is asked of the postings."""
    for word, stem in surface.items():
        if connection.execute("SELECT 1 FROM word WHERE word = ?", (word,)).fetchone() is None:
            connection.execute("INSERT INTO word (word, stem, sound) VALUES (?, ?, ?)", (word, stem, sound(word)))
            ties = ((analyzer.stem(root), stem) for root in roots(word))
            connection.executemany("INSERT OR IGNORE INTO root (root_stem, stem) VALUES (?, ?)", ties)


class SpellingMemory:
    """The words of one index file in memory, shared by the threads of a process; reads only what came since the last time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file = ""
        self._last_id = 0
        self._speller = Speller()

    def speller(self, connection: sqlite3.Connection) -> Speller:
        """A speller that knows at least the words this connection sees."""
        file = connection.execute("PRAGMA database_list").fetchone()[2]
        with self._lock:
            if file != self._file:
                self._file, self._last_id, self._speller = file, 0, Speller()
            rows = connection.execute("SELECT id, word FROM word WHERE id > ? ORDER BY id", (self._last_id,)).fetchall()
            if rows:
                self._last_id = rows[-1][0]
                self._speller.add(word for _, word in rows)
            return self._speller


class StoredVocabulary:
    """The planner's questions, answered within the read transaction of one search."""

    def __init__(self, connection: sqlite3.Connection, memory: SpellingMemory, documents: int) -> None:
        self._connection = connection
        self._memory = memory
        self._documents = documents

    @property
    def documents(self) -> int:
        """The number of live documents."""
        return self._documents

    def holders(self, stem: str) -> int:
        """The number of documents that hold this stem, as a word or as a member of a compound."""
        return postings.holders(self._connection, [stem]).get(stem, 0)

    def spellings(self, word: str) -> list[Candidate]:
        """Words of the documents that differ little from this one, best first."""
        return self._memory.speller(self._connection).candidates(word, self._frequency)

    def sounding(self, key: str) -> list[str]:
        """Words of the documents with this sound key."""
        return self._column("SELECT word FROM word WHERE sound = ? ORDER BY word", key)

    def with_root(self, root_stem: str) -> list[str]:
        """Stems of words of the documents that have this stem as the stem of one of their roots."""
        return self._column("SELECT stem FROM root WHERE root_stem = ?", root_stem)

    def _column(self, statement: str, value: str) -> list[str]:
        return [row[0] for row in self._connection.execute(statement, (value,))]

    def _frequency(self, word: str) -> int:
        row = self._connection.execute("SELECT stem FROM word WHERE word = ?", (word,)).fetchone()
        return self.holders(row[0]) if row else 0
