"""The one door to the finder: views, tasks and commands ask here and see neither an engine's workings nor its faults.

Settings: SEARCH_SINKS, the engines that are kept up to date, of which the first that answers is asked; SEARCH_INDEX_DIR, the
folder for an engine's own files; ELASTICSEARCH, how to reach the servers (`ElasticAccess`).
"""

import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from search import registry
from search.breaker import Breaker
from search.dutch.analysis import Analyzer, default_analyzer
from search.dutch.compounds import default_wholes
from search.engines.base import Engine, EngineUnavailable
from search.engines.elastic_client import ElasticAccess, connect
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.planner import Plan, Planner
from search.query import SearchQuery
from search.results import Hit, SearchResults
from search.synonyms import SynonymTable, default_groups

T = TypeVar("T")
logger = logging.getLogger(__name__)

INDEX_DIR, ACCESS = "SEARCH_INDEX_DIR", "ELASTICSEARCH"
EMBEDDED, ELASTICSEARCH = "embedded", "elasticsearch"


def find(query: SearchQuery) -> SearchResults:
    """Answer a question. `degraded` when a fall-back answered; without a working engine the answer says so (`available` is False)
    instead of raising."""
    answer = _first_that_answers(lambda engine: engine.search(query))
    if answer is None:
        return SearchResults(total=0, degraded=True, available=False)
    results, sink = answer
    return results if sink == settings.SEARCH_SINKS[0] else replace(results, degraded=True)


def suggest(text: str, size: int = 8) -> list[str]:
    """Titles that complete what was typed; none when no engine works."""
    cut = SearchQuery(text).text
    return _answer(lambda engine: engine.suggest(cut, size=size), [])


def similar(key: str, size: int = 4) -> list[Hit]:
    """Documents like this one, best first; none when no engine works or the key is unknown."""
    return _answer(lambda engine: engine.similar(key, size=size), [])


def plan(text: str) -> Plan:
    """The plan of a question; an empty one when no engine works."""
    return _answer(lambda engine: engine.plan(text), Plan())


def _answer(ask: Callable[[Engine], T], otherwise: T) -> T:
    answer = _first_that_answers(ask)
    return otherwise if answer is None else answer[0]


def _first_that_answers(ask: Callable[[Engine], T]) -> tuple[T, str] | None:
    """The answer of the first engine that gives one, and its name; None when none does."""
    sinks: list[str] = settings.SEARCH_SINKS
    for sink in sinks:
        breaker = Breaker(sink) if sink != sinks[-1] else None
        if breaker and not breaker.allows():
            continue
        try:
            engine = engine_for(sink)
            answer = ask(engine)
            # Where there is a choice, an index that is not there yet does not speak.
            if len(sinks) > 1 and engine.needs_rebuild():
                raise EngineUnavailable("the index must be rebuilt")
        except EngineUnavailable as error:
            logger.error("%s does not answer: %s", sink, error)
            if breaker:
                breaker.failed()
        else:
            if breaker:
                breaker.succeeded()
            return answer, sink
    return None


def engine_for(sink: str) -> Engine:
    """The engine of this process by its name, for those who write to it (`apply`, `rebuild`, `revisions`); its faults reach the
    caller."""
    if sink == ELASTICSEARCH:
        return _elasticsearch(ElasticAccess(**getattr(settings, ACCESS)))
    return _embedded(Path(getattr(settings, INDEX_DIR)))


@lru_cache(maxsize=2)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder, default_analyzer(), planner)


@lru_cache(maxsize=2)
def _elasticsearch(access: ElasticAccess) -> ElasticsearchEngine:
    return ElasticsearchEngine(connect(access), access.prefix, default_analyzer(), planner, registry.facets, access.patience)


_planner: tuple[Hashable, Planner] | None = None


def planner() -> Planner:
    """The planner with the synonyms of the moment: those of the project and of every registered source."""
    global _planner
    sources = registry.synonym_sources()
    stamps = tuple((source.name, source.stamp()) for source in sources)
    if _planner is None or _planner[0] != stamps:
        groups = [*default_groups(), *(group for source in sources for group in source.groups())]
        wholes = frozenset(word for source in sources for word in source.wholes())
        # Documents are analysed without these words, so that a new one works at once; their members only go unasked for.
        analyzer = Analyzer(default_wholes() | wholes) if wholes else default_analyzer()
        _planner = stamps, Planner(analyzer, SynonymTable(analyzer, groups))
    return _planner[1]
