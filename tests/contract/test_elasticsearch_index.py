"""Elasticsearch's indices: strict fields, versions, replacement, environments side by side."""

from collections.abc import Iterator

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from search.dutch.analysis import default_analyzer
from search.engines import elastic_index
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from tests.contract.documents import documents
from tests.elastic import default_planner, elastic_engine
from tests.services import requires_url


@pytest.fixture
def engine() -> Iterator[ElasticsearchEngine]:
    with elastic_engine() as engine:
        engine.rebuild(documents()[:5])
        yield engine


@pytest.fixture
def client() -> Iterator[Elasticsearch]:
    with Elasticsearch(requires_url("ELASTICSEARCH_URL_TEST")) as client:
        yield client


@pytest.mark.parametrize("unknown", [{"unknown": 1}, {"facets": {"unknown": ["x"]}}])
def test_a_field_that_is_not_in_the_mapping_is_refused(
    engine: ElasticsearchEngine, client: Elasticsearch, unknown: dict[str, object]
) -> None:
    client.index(index=engine.index.aliases.pages, id="x", document={"key": "x", "live": False})
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=engine.index.aliases.pages, id="y", document={"key": "y", "live": False, **unknown})


def test_nobody_writes_past_the_alias(engine: ElasticsearchEngine, client: Elasticsearch) -> None:
    engine.index.drop_all()
    engine.apply(upserts=documents()[:1])
    assert list(client.indices.get(index=engine.index.aliases.pages)) == [f"{engine.index.aliases.pages}-first"]


def test_an_index_of_another_version_asks_for_a_rebuild(engine: ElasticsearchEngine, client: Elasticsearch) -> None:
    assert not engine.needs_rebuild()
    client.indices.put_mapping(index=engine.index.aliases.pages, meta={"format": 1, "facets": []})
    engine.index.forget()
    assert engine.needs_rebuild()
    with pytest.raises(EngineUnavailable, match="rebuild"):
        engine.search(SearchQuery("klimaat"))
    with pytest.raises(EngineUnavailable, match="rebuild"):
        engine.apply(upserts=documents())
    assert engine.rebuild(documents()) == len(documents())
    assert not engine.needs_rebuild()


def test_a_further_facet_asks_for_a_rebuild(engine: ElasticsearchEngine, client: Elasticsearch) -> None:
    prefix = engine.index.aliases.pages.removesuffix("-pages")
    more = ElasticsearchEngine(client, prefix, default_analyzer(), default_planner, lambda: ["sector", "place"])
    assert more.needs_rebuild()


def test_the_pair_before_is_kept_and_older_ones_go_by_name(
    engine: ElasticsearchEngine, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elastic_index, "_OLD_AFTER_SECONDS", 0)
    for _ in range(3):
        engine.rebuild(documents()[:2])
    assert len(client.indices.get(index=f"{engine.index.aliases.pages}-*")) == 2
    assert len(client.indices.get(index=f"{engine.index.aliases.words}-*")) == 2


def test_environments_do_not_see_each_other(engine: ElasticsearchEngine) -> None:
    with elastic_engine() as other:
        other.rebuild(documents()[5:8])
        assert engine.revisions().keys() & other.revisions().keys() == set()
    assert len(engine.revisions()) == 5
