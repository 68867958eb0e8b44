"""Writing documents into an index file, inside a transaction that the caller holds."""

import json
import sqlite3
import zlib
from collections.abc import Mapping

from search.documents import SearchDocument
from search.dutch.analysis import Analyzer
from search.dutch.tokens import folded_words
from search.engines.bitsets import LIVE, FacetChanges
from search.engines.postings import PostingChanges
from search.engines.stored_vocabulary import learn
from search.engines.weights import Weight, weigh
from search.feedback import STEMS_EACH

# The kind of a document is a facet like any other.
_KIND = "kind"


class IndexWriter:
    """Puts documents into an index and removes them; `flush` writes what was collected. Revisions decide who wins."""

    def __init__(self, connection: sqlite3.Connection, analyzer: Analyzer) -> None:
        self._connection = connection
        self._analyzer = analyzer
        self._postings = PostingChanges()
        self._facets = FacetChanges()
        self._learned: set[str] = set()

    def put(self, document: SearchDocument) -> bool:
        """Write a document unless the index knows a newer revision of it; says whether it was written."""
        known = self._known(document.key)
        if known and known[1] > document.revision:
            return False
        weighed = weigh(document, self._analyzer)
        heaviest = sorted(weighed.weights.items(), key=lambda item: -item[1].all)[:STEMS_EACH]
        facets = sorted({(_KIND, document.kind), *((name, code) for name, codes in document.facets.items() for code in codes)})
        if known:
            self._forget(known[0])
        values = {
            "key": document.key,
            "revision": document.revision,
            "title": document.title,
            "sort_title": " ".join(folded_words(document.title)),
            "updated": int(document.updated.timestamp() * 1_000_000) if document.updated else 0,
            "stems": zlib.compress(" ".join(weighed.weights).encode(), 1),
            "heaviest": json.dumps({stem: (round(weight.text, 3), round(weight.all, 3)) for stem, weight in heaviest}),
            "facets": json.dumps(facets),
        }
        id_ = self._save(known[0] if known else None, values)
        self._remember(id_, weighed.weights, facets, document.title)
        fresh = {word: stem for word, stem in weighed.surface.items() if word not in self._learned}
        learn(self._connection, fresh, self._analyzer)
        self._learned.update(fresh)
        return True

    def remove(self, key: str, revision: int) -> None:
        """Remove a document unless the index knows a newer revision of it; the revision of the removal is kept as a tombstone."""
        known = self._known(key)
        if known and known[1] > revision:
            return
        if known:
            self._forget(known[0])
            self._connection.execute(
                "UPDATE document SET revision = ?, live = 0, title = '', sort_title = '', stems = x'', heaviest = '{}',"
                " facets = '[]' WHERE id = ?",
                (revision, known[0]),
            )
        else:
            self._connection.execute("INSERT INTO document (key, revision, live) VALUES (?, ?, 0)", (key, revision))

    def flush(self) -> None:
        """Write the postings and facets collected since the last flush."""
        self._postings.write(self._connection)
        self._facets.write(self._connection)

    def _known(self, key: str) -> tuple[int, int] | None:
        row: tuple[int, int] | None = self._connection.execute(
            "SELECT id, revision FROM document WHERE key = ?", (key,)
        ).fetchone()
        return row

    def _save(self, id_: int | None, values: Mapping[str, object]) -> int:
        if id_ is not None:
            columns = ", ".join(f"{column} = :{column}" for column in values)
            self._connection.execute(f"UPDATE document SET live = 1, {columns} WHERE id = :id", {**values, "id": id_})  # noqa: S608
            return id_
        names, marks = ", ".join(values), ", ".join(f":{column}" for column in values)
        return self._connection.execute(f"INSERT INTO document (live, {names}) VALUES (1, {marks})", values).lastrowid or 0  # noqa: S608

    def _remember(self, id_: int, weights: Mapping[str, Weight], facets: list[tuple[str, str]], title: str) -> None:
        for stem, weight in weights.items():
            self._postings.set(stem, id_, weight)
        for name, code in (LIVE, *facets):
            self._facets.add(name, code, id_)
        words = [(word, id_) for word in dict.fromkeys(folded_words(title))]
        self._connection.executemany("INSERT INTO title_word (word, document) VALUES (?, ?)", words)

    def _forget(self, id_: int) -> None:
        stems, facets = self._connection.execute("SELECT stems, facets FROM document WHERE id = ?", (id_,)).fetchone()
        for stem in zlib.decompress(stems).decode().split() if stems else ():
            self._postings.set(stem, id_, None)
        for name, code in (LIVE, *json.loads(facets)):
            self._facets.remove(name, code, id_)
        self._connection.execute("DELETE FROM title_word WHERE document = ?", (id_,))
