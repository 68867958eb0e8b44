"""The finder at /zoeken/ and its suggestions while typing."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.content.snapshot import current
from portal.senders import from_this_site, network, within_limit
from search import finder
from search.counting.services import count_answer, count_click, count_search
from search.editorial.lookup import promoted
from search.forms import parse
from search.personal import offered
from search.presentation import present
from search.query import clean_text

SORT_LABELS = {"relevance": _("Best match"), "new": _("Newest"), "title": _("Title A to Z")}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The finder."""
    response = render(request, "search/finder.html", finder_context(request))
    personal = settings.SESSION_COOKIE_NAME in request.COOKIES
    response["Cache-Control"] = "private, no-store" if personal else "private, no-cache"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles for what was typed so far, as `{"suggestions": [...]}`; nothing when the engine is away."""
    return JsonResponse({"suggestions": finder.suggest(request.GET.get("q", ""), size=8)})


@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A beacon of the finder: the result at this position was opened. Counted, nothing more."""
    position = request.POST.get("position", "")
    if from_this_site(request) and position.isascii() and position.isdigit() and len(position) < 5:
        count_click(request.POST.get("q", ""), key=request.POST.get("key", ""), position=int(position))
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def answered(request: HttpRequest) -> HttpResponse:
    """The answer to "did you find it?"; counted once an hour for the same search from the same network."""
    text = clean_text(request.POST.get("q", ""))
    answer = request.POST.get("found", "")
    if answer in ("ja", "nee") and from_this_site(request):
        if within_limit("found", f"{network(request)} {text}", times=1, seconds=3600):
            count_answer(text, found=answer == "ja")
        return render(request, "search/answered.html", {"found": answer == "ja", "text": text})
    return render(request, "400.html", status=400)


def finder_context(request: HttpRequest, *, preset: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """`finder` and `domains` for a template that holds the finder. `preset` filters are fixed by the page itself. When no engine
    answers the visitor gets a calm notice and the domains to browse, never an error."""
    asked = parse(request.GET, preset=preset, personal=offered(request))
    results = finder.find(asked.query)
    plain = asked.query.page == 1 and asked.query.sort == "relevance" and asked.query.filters == asked.preset
    # With filters or another order it is the same search once more, and what it does not find may be there without them.
    if plain and asked.query.text and results.available:
        count_search(asked.query.text, total=results.total)
    on_top = promoted(asked.query.text) if plain else ()
    shown = present(asked, results, action=request.path, sorts=SORT_LABELS, promoted=on_top)
    return {"finder": shown, "domains": current(request).domains}
