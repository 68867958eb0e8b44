"""What an engine keeps of a page: text to find it by, codes to filter it by, numbers to sort it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One findable page.

    `key` is the page's primary key as text, `revision` grows with every change (an older one never wins). `title`, `intro` and
    `body` are plain text; `audience` names for whom the page is, as teachers say it ("groep 6", "biologie"); `links` is what is
    said of the page elsewhere: titles of the pages it is related to, and the notes with those relations; `labels` holds the names
    and synonyms of the topics the page is tagged with, a field of its own so that its part in the ranking can be measured.
    `facets` maps facet names to codes. `minutes` is the length of a lesson.
    """

    key: str
    revision: int
    kind: str
    title: str
    intro: str = ""
    body: str = ""
    audience: str = ""
    links: str = ""
    labels: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minutes: int | None = None
    updated: datetime | None = None
