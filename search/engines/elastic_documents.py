"""What Elasticsearch keeps: pages with the weights of their stems, and the words of all pages.

The weights are those of the embedded engine (`weights.py`), kept as a sparse vector: a score is then a sum that we lay down in
the query, and both engines count alike. Nothing is analysed on the server.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from elasticsearch.dsl import Boolean, Document, Keyword, Long, MetaField, Object, SparseVector, Text

from search.documents import SearchDocument
from search.dutch.analysis import ANALYSIS_VERSION, Analyzer
from search.dutch.families import roots, sound
from search.dutch.tokens import folded_words
from search.engines.weights import Weight, weigh
from search.feedback import STEMS_EACH

# To be raised when fields, or what stands in them, change.
_SCHEMA_VERSION = 2
FORMAT = _SCHEMA_VERSION * 1000 + ANALYSIS_VERSION
# Of these fields there are two: with the names of concepts (`all_`), and without (`text_`).
ALL, TEXT = "all", "text"
_LONGEST_TITLE = 512


def _tokens() -> Text:
    """Our own tokens, for yes-or-no questions."""
    return Text(analyzer="whitespace", index_options="docs", norms=False)


class PageDocument(Document):
    """A page, or with `live` off what is remembered of a removed one: its key and revision."""

    key = Keyword()
    revision = Long()
    live = Boolean()
    updated = Long()
    title = Keyword(index=False, doc_values=False)
    sort_title = Keyword(ignore_above=_LONGEST_TITLE)
    title_words = _tokens()
    all_stems = _tokens()
    text_stems = _tokens()
    all_weights = SparseVector()
    text_weights = SparseVector()
    heaviest = Object(enabled=False)

    class Meta:
        # A bare string here is silently ignored.
        dynamic = MetaField("strict")


class WordDocument(Document):
    """A folded word of the pages, its stem, how it sounds, and the stems of what may be its roots."""

    word = Keyword()
    stem = Keyword(index=False)
    sound = Keyword()
    roots = Keyword()

    class Meta:
        dynamic = MetaField("strict")


def page_mapping(facets: Collection[str]) -> dict[str, Any]:
    """The mapping of pages with these facets."""
    mapping: dict[str, Any] = PageDocument._doc_type.mapping.to_dict()
    mapping["properties"]["facets"] = {"dynamic": "strict", "properties": {name: {"type": "keyword"} for name in facets}}
    # The database is the source: only what an answer needs is kept as it came.
    return mapping | {"_source": {"includes": ["title", "heaviest"]}, "_meta": {"format": FORMAT, "facets": sorted(facets)}}


def word_mapping() -> dict[str, Any]:
    """The mapping of words."""
    mapping: dict[str, Any] = WordDocument._doc_type.mapping.to_dict()
    return mapping


class Bulk:
    """The lines of bulk requests for pages, together with the words that those pages bring."""

    def __init__(self, analyzer: Analyzer, *, pages: str, words: str, facets: Collection[str], known: set[str]) -> None:
        self._analyzer = analyzer
        self._pages = pages
        self._words = words
        self._facets = facets
        self._known = known

    def put(self, document: SearchDocument) -> Iterator[str]:
        """Lines that write a page unless a newer revision stands there. Raises TypeError for what is no text or number."""
        weighed = weigh(document, self._analyzer)
        yield from self._page(document.key, document.revision, self._source(document, weighed.weights))
        for word, stem in weighed.surface.items():
            if word not in self._known:
                self._known.add(word)
                ties = sorted({self._analyzer.stem(root) for root in roots(word)})
                yield _line({"create": {"_index": self._words, "_id": word}})
                yield _line({"word": word, "stem": stem, "sound": sound(word), "roots": ties})

    def remove(self, key: str, revision: int) -> Iterator[str]:
        """Lines that put what is remembered of a removed page in its place."""
        yield from self._page(key, revision, {"key": key, "revision": revision, "live": False})

    def _page(self, key: str, revision: int, source: Mapping[str, object]) -> Iterator[str]:
        yield _line({"index": {"_index": self._pages, "_id": key, "version": revision, "version_type": "external_gte"}})
        yield _line(source)

    def _source(self, document: SearchDocument, weights: Mapping[str, Weight]) -> dict[str, object]:
        words = folded_words(document.title)
        text = {stem: round(weight.text, 3) for stem, weight in weights.items() if weight.text}
        facets = {name: sorted(codes) for name, codes in document.facets.items() if name in self._facets}
        heaviest = sorted(weights.items(), key=lambda item: -item[1].all)[:STEMS_EACH]
        return {
            "key": document.key,
            "revision": document.revision,
            "live": True,
            "updated": int(document.updated.timestamp() * 1_000_000) if document.updated else 0,
            "title": document.title,
            "sort_title": " ".join(words)[:_LONGEST_TITLE],
            "title_words": " ".join(words),
            f"{ALL}_stems": " ".join(weights),
            f"{TEXT}_stems": " ".join(text),
            f"{ALL}_weights": {stem: round(weight.all, 3) for stem, weight in weights.items()},
            f"{TEXT}_weights": text,
            "heaviest": {"stems": [(stem, round(weight.text, 3), round(weight.all, 3)) for stem, weight in heaviest]},
            "facets": facets | {"kind": [document.kind]},
        }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
