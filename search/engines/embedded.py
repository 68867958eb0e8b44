"""The embedded engine: an index in SQLite files, without a server. Meant for about 10,000 documents on one host.

Any number of processes may search and write at the same time. Each search is one read transaction: the plan, the scores and the
counts all speak of the same moment.
"""

import heapq
import itertools
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from search.documents import SearchDocument
from search.dutch.analysis import Analyzer
from search.dutch.tokens import folded_words
from search.engines import bitsets, postings
from search.engines.base import EngineUnavailable
from search.engines.index_file import IndexFolder
from search.engines.index_writer import IndexWriter
from search.engines.scoring import Scores, add, rarity, score
from search.engines.stored_vocabulary import SpellingMemory, StoredVocabulary
from search.feedback import ANSWERS, STRENGTH, shared_stems
from search.planner import Alternative, Plan, Planner
from search.query import MAX_WORDS, SearchQuery, clean_text
from search.results import Hit, SearchResults

# A first page with fewer hits than this is filled up with related documents.
FULL_PAGE = 10
# So many of the best answers are ranked again by what the first of them share.
RERANKED = 200
_FLUSH_EVERY = 512


class EmbeddedEngine:
    """Keeps its files in `folder`. `planner` gives the planner with the synonyms of the moment."""

    name = "embedded"

    def __init__(self, folder: Path, analyzer: Analyzer, planner: Callable[[], Planner]) -> None:
        self._folder = IndexFolder(folder)
        self._analyzer = analyzer
        self._planner = planner
        self._memory = SpellingMemory()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the live one and swap it in; returns the number of documents. Other writers wait;
        removals that the live index remembers stay remembered."""
        with self._faults(), self._folder.lock():
            removed = self._tombstones()
            with self._folder.building() as connection:
                writer = IndexWriter(connection, self._analyzer)
                written = 0
                for number, document in enumerate(documents, start=1):
                    written += writer.put(document)
                    if number % _FLUSH_EVERY == 0:
                        writer.flush()
                writer.flush()
                connection.executemany("INSERT OR IGNORE INTO document (key, revision, live) VALUES (?, ?, 0)", removed)
        return written

    def apply(self, *, upserts: Iterable[SearchDocument] = (), deletes: Iterable[tuple[str, int]] = ()) -> None:
        """Write documents and remove keys (with the revision of their removal), all or nothing. An older revision never wins."""
        with self._faults(), self._folder.lock():
            if self._folder.connection() is None:
                with self._folder.building():
                    pass
            connection = self._folder.connection()
            if connection is None:
                raise EngineUnavailable("the index vanished while it was made")
            connection.execute("BEGIN IMMEDIATE")
            try:
                writer = IndexWriter(connection, self._analyzer)
                for document in upserts:
                    writer.put(document)
                for key, revision in deletes:
                    writer.remove(key, revision)
                writer.flush()
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query, with counts for every facet in the index."""
        with self._reading() as connection:
            return SearchResults(total=0) if connection is None else self._search(connection, query)

    def plan(self, text: str) -> Plan:
        """The plan of a question, for people who wonder about an answer."""
        with self._reading() as connection:
            if connection is None:
                return Plan()
            documents = bitsets.load(connection).get(bitsets.LIVE, 0).bit_count()
            return self._planner().plan(clean_text(text), StoredVocabulary(connection, self._memory, documents))

    def suggest(self, prefix: str, *, size: int = 8) -> list[str]:
        """Titles that begin with what was typed, then titles that hold its words, the last one perhaps unfinished."""
        words = folded_words(clean_text(prefix))[:MAX_WORDS]
        if not words:
            return []
        start = " ".join(words)
        begins = "sort_title >= ? AND sort_title < ?"
        if len(start) == 1:
            # Most titles hold a word with this letter: only those that begin with it are worth offering.
            choice, values = begins, [start, _after(start)]
        else:
            holding = ["SELECT document FROM title_word WHERE word >= ? AND word < ?"]
            holding += ["SELECT document FROM title_word WHERE word = ?"] * (len(words) - 1)
            choice, values = f"id IN ({' INTERSECT '.join(holding)})", [words[-1], _after(words[-1]), *words[:-1]]
        statement = (
            f"SELECT title FROM document WHERE live AND {choice} GROUP BY sort_title ORDER BY ({begins}) DESC, sort_title LIMIT ?"  # noqa: S608
        )
        with self._reading() as connection:
            rows = [] if connection is None else connection.execute(statement, [*values, start, _after(start), size])
            return [title for (title,) in rows]

    def similar(self, key: str, *, size: int = 4) -> list[Hit]:
        """Documents most like the one with this key, itself left out; none when the key is not in the index."""
        with self._reading() as connection:
            if connection is None:
                return []
            row = connection.execute("SELECT id FROM document WHERE key = ? AND live", (key,)).fetchone()
            if row is None:
                return []
            documents = bitsets.load(connection)[bitsets.LIVE].bit_count()
            shared = self._shared(connection, {row[0]: 1.0}, documents, labels=True, strength=1.0)
            scores: Scores = {}
            add(scores, shared, postings.read(connection, [one.stems[0] for one in shared], labels=True), documents)
            scores.pop(row[0], None)
            return self._page(connection, scores, 0, size)

    def revisions(self) -> dict[str, int]:
        """Key → revision of every live document, to compare with the database."""
        with self._reading() as connection:
            return {} if connection is None else dict(connection.execute("SELECT key, revision FROM document WHERE live"))

    def needs_rebuild(self) -> bool:
        """Is there no index yet, a damaged one, or one made by another version of the analysis? Then `rebuild` is due."""
        try:
            with self._reading() as connection:
                return connection is None
        except EngineUnavailable:
            return True

    def _search(self, connection: sqlite3.Connection, query: SearchQuery) -> SearchResults:
        bits = bitsets.load(connection)
        live = bits.get(bitsets.LIVE, 0)
        plan, scores = Plan(), {}
        base = live
        if query.text:
            plan = self._planner().plan(
                query.text, StoredVocabulary(connection, self._memory, live.bit_count()), correct=query.correct
            )
            stems = {stem for group in plan.groups for alternative in group for stem in alternative.stems}
            scores = score(plan, postings.read(connection, stems, labels=query.labels), live.bit_count())
            base = bitsets.from_ids(scores)
        found = bitsets.narrowed(bits, base, query.filters)
        first = (query.page - 1) * query.size
        related: list[Hit] = []
        if query.text and query.sort == "relevance":
            self._add_shared(connection, scores, plan, live.bit_count(), labels=query.labels)
            hits = self._page(connection, _within(scores, found), first, query.size)
            missing = min(FULL_PAGE, query.size) - len(hits)
            if query.page == 1 and missing > 0:
                others = bitsets.narrowed(bits, live & ~base, query.filters)
                related = self._page(connection, _within(scores, others), 0, missing)
        else:
            hits = self._sorted_page(connection, found, query.sort, first, query.size)
        return SearchResults(
            total=found.bit_count(),
            hits=tuple(hits),
            facets=bitsets.counts(bits, base, query.filters),
            did_you_mean=plan.corrected,
            terms=plan.terms,
            related=tuple(related),
        )

    def _add_shared(self, connection: sqlite3.Connection, scores: Scores, plan: Plan, documents: int, *, labels: bool) -> None:
        """Lift the best answers by the stems that the first of them share. Of few answers all that hold these stems get a score,
        so that related documents can be told."""
        ahead = heapq.nsmallest(RERANKED, scores, key=lambda id_: (-scores[id_], id_))
        answers = {id_: scores[id_] for id_ in ahead[:ANSWERS]}
        shared = self._shared(connection, answers, documents, labels=labels, strength=STRENGTH * len(plan.groups))
        found = postings.read(connection, [alternative.stems[0] for alternative in shared], labels=labels)
        add(scores, shared, found, documents, among=set(ahead) if len(scores) >= FULL_PAGE else None)

    @staticmethod
    def _shared(
        connection: sqlite3.Connection, answers: Scores, documents: int, *, labels: bool, strength: float
    ) -> tuple[Alternative, ...]:
        """The stems that these documents (ids with their scores) share."""
        marks = ",".join(map(str, answers))
        rows = connection.execute(f"SELECT id, heaviest FROM document WHERE id IN ({marks}) ORDER BY id")  # noqa: S608
        heaviest = {id_: json.loads(packed) for id_, packed in rows}
        holders = postings.holders(connection, set().union(*heaviest.values()))
        rarities = {stem: rarity(number, documents) for stem, number in holders.items() if number > 1}
        told = [
            (answers[id_], {stem: weights[labels] * rarities[stem] for stem, weights in stems.items() if stem in rarities})
            for id_, stems in heaviest.items()
        ]
        return shared_stems(told, strength=strength)

    @staticmethod
    def _page(connection: sqlite3.Connection, scores: Scores, first: int, size: int) -> list[Hit]:
        """One page of the best; of equal scores the newest first, then by key."""
        best = heapq.nlargest(first + size, scores.values())
        if len(best) <= first:
            return []
        candidates = [id_ for id_, value in scores.items() if value >= best[-1]]
        rows = connection.execute(f"SELECT id, key, updated FROM document WHERE id IN ({','.join(map(str, candidates))})")  # noqa: S608
        ranked = sorted((-round(scores[id_], 6), -updated, key) for id_, key, updated in rows)
        return [Hit(key, -value) for value, _, key in ranked[first : first + size]]

    @staticmethod
    def _sorted_page(connection: sqlite3.Connection, found: int, sort: str, first: int, size: int) -> list[Hit]:
        order = "sort_title, key" if sort == "title" else "updated DESC, key"
        rows = connection.execute(f"SELECT id, key FROM document WHERE live ORDER BY {order}")  # noqa: S608
        members = frozenset(bitsets.to_ids(found))
        hits = (Hit(key, 0.0) for id_, key in rows if id_ in members)
        return list(itertools.islice(hits, first, first + size))

    def _tombstones(self) -> list[tuple[str, int]]:
        try:
            connection = self._folder.connection()
            return (
                [] if connection is None else connection.execute("SELECT key, revision FROM document WHERE NOT live").fetchall()
            )
        except (sqlite3.DatabaseError, EngineUnavailable):
            # What is damaged is about to be replaced; a removal it remembered is found again by comparing with the database.
            return []

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """One read transaction; None when there is no index."""
        with self._faults():
            connection = self._folder.connection()
            if connection is None:
                yield None
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Faults of the file and the disk become EngineUnavailable; a wrong use of SQLite stays an error."""
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except (sqlite3.DatabaseError, OSError, zlib.error, json.JSONDecodeError) as error:
            self._folder.close()
            raise EngineUnavailable(f"the index in {self._folder.path} cannot be used: {error}") from error


def _after(text: str) -> str:
    """The first text that comes after all texts beginning with this one."""
    return text + "\U0010ffff"


def _within(scores: Scores, members: int) -> Scores:
    return {id_: scores[id_] for id_ in bitsets.to_ids(members) if id_ in scores}
