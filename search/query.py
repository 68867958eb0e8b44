"""A question to the finder, free of HTTP and of engines."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

SORTS = ("relevance", "new", "title")
PAGE_SIZE = 20
MAX_PAGE = 500
MAX_CHARACTERS = 200
MAX_WORDS = 20
MAX_SIZE = 1000


def clean_text(text: str) -> str:
    """What a person typed, safe to parse: at most MAX_CHARACTERS and MAX_WORDS, single spaces, no control characters (NUL among
    them) and no lone surrogates."""
    cut = text.strip()[:MAX_CHARACTERS]
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in cut)
    return " ".join(kept.split()[:MAX_WORDS])


def page_number(text: str) -> int:
    """A page number from an address: 1 for what is no number, MAX_PAGE for more than that."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return MAX_PAGE if len(digits) > len(str(MAX_PAGE)) else max(1, min(int(digits), MAX_PAGE))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`text` as typed, `filters` facet name → chosen codes (any of them), `sort` one of SORTS, `page` from 1. `correct` off
    searches for exactly what was typed; `labels` off leaves the names of the concepts out of the ranking (for measurements).

    Whatever is passed, the query that results is within bounds: the text is cut by `clean_text`, page and size are clamped, an
    unknown sort means relevance, facets without a choice are dropped.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    correct: bool = True
    labels: bool = True

    def __post_init__(self) -> None:
        bounded = {
            "text": clean_text(self.text),
            "filters": {name: tuple(dict.fromkeys(codes)) for name, codes in self.filters.items() if codes},
            "sort": self.sort if self.sort in SORTS else SORTS[0],
            "page": max(1, min(self.page, MAX_PAGE)),
            "size": max(1, min(self.size, MAX_SIZE)),
        }
        for name, value in bounded.items():
            object.__setattr__(self, name, value)
