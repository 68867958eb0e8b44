"""My schools; asking to belong to one; the people of a school or board and what its coordinator does with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.staff import staff_prove_first
from portal.senders import within_limit
from schools.access import signed_in
from schools.addresses import page_of
from schools.enums import MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership import services
from schools.membership.forms import AskForm, InviteForm, LeaveForm, RoleForm
from schools.membership.links import WORKS_FOR
from schools.models.membership import Membership
from schools.models.register import Board, School
from schools.permissions import boards_for, leads, may_decide, schools_for
from schools.register.showing import steps
from schools.unsent import typed

DAY = 24 * 3600
ASKED_A_DAY = 10
INVITED_A_DAY = 30
# Whoever types the address of somebody else cannot fill that mailbox.
INVITED_TO_ONE_A_DAY = 3
# People a page, and rows of lists that need no pages: who waits are fewer with each decision, a board shows all of its schools.
SHOWN = 100


@signed_in
@staff_prove_first
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The schools and boards of this person, what they asked, and who waits for their answer."""
    user = request.user
    rows = Membership.objects.select_related("school", "board")
    open_rows = list(rows.filter(user_id=user.pk).exclude(state=MembershipState.ENDED))
    waiting = Membership.objects.decided_by(user).filter(state=MembershipState.ASKED).exclude(user_id=user.pk)
    values = {
        "memberships": [row for row in open_rows if row.is_granted],
        "asked": [row for row in open_rows if row.is_asked],
        "waiting": waiting.select_related("school", "board", "user").order_by("asked_at")[:SHOWN],
        "schools": schools_for(user).filter(board__in=boards_for(user).values("pk"))[:SHOWN],
    }
    return render(request, "schools/mine/mine.html", values)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str = "", number: str = "") -> HttpResponse:
    """Ask to belong to a school or board. Anybody with an account may."""
    place = _open_place(code, number)
    mine = Membership.objects.filter(user_id=request.user.pk, **_at(place)).exclude(state=MembershipState.ENDED).first()
    # Who belongs here already sees no form to fill.
    form = AskForm(None if mine else typed(request), place=place)
    status = 200
    if request.method == "POST" and mine is None:
        if form.is_valid() and not within_limit("membership-ask", f"user:{request.user.pk}", times=ASKED_A_DAY, seconds=DAY):
            form.add_error(None, _("You asked often today. Try again tomorrow, or call us."))
        if form.is_valid():
            services.ask(user=request.user, place=place, role=form.cleaned_data["role"], remark=form.cleaned_data["remark"])
            messages.success(
                request, _("You asked to belong to %(place)s. We mail you as soon as they answered.") % {"place": place}
            )
            return redirect("schools:mine")
        status = 422
    return render(request, "schools/mine/ask.html", {"place": place, "membership": mine, "form": form}, status=status)


@signed_in
@staff_prove_first
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, code: str = "", number: str = "") -> HttpResponse:
    """Who belongs to a school or board (`?page=`), who asks to, and the form to invite a colleague; for who decides there."""
    place = _place(code, number)
    belongs = leads(request.user, place)
    if not belongs and not may_decide(request.user, place):
        raise Http404
    form = InviteForm(typed(request), place=place)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not _may_invite(request, form.cleaned_data["email"]):
            form.add_error(None, _("You invited often today. Try again tomorrow, or call us."))
        if form.is_valid():
            return _invited(request, place, form)
        status = 422
    rows = Membership.objects.filter(**_at(place)).select_related("user", "school", "board").order_by("asked_at", "pk")
    members = Paginator(rows.filter(state=MembershipState.GRANTED), SHOWN).get_page(request.GET.get("page", ""))
    values = {
        "place": place,
        "asked": rows.filter(state=MembershipState.ASKED)[:SHOWN],
        "members": members,
        "steps": steps(members, QueryDict(mutable=True)),
        "form": form,
        "days": WORKS_FOR.days,
        "other_roles": not isinstance(place, Board),
        # The desk decides here without belonging here: the members' page does not exist for it.
        "home": page_of(place) if belongs else place.get_absolute_url(),
    }
    return render(request, "schools/mine/people.html", values, status=status)


@signed_in
@staff_prove_first
@require_POST
def decide(request: HttpRequest, key: Any, action: str) -> HttpResponse:
    """Grant or refuse the membership that somebody else asked for."""
    membership = _decided(request, key)
    service = {"toekennen": services.grant, "weigeren": services.refuse}.get(action)
    if service is None or membership.user_id == request.user.pk:
        raise Http404
    return _carried_out(request, membership, service)


