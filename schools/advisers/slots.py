"""Advisers on the pages of domains, answers and schools."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register
from portal.vocabulary.tags import concepts_of_page
from schools.advisers.choosing import Wanted, adviser_for, all_advisers, fitting

SHOWN = 3
# The advisers, their tags, the sizes of their photographs.
QUERIES = 3


def on_domain(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Who helps with this domain."""
    return _advisers((page.domain.code,)) if page.domain else None


def on_answer(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Who answers further questions."""
    return _advisers([concept.code for concept in concepts_of_page(page).get("wsa", ())])


def on_school(school: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Who helps this school: by its province and sectors."""
    found = adviser_for(school)
    return ("schools/advisers/on_school.html", {"shown": found}) if found else None


def _advisers(domains: Any) -> tuple[str, dict[str, Any]] | None:
    found = fitting(all_advisers(), Wanted(domains=domains), limit=SHOWN)
    return ("schools/advisers/slot.html", {"advisers": found}) if found else None


def fill_slots() -> None:
    """Fill the slots of the ground floor and of the page of a school."""
    register("domain", on_domain, queries=QUERIES)
    register("answer", on_answer, queries=QUERIES + 1)
    register("school-aside", on_school, queries=QUERIES + 1)
