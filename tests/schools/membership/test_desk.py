"""The desk in Wagtail's admin: finds memberships, decides on them, takes them out without a live formula."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.accounts.groups import EDITORS
from portal.content.desk.dashboard import SHOWN, all_pages_url
from portal.content.desk.states import State
from portal.content.models import HomePage
from schools.enums import MembershipState, Role
from schools.models import Membership
from tests import factories
from tests.content.conftest import in_group
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


def test_an_export_speaks_dutch_and_tells_the_time_of_here(desk: Client, asked: Membership) -> None:
    Membership.objects.update(asked_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    rows = list(load_workbook(BytesIO(desk.get(LIST, {"export": "xlsx"}).getvalue())).active.values)
    assert rows[1][3:7] == ("De Regenboog", "Leraar", "Aangevraagd", datetime(2026, 7, 2, 0, 30))
    assert "Leraar,Aangevraagd,2026-07-02 00:30:00," in desk.get(LIST, {"export": "csv"}).getvalue().decode()


def test_one_membership_is_read_without_nones(desk: Client, asked: Membership) -> None:
    Membership.objects.update(asked_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    text = desk.get(f"{LIST}inspect/{asked.pk}/").content.decode()
    assert "None" not in text.partition("<dl>")[2].partition("</dl>")[0]
    assert "2 juli 2026 00:30" in text


def test_the_menu_of_the_desk_leads_nowhere_in_vain(desk: Client, asked: Membership) -> None:
    text = desk.get(reverse("wagtailadmin_home")).content.decode()
    links = set(re.findall(r'"url": ?"(/admin/[^"]+)"', text))
    assert LIST in links
    dead = [link for link in links if desk.get(link).status_code != 200 and "logout" not in link]
    assert dead == []


def test_editors_keep_their_lists(site: HomePage) -> None:
    text = signed_in(in_group(EDITORS)).get(reverse("wagtailadmin_home")).content.decode()
    for address in (reverse("all_pages:index"), reverse("lessons:index"), all_pages_url(State.TO_CHECK)):
        assert f'"{address}"' in text


def panels_of(client: Client) -> dict[str, str]:
    """The text of each panel on the first screen, by its name."""
    parts = re.split(r'id="desk-([a-z]+)-section"', client.get(reverse("wagtailadmin_home")).content.decode())
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_first_screen_of_the_desk_shows_who_waits_and_nothing_of_pages(desk: Client, asked: Membership) -> None:
    a_member(a_school("98YY00", name="De Boomgaard"))
    panels = panels_of(desk)
    assert not {"reviews", "mine", "incomplete", "moderation"} & set(panels)
    assert f"{LIST}edit/{asked.pk}/" in panels["memberships"]
    assert "De Regenboog" in panels["memberships"]
    assert "De Boomgaard" not in panels["memberships"]
    assert "memberships" not in panels_of(signed_in(in_group(EDITORS)))


def test_who_waits_longest_comes_first_and_the_rest_is_in_the_list(desk: Client, asked: Membership) -> None:
    school = a_school("98YY00", name="De Boomgaard")
    for days in range(1, SHOWN + 1):
        a_member(school, state=MembershipState.ASKED, asked_at=timezone.now() - timedelta(days=days))
    panel = panels_of(desk)["memberships"]
    assert "De Regenboog" not in panel
    assert f"{LIST}?state=asked" in panel
