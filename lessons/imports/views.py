"""The screens of the import in Wagtail's admin. Who may not add lessons anywhere finds nothing here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from lessons.exports.files import CSV_TYPE, FIRST_ROW, csv_lines, write_xlsx
from lessons.imports import jobs
from lessons.imports.forms import ImportForm
from lessons.imports.planning import Outcome
from lessons.models import ImportJob, LessonIndexPage, LessonPage
from portal.spreadsheets import XLSX_TYPE

RECENT = 10
ROWS_ON_A_PAGE = 100
REFRESH_SECONDS = 2


def _indexes(request: HttpRequest) -> Any:
    indexes = jobs.indexes_for(request.user)
    if not indexes:
        raise Http404
    return indexes


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Hand in a table; what was handed in before; the template."""
    form = ImportForm(request.POST or None, request.FILES or None, indexes=_indexes(request))
    if request.method == "POST" and form.is_valid():
        job = _submitted(request, form)
        if job is not None:
            return redirect("lessons_import:job", job.pk)
    context = {
        **_page(_("Import lessons")),
        "form": form,
        "jobs": ImportJob.objects.for_user(request.user).defer("report", "written")[:RECENT],
    }
    return TemplateResponse(request, "lessons/admin/import_start.html", context)


@require_GET
def show(request: HttpRequest, key: int) -> HttpResponse:
    """How far an import is and what it does; loads itself anew while a worker is at it."""
    _indexes(request)
    job = get_object_or_404(ImportJob.objects.for_user(request.user).defer("written"), pk=key)
    chosen = request.GET.get("show", "")
    rows = job.report.get("rows", [])
    counts = job.report.get("counts", {})
    if chosen in Outcome.values:
        rows = [row for row in rows if row["outcome"] == chosen]
    else:
        # What asks for attention first; the order of the table within.
        order = {Outcome.ERROR: 0, Outcome.NEW: 1, Outcome.CHANGED: 1}
        rows = sorted(rows, key=lambda row: order.get(row["outcome"], 2))
    labels = {str(outcome): outcome.label for outcome in Outcome}
    rows = [row | {"label": labels[row["outcome"]]} for row in rows]
    shown = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("p"))
    there = LessonPage.objects.child_of(job.index).filter(slug__in=[row["slug"] for row in shown])
    keys = dict(there.values_list("slug", "pk"))
    shown.object_list = [row | {"key": keys.get(row["slug"])} for row in shown]
    context = {
        **_page(job.name, (_("Import lessons"), "lessons_import:start")),
        "job": job,
        "written": counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0),
        "outcomes": [(code, label, counts.get(code, 0)) for code, label in labels.items()],
        "chosen": chosen,
        "rows": shown,
        "first_row": FIRST_ROW,
    }
    response = TemplateResponse(request, "lessons/admin/import_job.html", context)
    if job.is_busy:
        # Works without a script, and the browser keeps the place on the page.
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Carry out what the dry run showed."""
    job = get_object_or_404(ImportJob.objects.for_user(request.user), pk=key, index__in=_indexes(request))
    if not jobs.confirm(job):
        messages.warning(request, _("There is nothing to carry out."))
    return redirect("lessons_import:job", job.pk)


@require_GET
def template(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The empty template."""
    _indexes(request)
    name = f'attachment; filename="lessen-sjabloon.{extension}"'
    response = HttpResponse(content_type=XLSX_TYPE if extension == "xlsx" else CSV_TYPE, headers={"Content-Disposition": name})
    if extension == "xlsx":
        write_xlsx(response)
    else:
        response.writelines(csv_lines())
    return response


def _submitted(request: HttpRequest, form: ImportForm) -> ImportJob | None:
    """The import that a valid form makes; None, with a message beside the file, when it cannot be stored."""
    # By the name that its maker knows, not the safe one that the check gave it.
    name = request.FILES["file"].name
    index: LessonIndexPage = form.cleaned_data["index"]
    try:
        return jobs.submit(file=form.cleaned_data["file"], name=name, index=index, user=request.user)
    except OSError:
        form.add_error("file", _("This file cannot be stored at the moment. Tell the administrator."))
    except ValidationError as error:
        form.add_error("file", error)
    return None


def _page(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """What the header of an admin page wants."""
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("lessons:index"), "label": _("Lessons")},
            *({"url": reverse(name), "label": label} for label, name in above),
            {"url": "", "label": title},
        ],
    }
