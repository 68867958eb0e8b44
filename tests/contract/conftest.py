"""Every engine that the contract holds for, with the same documents in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from search.dutch.analysis import default_analyzer
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from tests.contract.documents import documents
from tests.elastic import default_planner, elastic_engine


def make_embedded(folder: Path) -> EmbeddedEngine:
    """An embedded engine with the project's own synonyms and no index yet."""
    planner = default_planner()
    return EmbeddedEngine(folder, default_analyzer(), lambda: planner)


MAKERS: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "embedded": lambda folder: nullcontext(make_embedded(folder)),
    "elasticsearch": lambda folder: elastic_engine(),
}


@pytest.fixture(params=sorted(MAKERS))
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine without an index; Elasticsearch is skipped without a server, and fails without one when CI is set."""
    with MAKERS[request.param](tmp_path / "contract") as engine:
        yield engine


@pytest.fixture(scope="module", params=sorted(MAKERS))
def standing_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the thirty documents, for tests that only ask."""
    with MAKERS[request.param](tmp_path_factory.mktemp("standing")) as engine:
        engine.rebuild(documents())
        yield engine


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with the thirty documents."""
    assert empty_engine.rebuild(documents()) == len(documents())
    return empty_engine