@signed_in
@staff_prove_first
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: Any) -> HttpResponse:
    """End the membership of somebody else, after a page that asks whether that is meant."""
    membership = _decided(request, key)
    if membership.user_id == request.user.pk:
        raise Http404
    if request.method == "POST":
        return _carried_out(request, membership, services.remove)
    if not membership.is_granted:
        raise Http404
    return render(request, "schools/mine/end.html", {"membership": membership})


@signed_in
@staff_prove_first
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, key: Any) -> HttpResponse:
    """Give another member of a school another role; nobody decides about themselves."""
    membership = _decided(request, key)
    if not membership.is_granted or membership.board_id or membership.user_id == request.user.pk:
        raise Http404
    form = RoleForm(typed(request), place=membership.place, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            if membership.role != form.cleaned_data["role"]:
                services.change_role(membership=membership, role=form.cleaned_data["role"], actor=request.user)
                messages.success(request, _("Done. We mailed %(person)s.") % {"person": membership.user})
        except NotPossibleError as reason:
            messages.error(request, str(reason))
        return redirect(_back(request, membership))
    status = 422 if form.errors else 200
    return render(request, "schools/mine/role.html", {"membership": membership, "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: Any) -> HttpResponse:
    """End one's own membership, with or without somebody who takes over; or take back the question."""
    rows = Membership.objects.select_related("school", "board", "user").exclude(state=MembershipState.ENDED)
    membership = get_object_or_404(rows, key=key, user_id=request.user.pk)
    others = Membership.objects.none()
    if membership.is_granted and membership.role != Role.TEACHER:
        others = Membership.objects.filter(state=MembershipState.GRANTED, **_at(membership.place)).exclude(pk=membership.pk)
        if membership.role == Role.COORDINATOR:
            # A director leads already; taking over would make a coordinator of them.
            others = others.exclude(role=Role.DIRECTOR)
    form = LeaveForm(typed(request), colleagues=list(others.select_related("user")))
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            if successor:
                services.hand_over(membership=membership, successor=successor)
            else:
                services.leave(membership=membership)
            messages.success(request, _("You do not belong to %(place)s any more.") % {"place": membership.place})
        except NotPossibleError as reason:
            messages.error(request, str(reason))
        return redirect("schools:mine")
    status = 422 if form.errors else 200
    return render(request, "schools/mine/leave.html", {"membership": membership, "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in an invitation leads to. Opening changes nothing, because mail scanners open every link."""
    if request.method == "POST":
        try:
            membership = services.accept(token=token, user=request.user)
        except NotPossibleError as reason:
            messages.error(request, str(reason))
            return redirect("schools:mine")
        return redirect(page_of(membership.place))
    found = services.find_invitation(token)
    return render(request, "schools/mine/invitation.html", {"invitation": found}, status=200 if found else 404)


def _invited(request: HttpRequest, place: School | Board, form: InviteForm) -> HttpResponse:
    """The invitation that was filled in is mailed, or it is said why not."""
    try:
        services.invite(actor=request.user, place=place, role=form.cleaned_data["role"], email=form.cleaned_data["email"])
        messages.success(request, _("We mailed the invitation."))
    except NotPossibleError as reason:
        messages.error(request, str(reason))
    return redirect(request.path)


def _may_invite(request: HttpRequest, email: str) -> bool:
    """Count one more invitation by this person and to this address."""
    mine = within_limit("membership-invite", f"user:{request.user.pk}", times=INVITED_A_DAY, seconds=DAY)
    return mine and within_limit("membership-invite-to", email, times=INVITED_TO_ONE_A_DAY, seconds=DAY)


def _place(code: str, number: str) -> School | Board:
    if number:
        return get_object_or_404(Board, number=number)
    return get_object_or_404(School.objects.select_related("board"), code=code)


def _open_place(code: str, number: str) -> School | Board:
    place = _place(code, number)
    if not place.is_open:
        raise Http404
    return place


def _at(place: School | Board) -> dict[str, Any]:
    return {"board": place} if isinstance(place, Board) else {"school": place}


def _decided(request: HttpRequest, key: Any) -> Membership:
    return get_object_or_404(Membership.objects.decided_by(request.user).select_related("school", "board", "user"), key=key)


def _carried_out(request: HttpRequest, membership: Membership, service: Callable[..., Membership]) -> HttpResponse:
    """What was decided about somebody, told to who decided."""
    try:
        service(membership=membership, actor=request.user)
        messages.success(request, _("Done. We mailed %(person)s.") % {"person": membership.user})
    except NotPossibleError as reason:
        messages.error(request, str(reason))
    return redirect(_back(request, membership))


def _back(request: HttpRequest, membership: Membership) -> str:
    """To the list from which the button was sent."""
    return page_of(membership.place, "people") if request.POST.get("from") == "people" else "schools:mine"
