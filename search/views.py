"""The finder at /zoeken/ and its suggestions while typing."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.content.snapshot import current
from search import finder
from search.forms import parse
from search.presentation import present

SORT_LABELS = {"relevance": _("Best match"), "new": _("Newest"), "title": _("Title A to Z")}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The finder."""
    response = render(request, "search/finder.html", finder_context(request))
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles for what was typed so far, as `{"suggestions": [...]}`; nothing when the engine is away."""
    return JsonResponse({"suggestions": finder.suggest(request.GET.get("q", ""), size=8)})


def finder_context(request: HttpRequest, *, preset: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """`finder` and `domains` for a template that holds the finder. `preset` filters are fixed by the page itself. When no engine
    answers the visitor gets a calm notice and the domains to browse, never an error."""
    asked = parse(request.GET, preset=preset)
    shown = present(asked, finder.find(asked.query), action=request.path, sorts=SORT_LABELS)
    return {"finder": shown, "domains": current(request).domains}
