"""What the index and the database say, side by side."""

from search import finder, indexing
from search.indexing import visible_keys
from search.query import SearchQuery

SINK = "embedded"


def stands() -> dict[str, int]:
    """What the index holds, by its own word."""
    return finder.engine_for(SINK).revisions()


def agrees() -> bool:
    """Whether the index holds every public page at the revision of its last change, and nothing else."""
    return stands() == indexing._revisions(visible_keys())


def keys(text: str = "", **filters: tuple[str, ...]) -> set[int]:
    return {int(hit.key) for hit in finder.find(SearchQuery(text, filters, size=1000)).hits}
