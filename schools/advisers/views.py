"""The public pages of advisers, below /makelaars/."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.content.snapshot import current
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.advisers.choosing import Wanted, all_advisers, fitting


@require_safe
def advisers(request: HttpRequest) -> HttpResponse:
    """All advisers, or those for one province (`?provincie=`); a province that does not exist is left out."""
    words = vocabulary()
    chosen = words.get(Scheme.PROVINCE, request.GET.get("provincie", "")[:80])
    found = all_advisers()
    values = {
        "advisers": fitting(found, Wanted(province=chosen.code)) if chosen else found,
        "provinces": words.scheme(Scheme.PROVINCE),
        "chosen": chosen,
    }
    return render(request, "schools/advisers/list.html", values)


@require_safe
def adviser(request: HttpRequest, slug: str) -> HttpResponse:
    """One adviser."""
    found = next((one for one in all_advisers() if one.adviser.slug == slug), None)
    if found is None:
        raise Http404
    above = [(current(request).name, "/"), (_("Advisers"), reverse("schools:advisers"))]
    return render(request, "schools/advisers/adviser.html", {"shown": found, "adviser": found.adviser, "breadcrumbs": above})
