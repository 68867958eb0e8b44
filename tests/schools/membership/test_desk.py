"""The desk in Wagtail's admin: finds memberships, decides on them, takes them out without a live formula."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.content.models import HomePage
from schools.enums import MembershipState, Role
from schools.models import Membership
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_desk, a_member, signed_in

LIST = "/admin/memberships/"


@pytest.fixture
def desk(site: HomePage) -> Client:
    return signed_in(a_desk())


@pytest.fixture
def asked(site: HomePage) -> Membership:
    user = factories.UserFactory(first_name="=1+1", last_name="De Vries")
    return a_member(a_school("99ZZ00", name="De Regenboog"), user=user, state=MembershipState.ASKED)


def test_the_desk_finds_who_asks(desk: Client, asked: Membership) -> None:
    other = a_member(a_school("98YY00", name="De Boomgaard"))
    html = desk.get(LIST, {"state": "asked"}).content.decode()
    assert "De Regenboog" in html
    assert "De Boomgaard" not in html
    found = desk.get(LIST, {"q": "Boomgaard"}).content.decode()
    assert other.user.last_name in found
    assert "De Regenboog" not in found


@pytest.mark.parametrize(("decision", "state"), [("grant", "granted"), ("refuse", "ended")])
def test_the_desk_decides(decision: str, state: str, desk: Client, asked: Membership) -> None:
    address = f"{LIST}edit/{asked.pk}/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"decision": decision}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == state
    assert asked.history.get().action == decision


def test_what_does_not_fit_the_state_is_refused(desk: Client, asked: Membership) -> None:
    assert desk.post(f"{LIST}edit/{asked.pk}/", {"decision": "end"}).status_code == 200
    asked.refresh_from_db()
    assert asked.is_asked


def test_nobody_decides_about_themselves(site: HomePage) -> None:
    user = a_desk()
    own = a_member(a_school(), Role.DIRECTOR, user=user, state=MembershipState.ASKED)
    signed_in(user).post(f"{LIST}edit/{own.pk}/", {"decision": "grant"})
    own.refresh_from_db()
    assert own.is_asked


def test_nobody_makes_or_deletes_one(asked: Membership) -> None:
    admin = signed_in(factories.UserFactory(is_superuser=True, is_staff=True))
    assert admin.get(f"{LIST}new/").status_code in (302, 404)
    assert admin.post(f"{LIST}delete/{asked.pk}/").status_code in (302, 404)
    assert Membership.objects.filter(pk=asked.pk).exists()


def test_an_export_holds_no_formula(desk: Client, asked: Membership) -> None:
    answer = desk.get(LIST, {"export": "xlsx"})
    cells = [cell for row in load_workbook(BytesIO(answer.getvalue())).active.iter_rows() for cell in row]
    assert "'=1+1" in [cell.value for cell in cells]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    text = desk.get(LIST, {"export": "csv"}).getvalue().decode()
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_a_coordinator_has_no_desk(asked: Membership) -> None:
    lead = a_member(asked.place, Role.COORDINATOR)
    assert signed_in(lead.user).get(LIST).status_code in (302, 403, 404)
