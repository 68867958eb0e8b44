"""The protocol both engines keep. An engine sees plans and documents; it never sees a model, a request or a template."""

from collections.abc import Iterable
from typing import Protocol

from search.documents import SearchDocument
from search.planner import Plan
from search.query import SearchQuery
from search.results import Hit, SearchResults


class EngineUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """The engine cannot answer now: a damaged or foreign index, a full disk, a server that is away. The message says which."""


class Engine(Protocol):
    """One place where documents are kept and found again. Every method may raise EngineUnavailable.

    An index that was never made is no fault: it is empty, and the first `apply` makes it.
    """

    name: str

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the live one and swap it in; returns the number of documents."""

    def apply(self, *, upserts: Iterable[SearchDocument] = (), deletes: Iterable[tuple[str, int]] = ()) -> None:
        """Write documents and remove keys (with the revision of their removal). An older revision never wins."""

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query, with counts for every registered facet."""

    def plan(self, text: str) -> Plan:
        """The plan of a question, for people who wonder about an answer."""

    def suggest(self, prefix: str, *, size: int = 8) -> list[str]:
        """Titles that begin with, or hold words that begin with, what was typed."""

    def similar(self, key: str, *, size: int = 4) -> list[Hit]:
        """Documents most like the one with this key, itself left out."""

    def revisions(self) -> dict[str, int]:
        """Key → revision of every live document, to compare with the database."""

    def needs_rebuild(self) -> bool:
        """Is there no index yet, or one made by another version of the analysis? Then `rebuild` is due."""
