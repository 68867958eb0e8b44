"""A question to the finder, free of HTTP and of engines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SORTS = ("relevance", "new", "title")
PAGE_SIZE = 20
MAX_PAGE = 500
MAX_CHARACTERS = 200
MAX_WORDS = 20


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`text` as typed (already cut to MAX_CHARACTERS and MAX_WORDS), `filters` facet name → chosen codes (any of them),
    `sort` one of SORTS, `page` from 1. `correct` off searches for exactly what was typed; `labels` off leaves the names of
    the concepts out of the ranking (for measurements)."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    correct: bool = True
    labels: bool = True
