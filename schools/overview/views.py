"""The page of a school for who belongs to it, and that of a board with all its schools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.spreadsheets import XLSX_TYPE
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.access import own_board, own_school, signed_in
from schools.enums import LEADING, MembershipState
from schools.models.membership import Membership
from schools.models.needs import SupportNeed
from schools.models.profile import Practice, SchoolProfile
from schools.overview.comparison import LEAST_BOARDS, compare
from schools.overview.export import write_board
from schools.overview.figures import school_rows, summary
from schools.permissions import leads

NEEDS_SHOWN = 5


@signed_in
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """A school as its people see it: what it needs, what it does already, who leads it."""
    school = own_school(request, code)
    pending = SupportNeed.objects.for_user(request.user).filter(school=school).pending().select_related("domain")
    leaders = Membership.objects.filter(school=school, state=MembershipState.GRANTED, role__in=LEADING).select_related("user")
    values = {
        "school": school,
        "needs": pending[:NEEDS_SHOWN],
        "pending": pending.count(),
        "practices": Practice.objects.filter(profile__school=school).select_related("domain"),
        "profile": SchoolProfile.objects.for_user(request.user).filter(school=school).first(),
        "leaders": leaders,
        "leads": leads(request.user, school),
        "membership": Membership.objects.granted_to(request.user).filter(school=school).first(),
    }
    return render(request, "schools/overview/school.html", values)


@signed_in
@require_safe
def board(request: HttpRequest, number: str) -> HttpResponse:
    """A board: its schools with flower and needs, and how they compare."""
    found = own_board(request, number)
    rows = school_rows(found)
    values = {
        "board": found,
        "rows": rows,
        "summary": summary(found, rows),
        "comparison": compare(found),
        "least": LEAST_BOARDS,
        "domains": vocabulary().scheme(Scheme.WSA),
    }
    return render(request, "schools/overview/board.html", values)


@signed_in
@require_safe
def board_export(request: HttpRequest, number: str) -> HttpResponse:
    """The same as a spreadsheet."""
    found = own_board(request, number)
    name = f"bestuur-{found.number}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response = HttpResponse(content_type=XLSX_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    write_board(response, found)
    return response
