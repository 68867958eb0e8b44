"""The finder keeps finding what teachers ask for in the demo content; `python -m tests.relevance` prints the figures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search.dutch.analysis import default_analyzer
from search.engines.embedded import EmbeddedEngine
from search.planner import Planner
from search.query import SearchQuery
from search.synonyms import SynonymTable, default_groups
from tests.relevance.demo import tagged_documents, topic_groups
from tests.relevance.harness import Report, TaggedDocument, evaluate

# Raise these when the method gets better; never lower them for a change of the content without saying why.
WITHOUT_LABELS = 0.69
WITH_LABELS = 0.90


@pytest.fixture(scope="module")
def tagged() -> list[TaggedDocument]:
    return tagged_documents()


@pytest.fixture
def measure(tmp_path: Path, tagged: list[TaggedDocument]) -> Callable[[bool], Report]:
    planner = Planner(default_analyzer(), SynonymTable(default_analyzer(), [*default_groups(), *topic_groups()]))

    def measured(labels: bool) -> Report:
        engine = EmbeddedEngine(tmp_path / "relevance", default_analyzer(), lambda: planner)
        engine.rebuild(one.document if labels else replace(one.document, labels="") for one in tagged)

        def answer(text: str) -> list[str]:
            results = engine.search(SearchQuery(text))
            return [hit.key for hit in (*results.hits, *results.related)]

        return evaluate(answer, tagged)

    return measured


def test_relevance_without_the_names_of_topics(measure: Callable[[bool], Report]) -> None:
    report = measure(False)
    assert report.ndcg10 > WITHOUT_LABELS, report.by_trap()
    assert report.zero_hit == 0


def test_relevance_with_the_names_of_topics(measure: Callable[[bool], Report]) -> None:
    assert measure(True).ndcg10 > WITH_LABELS
