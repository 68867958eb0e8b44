"""The way in: TLS with an authority of one's own, a user with few rights, an API key."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from elastic_transport import TlsError
from elasticsearch import AuthorizationException

from search.dutch.analysis import default_analyzer
from search.engines.base import EngineUnavailable
from search.engines.elastic_client import ElasticAccess, connect
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from tests.contract.documents import documents
from tests.elastic import FACETS, PATIENCE, default_planner
from tests.faults.security import PASSWORD, add_user, secured_node


@pytest.fixture(scope="module")
def access() -> Iterator[ElasticAccess]:
    """The way to a node with TLS, for a user who may use `portal-*` only."""
    with tempfile.TemporaryDirectory(prefix="portal-tls-", ignore_cleanup_errors=True) as folder:
        node, certificate = secured_node(Path(folder) / "node")
        add_user(Path(folder) / "node")
        node.start()
        try:
            yield ElasticAccess((node.url,), "portal-test", "portal", PASSWORD, ca_certs=str(certificate))
        finally:
            node.kill()


def engine(access: ElasticAccess) -> ElasticsearchEngine:
    planner = default_planner()
    return ElasticsearchEngine(connect(access), access.prefix, default_analyzer(), lambda: planner, lambda: FACETS, PATIENCE)


def test_a_user_with_few_rights_is_enough(access: ElasticAccess) -> None:
    ours = engine(access)
    assert ours.rebuild(documents()) == len(documents())
    ours.apply(deletes=[("1", 500)])
    assert ours.search(SearchQuery("schooltuin")).total
    assert ours.suggest("zonnep") == ["Zonnepanelen op het schooldak"]
    assert len(ours.revisions()) == len(documents()) - 1
    ours.rebuild(documents())
    with pytest.raises(AuthorizationException):
        connect(access).indices.create(index="other")


def test_a_wrong_password_is_an_engine_that_does_not_answer(access: ElasticAccess) -> None:
    wrong = ElasticAccess(access.urls, access.prefix, "portal", "wrong", ca_certs=access.ca_certs)
    with pytest.raises(EngineUnavailable, match="AuthenticationException"):
        engine(wrong).search(SearchQuery("schooltuin"))


def test_a_certificate_of_a_stranger_is_not_trusted(access: ElasticAccess) -> None:
    stranger = ElasticAccess(access.urls, access.prefix, access.user, access.password)
    with pytest.raises(TlsError):
        connect(stranger).indices.exists(index="portal-x")
    with pytest.raises(EngineUnavailable):
        engine(stranger).search(SearchQuery("schooltuin"))


def test_an_api_key_goes_in_the_header_and_before_a_password() -> None:
    client = connect(ElasticAccess(("https://127.0.0.1:9200",), "portal", "user", "password", api_key="a2V5OnNlY3JldA=="))
    assert client._headers["authorization"] == "ApiKey a2V5OnNlY3JldA=="
    assert "authorization" not in connect(ElasticAccess(("http://127.0.0.1:9200",)))._headers
