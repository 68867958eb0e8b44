"""How the public pages show what the register says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.register import School

# Names that teachers say in short.
SHORT = ("pro", "vmbo", "havo", "vwo", "so", "vso", "sbo")


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the visitor is in a list: the query strings of the page before and the page after, empty at the ends."""

    number: int
    pages: int
    before: str
    after: str


def sector_line(codes: Iterable[str]) -> str:
    """The sectors of a school in a few words: Voortgezet onderwijs (havo, vwo)."""
    words = vocabulary()
    found = set(codes)
    broad = [concept.label for concept in words.scheme(Scheme.SECTOR, retired=True) if concept.code in found - set(SHORT)]
    short = [code for code in SHORT if code in found]
    if not short:
        return ", ".join(broad)
    return f"{', '.join(broad)} ({', '.join(short)})" if broad else ", ".join(short)


def sectors_of(school: School) -> str:
    """The same of a school; a query unless the sectors were fetched with it."""
    return sector_line(concept.code for concept in school.sectors.all())


def province_of(school: School) -> str:
    """The name of its province, or nothing; no query."""
    concept = vocabulary().by_id(school.province_id)
    return concept.label if concept else ""


def steps(page: Page[Any], parameters: QueryDict) -> Steps:
    """The steps from this page of a list, with the other parameters of its address."""

    def query(number: int) -> str:
        changed = parameters.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

    before = query(page.previous_page_number()) if page.has_previous() else ""
    after = query(page.next_page_number()) if page.has_next() else ""
    return Steps(page.number, page.paginator.num_pages, before, after)
