"""What schools said of pages: closes the loop between what is offered and what helped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from wagtail.models import Page

from schools.matching.enums import Verdict
from schools.models import PageUse, School, SupportNeed


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a page: the verdict of this school (empty without one), how many others used it, how many others had no
    use for it."""

    verdict: str = ""
    helped: int = 0
    useless: int = 0


def told(pages: Collection[int], *, school: int | None) -> Mapping[int, Told]:
    """What schools said of these pages, by key; `school` is the one that asks, if any. One query."""
    mine = Q(school=school)
    others = ~mine if school else Q()
    rows = (
        PageUse.objects.filter(page__in=pages)
        .order_by()
        .values_list("page")
        .annotate(
            own=Max("verdict", filter=mine),
            helped=Count("pk", filter=others & Q(verdict__in=(Verdict.USED, Verdict.DONE))),
            useless=Count("pk", filter=others & Q(verdict=Verdict.NOT_USEFUL)),
        )
    )
    return {page: Told(own or "", helped, useless) for page, own, helped, useless in rows}


def record(*, school: School, page: Page, verdict: str, person: Any, need: SupportNeed | None = None) -> PageUse:
    """Keep what a school says of a page; a later word replaces an earlier one, a need once named stays."""
    said = {"verdict": Verdict(verdict), "person": person, **({"need": need} if need else {})}
    with transaction.atomic():
        use, _ = PageUse.objects.update_or_create(school=school, page=page, defaults=said)
        return use


def take_back(*, school: School, page: Page) -> None:
    """Forget what a school said of a page."""
    PageUse.objects.filter(school=school, page=page).delete()
