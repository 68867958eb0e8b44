"""The Elasticsearch engine: for many documents and many hosts.

It stores what our own analysis makes and is asked with our own plan, so that it answers as the embedded engine does. A question
takes three requests, all within one time-out: the vocabulary for the plan; the best answers and the counts; the page, ranked once
more by what the best answers share.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, helpers
from elasticsearch.dsl import Q, Search

from search.documents import SearchDocument
from search.dutch.analysis import Analyzer
from search.dutch.tokens import folded_words
from search.engines import elastic_query as compiled
from search.engines.base import EngineUnavailable
from search.engines.elastic_client import PATIENCE_SECONDS
from search.engines.elastic_documents import ALL, TEXT, Bulk
from search.engines.elastic_index import ElasticIndex, Names
from search.engines.elastic_vocabulary import PAGES, Ask, AskedVocabulary, Counts, Memory, Searches, plan
from search.feedback import ANSWERS, STRENGTH, shared_stems
from search.planner import Alternative, Plan, Planner
from search.query import MAX_WORDS, SearchQuery, clean_text
from search.results import Hit, SearchResults

# A first page with fewer hits than this is filled up with related documents.
FULL_PAGE = 10
_WRITE_SECONDS = 10.0
_ORDERS = {"relevance": ("_score", "-updated", "key"), "new": ("-updated", "key"), "title": ("sort_title", "key")}


class ElasticsearchEngine:
    """`client` reaches the servers; `prefix` parts environments that share them; `facets` names the facets to keep; `planner`
    gives the planner with the synonyms of the moment. The requests of one question together take at most `patience`
    seconds."""

    name = "elasticsearch"

    def __init__(
        self,
        client: Elasticsearch,
        prefix: str,
        analyzer: Analyzer,
        planner: Callable[[], Planner],
        facets: Callable[[], Collection[str]],
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._client = client
        self._patience = patience
        self._writing = client.options(request_timeout=max(_WRITE_SECONDS, patience))
        self._analyzer = analyzer
        self._planner = planner
        self._memory = Memory()
        self._learned: tuple[str, set[str]] = "", set()
        self._lock = threading.Lock()
        self.index = ElasticIndex(self._writing, prefix, facets)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build new indices beside the live ones and swap them in; returns the number of documents. Removals that the live index
        remembers stay remembered."""
        with self._faults():
            names = self.index.new()
            try:
                bulk = self._bulk(names, set())
                written = self.index.write(chain.from_iterable(map(bulk.put, documents)), refresh=False, alias=False)
                tombstones = chain.from_iterable(bulk.remove(key, revision) for key, revision in self._removed())
                self.index.write(tombstones, refresh=False, alias=False)
                self.index.publish(names)
            except BaseException:
                self.index.drop(names)
                raise
            self._memory = Memory()
        return written

    def apply(self, *, upserts: Iterable[SearchDocument] = (), deletes: Iterable[tuple[str, int]] = ()) -> None:
        """Write documents and remove keys (with the revision of their removal). An older revision never wins. Returns when the
        change can be found; what a lost connection leaves half done may be repeated."""
        with self._faults(), self._lock:
            self.index.forget()
            names = self.index.live() or self.index.first()
            if self._learned[0] != names.words:
                self._learned = names.words, set()
            # Words that may not have arrived must be sent again.
            learned = set(self._learned[1])
            bulk = self._bulk(self.index.aliases, learned)
            puts = chain.from_iterable(map(bulk.put, upserts))
            removals = chain.from_iterable(bulk.remove(key, revision) for key, revision in deletes)
            # All lines are made before the first is sent: a document that cannot be written undoes the others too.
            self.index.write([*puts, *removals], refresh=True, alias=True)
            self._learned = names.words, learned
            self._memory = Memory()

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query, with counts for every facet of the index."""
        with self._faults():
            asking = self._asking()
            if self.index.live(asking.client()) is None:
                return SearchResults(total=0)
            return self._search(asking, query)

    def plan(self, text: str) -> Plan:
        """The plan of a question, for people who wonder about an answer."""
        with self._faults():
            asking = self._asking()
            if self.index.live(asking.client()) is None:
                return Plan()
            return self._planned(asking, clean_text(text), correct=True)[0]

    def suggest(self, prefix: str, *, size: int = 8) -> list[str]:
        """Titles that begin with what was typed, then titles that hold its words, the last one perhaps unfinished."""
        words = folded_words(clean_text(prefix))[:MAX_WORDS]
        if not words:
            return []
        begins = Q("prefix", sort_title=" ".join(words))
        holding = [Q("prefix", title_words=words[-1]), *(Q("term", title_words=word) for word in words[:-1])]
        # Most titles hold a word with a single letter: only those that begin with it are worth offering.
        choice = [begins] if len(words) == len(words[0]) == 1 else holding
        query = Q("bool", filter=choice, should=[Q("constant_score", filter=begins)])
        search = Search().query(query).source(["title"]).sort("_score", "sort_title")[:size]
        search = search.extra(collapse={"field": "sort_title"}, track_total_hits=False)
        with self._faults():
            asking = self._asking()
            if self.index.live(asking.client()) is None:
                return []
            (answer,) = asking([(PAGES, search)])
            return [hit["_source"]["title"] for hit in answer["hits"]["hits"]]

    def similar(self, key: str, *, size: int = 4) -> list[Hit]:
        """Documents most like the one with this key, itself left out; none when the key is not in the index."""
        with self._faults():
            asking = self._asking()
            if self.index.live(asking.client()) is None:
                return []
            (answer,) = asking(
                [(PAGES, Search().query("bool", filter=[compiled.LIVE, Q("ids", values=[key])]).source(["heaviest"]))]
            )
            counts = self._counts(asking, ALL)
            told = self._shared(asking, counts, [(1.0, hit) for hit in answer["hits"]["hits"]], ALL, strength=1.0)
            near = compiled.PlanQuery(Plan(), counts.rarity, ALL).shared(told)
            if near is None:
                return []
            other = Q("bool", must=[near], must_not=[Q("ids", values=[key])])
            (answer,) = asking([(PAGES, _keys(Search().query(other), "relevance")[:size])])
            return _hits(answer)

    def revisions(self) -> dict[str, int]:
        """Key → revision of every live document, to compare with the database."""
        return dict(self._known(live=True))

    def needs_rebuild(self) -> bool:
        """Is there no index yet, or one made by another version of the analysis? Then `rebuild` is due. Raises EngineUnavailable
        when the server is away."""
        with self._faults():
            try:
                return self.index.live(self._asking().client()) is None
            except EngineUnavailable:
                return True

    def _search(self, asking: "_Asking", query: SearchQuery) -> SearchResults:
        facets = self.index.facets()
        chosen = compiled.selections(query.filters, facets)
        field = ALL if query.labels else TEXT
        if not query.text:
            search = Search().query("bool", filter=[compiled.LIVE])
            return self._sorted(asking, search, query, chosen)
        made, counts = self._planned(asking, query.text, correct=query.correct, field=field)
        answer = SearchResults(total=0, facets={name: {} for name in facets}, did_you_mean=made.corrected, terms=made.terms)
        if not made.groups:
            return answer
        compiling = compiled.PlanQuery(made, counts.rarity, field)
        if query.sort != "relevance":
            return self._sorted(asking, Search().query(compiling.found()), query, chosen, made)
        # The best answers whatever was chosen, with all counts.
        best = Search().query(compiling.scored()).source(["heaviest"]).sort(*_ORDERS["relevance"])[:ANSWERS]
        best = best.extra(track_total_hits=True)
        compiled.add_counts(best, facets, chosen)
        (first,) = asking([(PAGES, best)])
        total, numbers = compiled.read_counts(first["aggregations"], facets)
        ahead = [(hit["_score"], hit) for hit in first["hits"]["hits"]]
        shared = self._shared(asking, counts, ahead, field, strength=STRENGTH * len(made.groups))
        hits, related = self._ranked(asking, query, compiling, chosen, shared, few=first["hits"]["total"]["value"] < FULL_PAGE)
        return SearchResults(total, hits, numbers, made.corrected, made.terms, tuple(related[: max(0, FULL_PAGE - len(hits))]))

    def _ranked(
        self,
        asking: "_Asking",
        query: SearchQuery,
        compiling: compiled.PlanQuery,
        chosen: dict[str, Any],
        shared: tuple[Alternative, ...],
        *,
        few: bool,
    ) -> tuple[tuple[Hit, ...], list[Hit]]:
        """One page of hits, and where there are few answers what is related to them."""
        filters = list(chosen.values())
        search = _window(_keys(Search().query(compiling.scored(filters=filters, shared=shared)), "relevance"), query)
        near = compiling.shared(shared) if few and query.page == 1 else None
        if near is None:
            (answer,) = asking([(PAGES, search)])
            return tuple(_hits(answer)), []
        others = Q("bool", must=[near], filter=filters, must_not=[compiling.found()])
        size = min(FULL_PAGE, query.size)
        answer, more = asking([(PAGES, search), (PAGES, _keys(Search().query(others), "relevance")[:size])])
        return tuple(_hits(answer)), _hits(more)[:size]

    def _sorted(
        self, asking: "_Asking", search: Search, query: SearchQuery, chosen: dict[str, Any], made: Plan | None = None
    ) -> SearchResults:
        """One page in an order that asks for no scores, with all counts, in one request."""
        made = made or Plan()
        facets = self.index.facets()
        compiled.add_counts(search, facets, chosen)
        if chosen:
            search = search.post_filter("bool", filter=list(chosen.values()))
        order = "new" if query.sort == "relevance" else query.sort
        (answer,) = asking([(PAGES, _window(_keys(search, order), query))])
        total, numbers = compiled.read_counts(answer["aggregations"], facets)
        return SearchResults(total, tuple(_hits(answer)), numbers, made.corrected, made.terms)

    def _planned(self, asking: "_Asking", text: str, *, correct: bool, field: str = ALL) -> tuple[Plan, Counts]:
        counts = self._counts(asking, ALL)
        made = plan(self._planner(), text, AskedVocabulary(self._fresh(), counts, asking), correct=correct)
        if field != ALL:
            counts = self._counts(asking, field)
            counts.fetch(stem for group in made.groups for way in group for stem in way.stems)
        return made, counts

    def _shared(
        self, asking: "_Asking", counts: Counts, answers: list[tuple[float, dict[str, Any]]], field: str, *, strength: float
    ) -> tuple[Alternative, ...]:
        """The stems that these answers (scores and hits) share; `counts`, which are of `field`, learn how rare those are."""
        place = 1 if field == TEXT else 2
        stems = [(score, {one[0]: one[place] for one in hit["_source"]["heaviest"]["stems"]}) for score, hit in answers]
        every = self._counts(asking, ALL)
        every.fetch(stem for _, held in stems for stem in held)
        told = [
            (score, {stem: weight * every.rarity(stem) for stem, weight in held.items() if (every.get(stem) or 0) > 1})
            for score, held in stems
        ]
        shared = shared_stems(told, strength=strength)
        counts.fetch(one.stems[0] for one in shared)
        return shared

    def _asking(self) -> "_Asking":
        return _Asking(self._client, self.index, self._patience)

    def _counts(self, ask: Ask, field: str) -> Counts:
        return Counts(self._fresh(), ask, field)

    def _fresh(self) -> Memory:
        if self._memory.worn():
            self._memory = Memory()
        return self._memory

    def _bulk(self, names: Names, known: set[str]) -> Bulk:
        return Bulk(self._analyzer, pages=names.pages, words=names.words, facets=self.index.facets(), known=known)

    def _removed(self) -> list[tuple[str, int]]:
        try:
            return list(self._known(live=False))
        except EngineUnavailable:
            # An index that is about to be replaced; a removal it remembered is found again by comparing with the database.
            return []

    def _known(self, *, live: bool) -> Iterator[tuple[str, int]]:
        """Key and revision of every live, or every removed, document."""
        with self._faults():
            if self.index.live() is None:
                return
            query = {"query": {"term": {"live": live}}, "_source": False, "docvalue_fields": ["key", "revision"]}
            for hit in helpers.scan(self._writing, index=self.index.aliases.pages, query=query, size=5_000):
                yield hit["fields"]["key"][0], hit["fields"]["revision"][0]

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Faults of the server and the way to it become EngineUnavailable."""
        try:
            yield
        except (TransportError, ApiError) as error:
            self.index.forget()
            raise EngineUnavailable(f"Elasticsearch: {type(error).__name__} {str(error)[:300]}") from error


