"""The quick scan of a school: everybody of the school sees it, who writes for the school fills it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schools.access import led_school, own_school, signed_in
from schools.models import Scan, School
from schools.permissions import leads
from schools.scan import services
from schools.scan.flower import petals
from schools.scan.forms import StepForm
from schools.unsent import typed

# How many scans of earlier the page compares with.
HISTORY = 6


@signed_in
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponseBase:
    """The flower as it is, what it asks for, and how it was before."""
    school = own_school(request, code)
    finished = list(Scan.objects.filter(school=school).finished()[:HISTORY])
    latest = finished[0] if finished else None
    values = {
        "school": school,
        "may_fill": leads(request.user, school),
        "resume": _resume(school),
        "steps": services.steps(),
        "latest": latest,
        "petals": petals(latest.result if latest else {}),
        "history": [(scan, petals(scan.result)) for scan in finished],
        "proposals": _proposals(school, latest) if latest else (),
    }
    return render(request, "schools/scan/overview.html", values)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, domain: str) -> HttpResponseBase:
    """The statements about one domain; sending them goes to the next one, and after the last one to the flower."""
    school = led_school(request, code)
    steps = services.steps()
    place = next((index for index, one in enumerate(steps) if one.domain.code == domain), None)
    if place is None:
        raise Http404
    form = StepForm(typed(request), step=steps[place], known=services.known_answers(school))
    if request.method == "POST" and form.is_valid():
        services.answer(school=school, person=request.user, answers=form.answers())
        return _onward(request, school, steps[place + 1 :])
    values = {
        "school": school,
        "step": steps[place],
        "steps": steps,
        "form": form,
        "back": steps[place - 1].domain.code if place else "",
        "is_last": place == len(steps) - 1,
    }
    return render(request, "schools/scan/step.html", values, status=422 if form.errors else 200)


def _onward(request: HttpRequest, school: School, rest: list[services.Step]) -> HttpResponse:
    """After a step: the next one, or the flower when it was the last one or enough for now."""
    if "stop" not in request.POST and rest:
        return redirect("schools:scan-step", code=school.code, domain=rest[0].domain.code)
    if (
        "stop" not in request.POST
        and services.finish(school) is None
        and Scan.objects.filter(school=school).unfinished().exists()
    ):
        messages.error(
            request, _("Answer at least one statement with something else than “I do not know”: then there is a flower.")
        )
    return redirect("schools:scan", code=school.code)


def _resume(school: School) -> str:
    """The domain to go on with when a scan is being filled: the first one without an answer, or else the last one."""
    unfinished = Scan.objects.filter(school=school).unfinished().first()
    if unfinished is None:
        return ""
    answered = set(unfinished.answers.values_list("statement__domain", flat=True))
    asked = services.steps()
    return next((one.domain.code for one in asked if one.domain.pk not in answered), asked[-1].domain.code if asked else "")


def _proposals(school: School, scan: Scan) -> list[dict[str, Any]]:
    """Needs to put on the list of the school with one press, each with the address of the form that knows it already."""
    known = list(school.needs.values_list("what", flat=True))
    form = reverse("schools:need-add", args=[school.code])
    return [
        {"what": one.what, "domain": one.domain, "url": f"{form}?{urlencode({'domain': one.domain.code, 'what': one.what})}"}
        for one in services.proposals(scan, known=known)
    ]
