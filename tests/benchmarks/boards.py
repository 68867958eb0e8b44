"""What the page of a board costs: two hundred schools with flowers and needs, beside one school, with others to compare with."""

from collections.abc import Callable
from string import ascii_uppercase
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.enums import MembershipState, Role
from schools.models import Board, Membership, Scan, School, SupportNeed

LARGE, SMALL = 200, 1
OTHERS, SCHOOLS_OF_OTHERS, NEEDS = 60, 10, 3


def board_pages() -> dict[str, Callable[[], object]]:
    """The pages, the spreadsheet of the large board, and a school of it."""
    sector = Concept.objects.filter(scheme=Scheme.SECTOR).order_by("order").first()
    domains = list(Concept.objects.filter(scheme=Scheme.WSA).order_by("order"))
    for number in range(OTHERS):
        _board(f"8{number:04}", SCHOOLS_OF_OTHERS, sector, domains)
    large, small = (_board(f"9{size:04}", size, sector, domains) for size in (LARGE, SMALL))
    return {
        f"portal: board of {SMALL} school": _page(small, f"/mijn-bestuur/{small.number}/"),
        f"portal: board of {LARGE} schools": _page(large, f"/mijn-bestuur/{large.number}/"),
        f"portal: spreadsheet of {LARGE} schools": _page(large, f"/mijn-bestuur/{large.number}/scholen.xlsx"),
        "portal: page of one's own school": _page(large, f"/mijn-school/{large.schools.all()[0].code.lower()}/"),
    }


def _board(number: str, size: int, sector: Any, domains: list[Concept]) -> Board:
    board = Board.objects.create(number=number, name=f"Bestuur {number}")
    first = School.objects.count()
    # Those of the register are main locations, whose codes end in 00.
    codes = (
        f"{turn // 676 % 100:02}{ascii_uppercase[turn // 26 % 26]}{ascii_uppercase[turn % 26]}99"
        for turn in range(first, first + size)
    )
    schools = School.objects.bulk_create(School(code=code, name=f"School {code}", board=board) for code in codes)
    School.sectors.through.objects.bulk_create(School.sectors.through(school=school, concept=sector) for school in schools)
    SupportNeed.objects.bulk_create(
        SupportNeed(school=school, number=turn, what="Hulp bij afval", domain=domains[turn % len(domains)])
        for school in schools
        for turn in range(1, NEEDS + 1)
    )
    result = {domain.code: 50 for domain in domains}
    Scan.objects.bulk_create(Scan(school=school, finished_at=timezone.now(), result=result) for school in schools)
    return board


def _page(board: Board, address: str) -> Callable[[], object]:
    user, _ = get_user_model().objects.get_or_create(email=f"bestuur-{board.number}@example.org")
    Membership.objects.get_or_create(user=user, board=board, role=Role.BOARD, state=MembershipState.GRANTED)
    client = Client()
    client.force_login(user)

    def ask() -> object:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return ask
