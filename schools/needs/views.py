"""The needs of a school: for who belongs to it to read, for who leads it to write. Visitors see none of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.tags import concepts_of_page
from schools.access import led_school, own_school, signed_in
from schools.enums import NeedAction
from schools.errors import ChangedMeanwhileError, NotPossibleError
from schools.models.needs import SupportNeed
from schools.needs.forms import NeedForm, StepForm
from schools.needs.services import add_need, change_need, mark_of
from schools.needs.workflow import actions, transition
from schools.permissions import leads
from schools.seen import what_stands
from schools.unsent import mark_seen, typed

SHOWN = 200
# The Dutch words in the addresses of what can be done to a need.
STEPS = {
    "oppakken": NeedAction.TAKE_UP,
    "terugzetten": NeedAction.PUT_BACK,
    "vervuld": NeedAction.MEET,
    "vervallen": NeedAction.DROP,
    "heropenen": NeedAction.REOPEN,
}


@signed_in
@require_safe
def need_list(request: HttpRequest, code: str) -> HttpResponse:
    """All needs of a school: first those that still ask for something."""
    school = own_school(request, code)
    needs = list(SupportNeed.objects.for_user(request.user).filter(school=school).select_related("domain")[:SHOWN])
    values = {
        "school": school,
        "pending": [need for need in needs if need.is_pending],
        "closed": [need for need in needs if not need.is_pending],
        "leads": leads(request.user, school),
    }
    return render(request, "schools/needs/list.html", values)


@signed_in
@require_safe
def need(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One need, with its history and what can be done to it."""
    found = _need(SupportNeed.objects.for_user(request.user), code, number)
    may_write = leads(request.user, found.school)
    steps = {action: word for word, action in STEPS.items()}
    values = {
        "need": found,
        "school": found.school,
        "topics": concepts_of_page(found)["topics"],
        "history": found.history.select_related("actor")[:SHOWN],
        "leads": may_write,
        "steps": [(steps[action], action) for action in actions(found)] if may_write else [],
        "form": StepForm(),
    }
    return render(request, "schools/needs/need.html", values)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a need. The address may fill the form: ?domain=<code>&what=<text>, as the scan proposes it."""
    school = led_school(request, code)
    form = NeedForm(typed(request), initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        written = add_need(school=school, actor=request.user, values=form.cleaned_data, topics=form.chosen_topics)
        messages.success(request, _("Written down."))
        return redirect("schools:need", code=school.code, number=written.number)
    return _form_page(request, school, form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change the words of a need. Who is second sees what a colleague wrote meanwhile, beside what they typed themselves."""
    found = _need(SupportNeed.objects.led_by(request.user), code, number)
    words = typed(request)
    form = NeedForm(words, instance=found)
    stands: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        changes = {"values": form.cleaned_data, "topics": form.chosen_topics}
        try:
            change_need(need=found, actor=request.user, seen=request.POST.get("seen"), **changes)
        except ChangedMeanwhileError as reason:
            form.add_error(None, str(reason))
            stands = what_stands(NeedForm(instance=found))
        else:
            messages.success(request, _("Changed."))
            return redirect("schools:need", code=found.school.code, number=found.number)
    return _form_page(request, found.school, form, need=found, seen=mark_seen(request, words, mark_of(found)), stands=stands)


@signed_in
@require_POST
def step(request: HttpRequest, code: str, number: int, word: str) -> HttpResponse:
    """Take a need in hand, put it back, close it or open it again."""
    found = _need(SupportNeed.objects.led_by(request.user), code, number)
    form = StepForm(request.POST)
    if word not in STEPS:
        raise Http404
    # A step is taken whatever the word with it: what the table cannot hold of that stays out.
    note = form.cleaned_data["note"] if form.is_valid() else form.data.get("note", "").replace("\x00", "")[:300]
    try:
        transition(found, STEPS[word], actor=request.user, note=note)
    except NotPossibleError as reason:
        messages.error(request, str(reason))
    return redirect("schools:need", code=found.school.code, number=found.number)


def _need(needs: Any, code: str, number: int) -> SupportNeed:
    if number >= 2**31:
        raise Http404
    found: SupportNeed = get_object_or_404(needs.select_related("school", "domain"), school__code=code, number=number)
    return found


def _proposed(request: HttpRequest) -> dict[str, Any]:
    domain = vocabulary().get(Scheme.WSA, request.GET.get("domain", "")[:80])
    return {"what": request.GET.get("what", "")[:200], "domain": domain.pk if domain else None}


def _form_page(request: HttpRequest, school: Any, form: NeedForm, **more: Any) -> HttpResponse:
    values = {"school": school, "form": form, **more}
    return render(request, "schools/needs/form.html", values, status=422 if form.errors else 200)
