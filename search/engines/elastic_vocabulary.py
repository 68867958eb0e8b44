"""The planner's questions, put to Elasticsearch in as few requests as possible.

A planner asks one thing after the other, and each would cost a round trip. So it plans on guesses first; what it asked is then
fetched in one request, and it plans again, until nothing was guessed. Most questions take one request, misspelt ones three.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch.dsl import Q, Search

from search.dutch.spelling import SHORTEST, TWO_SLIPS_FROM, Candidate, Speller
from search.engines.elastic_query import LIVE
from search.engines.scoring import rarity
from search.planner import Plan, Planner

ROUNDS = 6
# How rare a stem is hardly changes in this time. That no document holds it is never remembered: the next one may.
REMEMBERED_SECONDS = 30.0
_MOST_REMEMBERED = 50_000
_POOL = 50
_MOST_WORDS = 500

Searches = Sequence[tuple[str, Search]]
# Answers several searches, each on pages or words, in one request.
Ask = Callable[[Searches], list[dict[str, Any]]]
PAGES, WORDS = "pages", "words"


@dataclass(slots=True)
class Memory:
    """What a process remembers for a while: the number of documents, how many hold a stem (by field and stem), families."""

    documents: int = 0
    holders: dict[tuple[str, str], int] = field(default_factory=dict)
    families: dict[str, list[str]] = field(default_factory=dict)
    until: float = field(default_factory=lambda: time.monotonic() + REMEMBERED_SECONDS)

    def worn(self) -> bool:
        """Is it time for a new one?"""
        return time.monotonic() > self.until or len(self.holders) + len(self.families) > _MOST_REMEMBERED


class Counts:
    """How many documents hold a stem in one field; fetches what is not known."""

    def __init__(self, memory: Memory, ask: Ask, name: str) -> None:
        self._memory = memory
        self._ask = ask
        self._name = name
        self.known: dict[str, int] = {}

    def rarity(self, stem: str) -> float:
        """What a stem says; of one that was not fetched: as if a single document held it."""
        holders = self._memory.holders.get((self._name, stem)) or self.known.get(stem, 1)
        return rarity(min(holders, self._memory.documents), self._memory.documents)

    def get(self, stem: str) -> int | None:
        """The number for one stem; None when it was not fetched."""
        return self._memory.holders.get((self._name, stem), self.known.get(stem))

    def fetch(self, stems: Iterable[str]) -> None:
        """Make these stems known."""
        wanted = self.unknown(stems)
        if wanted:
            self.read(wanted, self._ask([(PAGES, self.search(wanted))])[0])

    def unknown(self, stems: Iterable[str]) -> list[str]:
        """Which of these have to be fetched."""
        return sorted({stem for stem in stems if self.get(stem) is None})

    def search(self, stems: Sequence[str]) -> Search:
        """The search that counts."""
        search = Search().extra(size=0, track_total_hits=False)
        search.aggs.bucket("documents", "filter", filter=LIVE)
        if stems:
            # By number: a stem may hold signs that mean something in the name of an aggregation.
            holding = {str(place): Q("term", **{f"{self._name}_stems": stem}) for place, stem in enumerate(stems)}
            search.aggs.bucket("stems", "filters", filters=holding)
        return search

    def read(self, stems: Sequence[str], answer: dict[str, Any]) -> None:
        """Take in its answer."""
        counted = answer["aggregations"]
        self._memory.documents = counted["documents"]["doc_count"]
        for place, stem in enumerate(stems):
            number = counted["stems"]["buckets"][str(place)]["doc_count"]
            self.known[stem] = number
            if number:
                self._memory.holders[self._name, stem] = number


class AskedVocabulary:
    """The planner's vocabulary: answers what is known, and notes what it had to guess."""

    def __init__(self, memory: Memory, counts: Counts, ask: Ask) -> None:
        self._memory = memory
        self._counts = counts
        self._ask = ask
        self._stems: set[str] = set()
        self._roots: set[str] = set()
        self._sounds: dict[str, list[str]] = {}
        self._near: dict[str, list[tuple[str, str]]] = {}
        self._new_sounds: set[str] = set()
        self._new_near: set[str] = set()

    @property
    def documents(self) -> int:
        """The number of live documents."""
        return self._memory.documents

    def holders(self, stem: str) -> int:
        """The number of documents that hold this stem; a guess says one, so that no spelling is asked for in vain."""
        number = self._counts.get(stem)
        if number is None:
            self._stems.add(stem)
            return 1
        return number

    def with_root(self, root_stem: str) -> list[str]:
        """Stems of words that have this stem as the stem of one of their roots."""
        if root_stem not in self._memory.families:
            self._roots.add(root_stem)
        return self._memory.families.get(root_stem, [])

    def sounding(self, key: str) -> list[str]:
        """Words with this sound key."""
        if key not in self._sounds:
            self._new_sounds.add(key)
        return self._sounds.get(key, [])

    def spellings(self, word: str) -> list[Candidate]:
        """Words that differ little from this one, best first."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        if word not in self._near:
            self._new_near.add(word)
            return []
        stems = dict(self._near[word])
        return Speller(stems).candidates(word, lambda known: self.holders(stems[known]))

    def settle(self) -> bool:
        """Fetch what was guessed; says whether there was anything."""
        stems, families = sorted(self._stems), sorted(self._roots)
        sounds, near = sorted(self._new_sounds), sorted(self._new_near)
        if not (stems or families or sounds or near):
            return False
        searches = [(PAGES, self._counts.search(stems))]
        # One search a family: together, a large one would crowd out the others.
        searches += [(WORDS, _words(Q("term", roots=root))) for root in families]
        searches += [(WORDS, _words(Q("term", sound=key))) for key in sounds]
        searches += [(WORDS, _near(word)) for word in near]
        counted, *answers = self._ask(searches)
        self._counts.read(stems, counted)
        found = [[(hit["_source"]["word"], hit["_source"]["stem"]) for hit in answer["hits"]["hits"]] for answer in answers]
        rest = iter(found)
        for root in families:
            self._memory.families[root] = list(dict.fromkeys(stem for _, stem in next(rest)))
        for key in sounds:
            self._sounds[key] = [word for word, _ in next(rest)]
        for word in near:
            self._near[word] = next(rest)
        for noted in (self._stems, self._roots, self._new_sounds, self._new_near):
            noted.clear()
        return True


def plan(planner: Planner, text: str, vocabulary: AskedVocabulary, *, correct: bool) -> Plan:
    """The plan for a question, with as many requests as its guesses need."""
    for _ in range(ROUNDS):
        made = planner.plan(text, vocabulary, correct=correct)
        if not vocabulary.settle():
            break
    return made


def _words(query: Any) -> Search:
    return Search().query("bool", filter=[query]).source(["word", "stem"]).sort("word").extra(size=_MOST_WORDS)


def _near(word: str) -> Search:
    """The nearest words; Elasticsearch ranks them by distance."""
    slips = 1 if len(word) < TWO_SLIPS_FROM else 2
    query = Q(
        "fuzzy", word={"value": word, "fuzziness": slips, "prefix_length": 0, "max_expansions": _POOL, "transpositions": True}
    )
    return Search().query(query).source(["word", "stem"]).extra(size=_POOL)
