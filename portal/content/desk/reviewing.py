"""Pages that somebody has to check again, because their review date has come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from portal.content.cards import tagged_models
from portal.content.desk.mail import people_of, tell
from portal.content.models.reviews import ReviewNotice
from portal.stamps.models import bump

# The stamp of these mails.
MAILED = "reviews-mailed"


@dataclass(frozen=True, slots=True)
class Review:
    """A live page and the day by which it has to be checked."""

    page: Page
    review_on: date


def to_check(*, until: date) -> QuerySet[Page]:
    """The live pages that have to be checked by this day or before it."""
    pages: QuerySet[Page] = Page.objects.filter(pk__in=_dates(until, "pk"))
    return pages


def next_reviews(*, until: date, among: QuerySet[Page], limit: int) -> list[Review]:
    """The live pages that have to be checked by this day, the most urgent first. Two queries, whatever their number."""
    rows = list(_dates(until, "pk", "review_on", among=among).order_by("review_on", "pk")[:limit])
    return _reviews(rows)


def remind(today: date) -> int:
    """Mail everybody who looks after a page whose review date came since the last time: one mail a person, about all their pages.
    Returns the number of pages. A page is told about once for each date, also when two workers do this at the same time."""
    with transaction.atomic():
        # The second of two workers waits here until the first has committed.
        bump(MAILED)
        told = set(ReviewNotice.objects.values_list("page_id", "review_on"))
        reviews = _reviews([row for row in _dates(today, "pk", "review_on").order_by("review_on", "pk") if row not in told])
        ReviewNotice.objects.bulk_create(ReviewNotice(page=review.page, review_on=review.review_on) for review in reviews)
        responsible = people_of([review.page for review in reviews])
        lists: dict[Any, list[Review]] = defaultdict(list)
        for review in reviews:
            for person in responsible[review.page.pk]:
                lists[person].append(review)
        for person, theirs in lists.items():
            tell([person], "to_check", {"reviews": theirs})
    return len(reviews)


def _dates(until: date, *columns: str, among: QuerySet[Page] | None = None) -> QuerySet[Any, Any]:
    """These columns of all live pages with a review date until this day, whatever their types: one query."""
    parts = []
    for model in tagged_models():
        part = model._default_manager.filter(live=True, review_on__lte=until)
        if among is not None:
            part = part.filter(pk__in=among.values("pk"))
        parts.append(part.order_by().values_list(*columns))
    return parts[0].union(*parts[1:], all=True)


def _reviews(rows: Sequence[tuple[int, date]]) -> list[Review]:
    pages = Page.objects.in_bulk([pk for pk, _ in rows])
    return [Review(pages[pk], day) for pk, day in rows if pk in pages]