class _Asking:
    """Sends searches; all that one instance sends must be answered within `patience` seconds."""

    def __init__(self, client: Elasticsearch, index: ElasticIndex, patience: float) -> None:
        self._client = client
        self._aliases = index.aliases
        self._until = time.monotonic() + patience

    def client(self) -> Elasticsearch:
        """A client with the patience that is left."""
        return self._client.options(request_timeout=max(0.05, self._until - time.monotonic()))

    def __call__(self, searches: Searches) -> list[dict[str, Any]]:
        """The answers to several searches in one request. Without `allow_partial_search_results` off, a part of the index that is
        away would make a calm answer with fewer hits."""
        lines: list[dict[str, Any]] = []
        for kind, search in searches:
            lines += ({"index": self._aliases.of(kind), "allow_partial_search_results": False}, search.to_dict())
        answers: list[dict[str, Any]] = list(self.client().msearch(searches=lines)["responses"])
        for answer in answers:
            if "error" in answer:
                raise EngineUnavailable(f"Elasticsearch: {answer['status']} {str(answer['error'])[:300]}")
        return answers


def _keys(search: Search, order: str) -> Search:
    """Only keys and scores, in this order."""
    return search.source(False).sort(*_ORDERS[order]).extra(docvalue_fields=["key"], track_total_hits=False)


def _window(search: Search, query: SearchQuery) -> Search:
    first = min((query.page - 1) * query.size, compiled.WINDOW)
    return search[first : min(first + query.size, compiled.WINDOW)]


def _hits(answer: dict[str, Any]) -> list[Hit]:
    return [Hit(hit["fields"]["key"][0], round(hit.get("_score") or 0.0, 6)) for hit in answer["hits"]["hits"]]
