"""The public pages of the register: the list of schools, a school, a board. They hold no personal byte and set no cookie."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.content.snapshot import current
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models import Board, School
from schools.register.showing import province_of, sectors_of, steps
from search.query import clean_text

PAGE_SIZE = 50


@require_safe
def school_list(request: HttpRequest) -> HttpResponse:
    """All open schools, or those found by words of name, place, code or board (`?q=`) and by province (`?provincie=`)."""
    text = clean_text(request.GET.get("q", ""))
    province = vocabulary().get(Scheme.PROVINCE, request.GET.get("provincie", "")[:80])
    found = School.objects.open().found(text)
    parameters = QueryDict(mutable=True)
    if text:
        parameters["q"] = text
    if province:
        found = found.filter(province=province.pk)
        parameters["provincie"] = province.code
    values = {"text": text, "province": province, "provinces": vocabulary().scheme(Scheme.PROVINCE)}
    shown = _shown(found.select_related("board"), request, parameters)
    return render(request, "schools/list.html", {**values, **shown, "breadcrumbs": [(current(request).name, "/")]})


@require_safe
def school(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one school. Addresses are in lower case."""
    if code != code.lower():
        return redirect("schools:school", code=code.lower(), permanent=True)
    found = get_object_or_404(School.objects.select_related("board"), code=code.upper())
    return render(
        request,
        "schools/school.html",
        {"school": found, "sectors": sectors_of(found), "province": province_of(found), "breadcrumbs": _above(request)},
    )


@require_safe
def board(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one board, with its open schools."""
    found = get_object_or_404(Board, number=number)
    shown = _shown(found.schools.open(), request, QueryDict(mutable=True))
    return render(request, "schools/board.html", {"board": found, **shown, "breadcrumbs": _above(request)})


def _shown(found: QuerySet[School], request: HttpRequest, parameters: QueryDict) -> dict[str, Any]:
    """One page of these schools; what is no number of a page means the first, too high a number the last."""
    page = Paginator(found.prefetch_related("sectors"), PAGE_SIZE).get_page(request.GET.get("page", ""))
    schools = [(school, sectors_of(school)) for school in page]
    return {"schools": schools, "total": page.paginator.count, "steps": steps(page, parameters)}


def _above(request: HttpRequest) -> list[tuple[str, str]]:
    return [(current(request).name, "/"), (_("Schools"), reverse("schools:list"))]
