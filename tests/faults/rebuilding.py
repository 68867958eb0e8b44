"""Building an index anew while others publish and the worker writes. Needs Django set up, with the trial's environment."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portal.stamps.models import CONTENT, read
from search import indexing
from search.documents import SearchDocument
from search.engines.base import Engine
from search.finder import engine_for

# So much must have happened between the reading of the last page and the swap.
CHANGES = 5
PATIENCE_SECONDS = 120


class HeldOpen:
    """An engine whose rebuild ends only when others have published, and the worker has brought that into the index that is about
    to go (where writers do not wait for the rebuild)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """As the engine's own."""
        return self._engine.rebuild(self._held(documents))

    def _held(self, documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
        yield from documents
        stamp = read()[CONTENT]
        _wait(lambda: read()[CONTENT] >= stamp + CHANGES)
        if self._engine.name == "elasticsearch":
            _wait(lambda: max(self._engine.revisions().values()) > stamp)


def rebuild_under_way(sink: str) -> int:
    """What `manage.py search_rebuild` does, under the worst circumstances; returns the number of documents."""
    return indexing.rebuild(sink, engine=HeldOpen(engine_for(sink)))  # type: ignore[arg-type]


def rebuild_without_replay(sink: str) -> int:
    """What one would write without thinking: read everything, swap. Loses what was changed meanwhile."""
    return HeldOpen(engine_for(sink)).rebuild(indexing.every_document())


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError("nobody changes anything, or the worker does not work")
        time.sleep(0.05)
