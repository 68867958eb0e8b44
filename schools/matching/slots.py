"""What helps, on the page of a need; and "used it" on the pages of the site, for members of a school."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.content.models import TaggedPage
from portal.content.slots import register
from schools.matching.enums import Verdict
from schools.matching.finding import matches
from schools.matching.from_needs import wanted_of
from schools.models import PageUse, SupportNeed
from schools.permissions import schools_for

SHOWN = 6
# The buttons of so many schools stand open beside a page; of more schools each is folded below its name.
OPEN_SCHOOLS = 3
MOST_SCHOOLS = 60


def on_need(need: SupportNeed, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The best pages for a need that still asks for something, each with why, and what the school may say of it."""
    if not need.is_pending:
        return None
    (wanted,) = wanted_of([need], need.school)
    found = matches(wanted, SHOWN, school=need.school_id)
    return "schools/matching/slot.html", {"need": need, "school": need.school, "matches": found, "verdicts": Verdict}


def on_page(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What the schools of this person say of the page. A visitor without a session costs no query and keeps the page public."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(page, TaggedPage) or not page.pk:
        return None
    if not request.user.is_authenticated:
        return None
    schools = list(schools_for(request.user)[:MOST_SCHOOLS])
    if not schools:
        return None
    said = dict(PageUse.objects.filter(page=page.pk, school__in=schools).values_list("school", "verdict"))
    rows = [(school, said.get(school.pk, "")) for school in schools]
    return "schools/matching/on_page.html", {"rows": rows, "folded": len(rows) > OPEN_SCHOOLS, "verdicts": Verdict}


def fill_slots() -> None:
    """Fill the slots of the page of a need and of pages with tags."""
    # Beside the pages and their cards, which cost as on any list: the tags of need and school, those of the pages, what was said.
    register("need", on_need, queries=30)
    register("page-aside", on_page, queries=4)
