"""What a school says of pages, below /mijn-school/<code>/."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.content.cards import cards_for, specific_pages
from portal.content.snapshot import visible
from schools.access import own_school, signed_in
from schools.matching.enums import Verdict
from schools.matching.uses import record, take_back
from schools.models import PageUse, School, SupportNeed

SHOWN = 60


@signed_in
@require_safe
def used(request: HttpRequest, code: str) -> HttpResponseBase:
    """What colleagues used, did, or had no use for; the latest first."""
    school = own_school(request, code)
    uses = {use.page_id: use for use in PageUse.objects.filter(school=school).select_related("person")[:SHOWN]}
    cards = cards_for(specific_pages(list(uses)))
    rows = [(card, uses[card.key]) for card in cards]
    return render(request, "schools/matching/used.html", {"school": school, "rows": rows, "verdicts": Verdict})


@signed_in
@require_POST
def say(request: HttpRequest, code: str, page: int) -> HttpResponseBase:
    """Keep what the school says of a page (`verdict`, one of Verdict; without one what was said is taken back), for a need when
    `need` names one. Goes back to `next`, or else to the list of what was used."""
    school = own_school(request, code)
    found = visible(Page.objects.filter(pk=page)).first() if page < 2**63 else None
    verdict = request.POST.get("verdict", "")
    if found is None or verdict not in ("", *Verdict.values):
        raise Http404
    if verdict:
        record(school=school, page=found, verdict=verdict, person=request.user, need=_need(school, request.POST.get("need", "")))
        messages.success(request, _("Kept: “%(title)s” · %(verdict)s.") % _said(found, verdict))
    else:
        take_back(school=school, page=found)
        messages.success(request, _("Taken back: “%(title)s”.") % {"title": found.title})
    return redirect(_onward(request, school))


def _said(page: Page, verdict: str) -> dict[str, Any]:
    return {"title": page.title, "verdict": Verdict(verdict).label.lower()}


def _need(school: School, number: str) -> SupportNeed | None:
    """The need of this school with this number; None for anything else."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return SupportNeed.objects.filter(school=school, number=int(number)).first()


def _onward(request: HttpRequest, school: School) -> str:
    address = request.POST.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("schools:used", args=[school.code])
