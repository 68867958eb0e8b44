"""The one door to the finder: views, tasks and commands ask here and see neither an engine's workings nor its faults.

Settings: SEARCH_ENGINE, the dotted name of a function that takes a folder and makes an engine (without it the embedded one);
SEARCH_INDEX_DIR, the folder for an engine's own files.
"""

import logging
from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from search import registry
from search.dutch.analysis import Analyzer, default_analyzer
from search.dutch.compounds import default_wholes
from search.engines.base import Engine, EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.planner import Planner
from search.query import SearchQuery
from search.results import Hit, SearchResults
from search.synonyms import SynonymTable, default_groups

logger = logging.getLogger(__name__)

INDEX_DIR = "SEARCH_INDEX_DIR"


def find(query: SearchQuery) -> SearchResults:
    """Answer a question. Without a working engine the answer says so (`available` is False) instead of raising."""
    try:
        return engine().search(query)
    except EngineUnavailable as error:
        logger.error("search is unavailable: %s", error)
        return SearchResults(total=0, degraded=True, available=False)


def suggest(text: str, size: int = 8) -> list[str]:
    """Titles that complete what was typed; none when no engine works."""
    try:
        return engine().suggest(SearchQuery(text).text, size=size)
    except EngineUnavailable as error:
        logger.error("suggestions are unavailable: %s", error)
        return []


def similar(key: str, size: int = 4) -> list[Hit]:
    """Documents like this one, best first; none when no engine works or the key is unknown."""
    try:
        return engine().similar(key, size=size)
    except EngineUnavailable as error:
        logger.error("similar documents are unavailable: %s", error)
        return []


def engine() -> Engine:
    """The engine of this process, for those who write to it (`apply`, `rebuild`, `revisions`); its faults reach the caller."""
    return _made(getattr(settings, "SEARCH_ENGINE", f"{__name__}.embedded_engine"), Path(getattr(settings, INDEX_DIR)))


@lru_cache(maxsize=2)
def _made(dotted_name: str, folder: Path) -> Engine:
    make = cast(Callable[[Path], Engine], import_string(dotted_name))
    return make(folder)


def embedded_engine(folder: Path) -> EmbeddedEngine:
    """The embedded engine with its files in `folder`."""
    return EmbeddedEngine(folder, default_analyzer(), planner)


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
