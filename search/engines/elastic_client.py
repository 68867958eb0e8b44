"""The way to Elasticsearch: addresses, who we are, and how long we wait."""

from dataclasses import dataclass

from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

# A visitor waits no longer; then the embedded index answers.
PATIENCE_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class ElasticAccess:
    """`urls` of the nodes; `prefix` of the names of our indices, one for each environment; an API key, or a user with a password,
    or neither; `ca_certs` a file with the certificate authority of the nodes, when it is not one that everybody knows;
    `patience`: seconds for all requests of one question."""

    urls: tuple[str, ...]
    prefix: str = "portal"
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_certs: str = ""
    patience: float = PATIENCE_SECONDS


def connect(access: ElasticAccess) -> Elasticsearch:
    """A client, which connects when it is first used. A node that refuses is left out for a while and the next one asked at once;
    whoever waited in vain is not made to wait again."""
    return Elasticsearch(
        list(access.urls),
        api_key=access.api_key or None,
        basic_auth=(access.user, access.password) if access.user and not access.api_key else None,
        ca_certs=access.ca_certs or DEFAULT,
        max_retries=len(access.urls) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
    )
