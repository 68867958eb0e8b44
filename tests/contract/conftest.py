"""Every engine that the contract holds for, with the same documents in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.dutch.analysis import default_analyzer
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.planner import Planner
from search.synonyms import SynonymTable, default_groups
from tests.contract.documents import documents


def make_embedded(folder: Path) -> EmbeddedEngine:
    """An embedded engine with the project's own synonyms and no index yet."""
    planner = Planner(default_analyzer(), SynonymTable(default_analyzer(), default_groups()))
    return EmbeddedEngine(folder, default_analyzer(), lambda: planner)


MAKERS: dict[str, Callable[[Path], Engine]] = {"embedded": make_embedded}


@pytest.fixture(params=sorted(MAKERS))
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine without an index."""
    return MAKERS[request.param](tmp_path / "contract")


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with the thirty documents."""
    assert empty_engine.rebuild(documents()) == len(documents())
    return empty_engine
