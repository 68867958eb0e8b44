"""Screens of the editors' desk that are more than a list: trying a search, the report, synonyms as a file."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.content.cards import specific_pages
from search import finder
from search.editorial.lookup import promoted
from search.editorial.table import MAX_BYTES, TableError, read_table, replace_all, write_table
from search.explain import explain
from search.models import ClickCount, SearchCount
from search.query import SearchQuery

DAYS = 30
ROWS = 50


class UploadForm(forms.Form):
    """A CSV file of synonyms."""

    file = forms.FileField(label="", max_length=255)


@require_safe
def try_out(request: HttpRequest) -> HttpResponse:
    """What the finder makes of a search: its plan and the first ten results."""
    query = SearchQuery(text=request.GET.get("q", ""), size=10)
    context: dict[str, Any] = {"text": query.text}
    if query.text:
        results = finder.find(query)
        pages = {str(page.pk): page for page in specific_pages([int(hit.key) for hit in results.hits if hit.key.isdigit()])}
        context["groups"] = explain(query.text) if results.available else []
        context["results"] = results
        context["hits"] = [(pages[hit.key], hit.score) for hit in results.hits if hit.key in pages]
        context["promoted"] = specific_pages(promoted(query.text))
    return render(request, "search/admin/try_out.html", context)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What visitors searched in the last DAYS days: most frequent, without result, not found, and clicks per position."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = SearchCount.objects.filter(day__gte=since).values("text")
    sums = rows.annotate(number=Sum("searches"), empty=Sum("without_result"), yes=Sum("found"), no=Sum("not_found")).order_by(
        "-number", "text"
    )
    clicks = ClickCount.objects.filter(day__gte=since).values("position").annotate(number=Sum("clicks")).order_by("position")
    context = {
        "days": DAYS,
        "frequent": _first(sums.filter(number__gt=0)),
        "without_result": _first(sums.filter(empty__gt=0).order_by("-empty", "text")),
        "not_found": _first(sums.filter(no__gt=0).order_by("-no", "text")),
        "clicks": list(clicks[:20]),
    }
    return render(request, "search/admin/report.html", context)


@permission_required("search.view_synonymgroup", raise_exception=True)
@require_safe
def synonyms_export(request: HttpRequest) -> HttpResponse:
    """All synonyms as a CSV file."""
    response = HttpResponse(write_table(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="synoniemen.csv"'
    return response


@permission_required("search.change_synonymgroup", raise_exception=True)
@require_http_methods(["GET", "POST"])
def synonyms_import(request: HttpRequest) -> HttpResponse:
    """Replace all synonyms by those of a CSV file: all or nothing, with every problem named."""
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            came, went = replace_all(read_table(form.cleaned_data["file"].read(MAX_BYTES + 1)))
        except TableError as error:
            problems = error.problems
        else:
            messages.success(request, _("%(came)s groups added, %(went)s removed.") % {"came": came, "went": went})
            return redirect("synonyms:index")
    return render(request, "search/admin/synonyms_import.html", {"form": form, "problems": problems})


def _first(rows: QuerySet[Any, Any]) -> list[Any]:
    return list(rows[:ROWS])
