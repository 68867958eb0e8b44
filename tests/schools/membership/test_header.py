"""The way to one's school at the top of every page: for members, and never on what is kept for visitors."""

import re

import pytest
from django.test import Client

from portal.content.models import HomePage
from schools.enums import MembershipState, Role
from schools.models import Membership, School
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_member, signed_in

PATHS = ["/", "/scholen/", "/scholen/99zz00/", "/zoeken/", "/bestaat-niet/"]


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


def links(client: Client, path: str) -> list[str]:
    """Where the way to one's school at the top leads to."""
    header = client.get(path).content.decode().partition("<nav")[0]
    return re.findall(r'<a class="account-link to-school" href="([^"]+)"', header)


@pytest.mark.parametrize("path", PATHS)
def test_members_go_straight_to_their_school_and_visitors_see_nothing_of_it(path: str, school: School) -> None:
    visitor = Client()
    assert links(visitor, path) == []
    assert links(signed_in(a_member(school).user), path) == ["/mijn-school/99zz00/"]
    assert links(visitor, path) == []
    assert links(signed_in(factories.UserFactory()), path) == []


def test_who_belongs_to_several_chooses(school: School) -> None:
    member = a_member(school)
    a_member(a_school("98YY00"), user=member.user)
    assert links(signed_in(member.user), "/") == ["/mijn-school/"]


def test_a_board_is_called_a_board(school: School) -> None:
    client = signed_in(a_member(school.board, Role.BOARD).user)
    assert links(client, "/") == [f"/mijn-bestuur/{school.board.number}/"]
    assert "Mijn bestuur" in client.get("/").content.decode()


@pytest.mark.parametrize("state", [MembershipState.ASKED, MembershipState.ENDED])
def test_who_does_not_belong_there_yet_or_any_more_has_no_link(state: MembershipState, school: School) -> None:
    member: Membership = a_member(school, state=state)
    assert links(signed_in(member.user), "/") == []
