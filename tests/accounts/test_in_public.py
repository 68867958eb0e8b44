"""With the settings of a public site a password alone opens no screen of staff: every address of the URL conf is tried."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings

from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.content.models import HomePage
from portal.settings.env import load
from portal.settings.machine import machine_settings
from schools.enums import MembershipState
from schools.models import Membership
from schools.permissions import DESK
from tests.access import ACCOUNT_PREFIX, DESK_PREFIX, Route, address, routes
from tests.accounts.people import SIGN_IN, counted_hashes, make_person, sign_in, with_app
from tests.factories import PASSWORD
from tests.schools.making import a_board, a_school
from tests.schools.people import a_member
from tests.test_settings import NEEDED

# These two tell nothing: drawings, and words for scripts.
OPEN_TO_ALL = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
ROUTES = [route for route in routes() if route.name not in OPEN_TO_ALL]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_public(settings: Settings, site: HomePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of production, apart from the services of a machine."""
    for name, value in {**NEEDED, "PORTAL_VAR_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    public = {name: value for name, value in runpy.run_module("portal.settings.production").items() if name.isupper()}
    services = {*machine_settings(load(production=True)), "STORAGES", "INSTALLED_APPS"}
    for name in public.keys() - services:
        setattr(settings, name, public[name])
    for name in {"STAFF_WITHOUT_SECOND_FACTOR", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"} - public.keys():
        if hasattr(settings, name):
            delattr(settings, name)


@pytest.fixture
def values() -> dict[str, str]:
    """Parts of addresses: a school, its board, somebody who asks to belong there and somebody who does."""
    school = a_school("11AA00", board=a_board("11111"))
    asked = a_member(school, state=MembershipState.ASKED)
    return {"code": "11aa00", "board:number": "11111", "str:number": "11111", "uuid:key": str(asked.key), "extension": "xlsx"}


class TlsClient(Client):
    """A browser that speaks TLS; a public site knows nothing else."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **{**kwargs, "secure": True})


def browser(user: User | None = None) -> Client:
    """A browser; with a session in which nothing but a password can have been given."""
    client = TlsClient()
    if user:
        client.force_login(user)
    return client


def administrator() -> User:
    """May do everything."""
    return make_person(is_superuser=True, is_staff=True)


def of_group(name: str) -> User:
    """Works at the desk in this group."""
    user = make_person()
    user.groups.add(Group.objects.get(name=name))
    return user


def editor() -> User:
    """Writes pages."""
    return of_group(EDITORS)


def adviser() -> User:
    """Decides at the advice point who belongs to which school."""
    return of_group(DESK)


def leads_to_account(answer: Any) -> bool:
    """Whether it sends somebody to the pages of their account, where they can prove who they are."""
    return answer.status_code == 302 and answer["Location"].startswith("/account/")


@pytest.mark.parametrize(
    ("kind", "with_factor"),
    [(administrator, False), (administrator, True), (adviser, False), (editor, False)],
    ids=["administrator", "administrator, second factor not used", "advice point", "editor"],
)
def test_with_a_password_staff_open_nothing_that_others_do_not(
    kind: Callable[[], User], with_factor: bool, values: dict[str, str]
) -> None:
    staff, stranger = kind(), make_person()
    if with_factor:
        with_app(staff)
    # The pages of one's own account are where one proves who one is.
    elsewhere = [route for route in ROUTES if not route.pattern.startswith(ACCOUNT_PREFIX)]
    tried = elsewhere if kind is administrator else [route for route in elsewhere if not route.pattern.startswith(DESK_PREFIX)]
    with_password, other = browser(staff), browser(stranger)
    assert [route.pattern for route in tried if not _alike(route, with_password, other, values)] == []
    assert SESSION_KEY in with_password.session, "control: the session lasted"


def _alike(route: Route, staff: Client, stranger: Client, values: dict[str, str]) -> bool:
    """Whether this address answers staff with a password as it answers a stranger, or sends them to prove who they are."""
    path = address(route, values)
    answer = staff.get(path)
    if leads_to_account(answer) or answer.status_code == 404:
        return True
    return not route.pattern.startswith(DESK_PREFIX) and answer.status_code == stranger.get(path).status_code


def test_control_the_walk_sees_screens_that_are_open(settings: Settings, values: dict[str, str]) -> None:
    settings.STAFF_WITHOUT_SECOND_FACTOR = ("example.org",)
    open_to_staff = {"admin/", "admin/users/", "mijn-school/<school:code>/mensen/"}
    routes_of_staff = [route for route in ROUTES if route.pattern in open_to_staff]
    assert len(routes_of_staff) == len(open_to_staff)
    staff, stranger = browser(administrator()), browser(make_person())
    for route in routes_of_staff:
        assert not _alike(route, staff, stranger, values), route.pattern


def test_nor_do_they_decide_who_belongs_to_a_school(values: dict[str, str]) -> None:
    path = f"/mijn-school/lidmaatschap/{values['uuid:key']}/toekennen/"
    assert leads_to_account(browser(adviser()).post(path))
    assert Membership.objects.get(key=values["uuid:key"]).is_asked


def test_no_address_takes_the_password_of_staff_for_enough() -> None:
    paths = sorted({address(route, {}) for route in ROUTES})
    staff = administrator()
    assert [path for path in paths if _enters(staff, path)] == []
    assert _enters(make_person(), SIGN_IN), "control: a password is enough for a teacher"


def _enters(person: User, path: str) -> bool:
    """Whether somebody is signed in who sends nothing but name and password there."""
    client = browser()
    client.post(path, dict.fromkeys(("login", "email", "username"), person.email) | {"password": PASSWORD})
    return SESSION_KEY in client.session


def test_known_and_unknown_addresses_cost_as_many_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for email in (make_person().email, administrator().email, "niemand@example.org"):
        with counted_hashes(monkeypatch) as hashes:
            sign_in(browser(), email, "een-verkeerd-wachtwoord")
        made.append(len(hashes))
    assert made == [1, 1, 1]
