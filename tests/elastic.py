"""Engines on the Elasticsearch of ELASTICSEARCH_URL_TEST, each with indices of its own."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch

from search.dutch.analysis import default_analyzer
from search.engines.elasticsearch import ElasticsearchEngine
from search.planner import Planner
from search.synonyms import SynonymTable, default_groups
from tests.services import requires_url

# A machine that runs tests may be slow; how long visitors wait is tested by itself.
PATIENCE = 30.0
# The facets of the thirty documents, `kind` apart.
FACETS = ("sector", "subject", "minutes", "language", "topic")


def default_planner() -> Planner:
    """A planner with the project's own synonyms."""
    return Planner(default_analyzer(), SynonymTable(default_analyzer(), default_groups()))


@contextmanager
def elastic_engine(planner: Callable[[], Planner] | None = None) -> Iterator[ElasticsearchEngine]:
    """An engine without an index; its indices are deleted afterwards."""
    made = default_planner() if planner is None else planner()
    with Elasticsearch(requires_url("ELASTICSEARCH_URL_TEST"), max_retries=0) as client:
        engine = ElasticsearchEngine(
            client, f"test-{secrets.token_hex(4)}", default_analyzer(), lambda: made, lambda: FACETS, PATIENCE
        )
        try:
            yield engine
        finally:
            engine.index.drop_all()
