"""A password alone opens no screen of the desk, by no path."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.content.models import HomePage
from tests.accounts.people import app_code, code_in, is_in, make_person, newest, sign_in, with_app
from tests.factories import PASSWORD, UserFactory

STEP = "/account/aanmelden/tweede-stap/"
SET_UP = "/account/tweede-stap/app/"
# What Wagtail shows to whoever asks: drawings and words for its scripts.
OPEN_TO_ALL = {"admin/sprite/", "admin/jsi18n/"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_public(settings: Settings, site: HomePage) -> None:
    """Without what laptops and the other tests are let off."""
    del settings.STAFF_WITHOUT_SECOND_FACTOR


def make_staff(**values: Any) -> User:
    """Somebody of the desk."""
    user = make_person(**values)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


def prove(client: Client) -> None:
    """Give the password once more, as settings that matter ask for."""
    client.post("/account/opnieuw/", {"password": PASSWORD})


def set_up_app(client: Client) -> str:
    """Set up an app as somebody who is signed in; its key."""
    prove(client)
    assert client.get(SET_UP).status_code == 200
    secret: str = client.session["mfa.totp.secret"]
    assert client.post(SET_UP, {"code": app_code(secret)}).status_code == 302
    return secret


def desk_addresses() -> Iterator[str]:
    """Every address below /admin/, with something in the place of its parameters."""

    def walk(patterns: list[Any], above: str) -> Iterator[str]:
        for pattern in patterns:
            here = above + str(pattern.pattern).removeprefix("^")
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            elif isinstance(pattern, URLPattern):
                yield here

    for address in walk(get_resolver().url_patterns, ""):
        if not address.startswith("admin/") or address in OPEN_TO_ALL:
            continue
        # A group of a regular expression by its first choice, any other parameter by a number.
        filled = re.sub(r"\((?:\?P<\w+>|\?:)?([^()|]*)[^()]*\)", r"\1", address).replace(r"\d+", "1").replace(r"\w+", "x")
        filled = re.sub(r"<[^>]+>", "1", filled).replace(".*", "x").rstrip("$").replace("\\", "")
        yield f"/{filled}"


def test_the_walk_finds_the_desk() -> None:
    addresses = set(desk_addresses())
    assert len(addresses) > 200
    assert {"/admin/", "/admin/pages/", "/admin/users/", "/admin/account/"} <= addresses


def is_shut(answer: HttpResponse) -> bool:
    """Whether it leads to the pages of one's account, or nowhere."""
    return answer.status_code == 404 or (answer.status_code == 302 and answer["Location"].startswith("/account/"))


def test_a_password_alone_opens_no_screen(client: Client) -> None:
    # A session in which nothing but a password can have been given.
    client.force_login(make_person(is_superuser=True))
    opened = [path for path in desk_addresses() if not (is_shut(client.get(path)) and is_shut(client.post(path, {})))]
    assert opened == []


def test_nor_for_an_editor(client: Client) -> None:
    client.force_login(make_staff())
    assert is_shut(client.get("/admin/"))
    assert is_shut(client.get("/admin/pages/"))


def test_control_the_walk_sees_a_screen_that_is_open(client: Client, settings: Settings) -> None:
    settings.STAFF_WITHOUT_SECOND_FACTOR = ("example.org",)
    client.force_login(make_person(is_superuser=True))
    screens = {"/admin/", "/admin/pages/", "/admin/users/", "/admin/account/", "/admin/audit/"}
    assert screens <= set(desk_addresses())
    assert {path: client.get(path).status_code for path in screens} == dict.fromkeys(screens, 200)


def test_somebody_with_the_password_alone_cannot_set_up_a_second_factor(client: Client) -> None:
    staff = make_staff()
    assert sign_in(client, staff)["Location"] == "/account/aanmelden/code/"
    assert not is_in(client)
    # A session from before the person came to the desk began with a password alone.
    stolen = Client()
    stolen.force_login(staff)
    prove(stolen)
    for path in (SET_UP, "/account/tweede-stap/passkeys/nieuw/"):
        stolen.force_login(staff)
        assert stolen.get(path)["Location"].startswith("/account/aanmelden/")
        assert not is_in(stolen)
    assert not Authenticator.objects.exists()


def test_staff_sign_in_by_mail_set_up_an_app_and_are_let_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = make_staff()
    sign_in(client, staff, path="/account/aanmelden/?next=/admin/")
    wrong = client.post("/account/aanmelden/code/", {"code": "AAAA-AAAA"})
    assert wrong.status_code == 200
    client.post("/account/aanmelden/code/", {"code": code_in(newest())})
    assert is_in(client)
    assert client.get("/admin/")["Location"] == "/account/tweede-stap/"
    with monkeypatch.context() as patch:
        # As outside of a test, where the transaction ends within the request.
        patch.setattr(transaction, "on_commit", lambda callback, **options: callback())
        set_up_app(client)
    assert client.get("/admin/").status_code == 200


def test_an_administrator_made_by_hand_needs_one_mail_to_get_in(client: Client) -> None:
    first = UserFactory(is_superuser=True)
    sign_in(client, first)
    client.post("/account/aanmelden/code/", {"code": code_in(newest())})
    assert is_in(client)
    assert len(mail.outbox) == 1


def test_with_an_app_its_code_is_asked_and_no_mail_is_needed(client: Client) -> None:
    staff = make_staff()
    secret = with_app(staff)
    assert sign_in(client, staff)["Location"] == STEP
    assert not is_in(client)
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post(STEP, {"code": app_code(secret)})
    assert client.get("/admin/").status_code == 200


def test_six_wrong_codes_lock_the_second_step(client: Client) -> None:
    staff = make_staff()
    secret = with_app(staff)
    sign_in(client, staff)
    for _ in range(6):
        client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": app_code(secret)})
    assert not is_in(client)


def test_a_session_without_the_second_step_is_asked_for_it(client: Client) -> None:
    staff = make_staff()
    secret = with_app(staff)
    client.force_login(staff)
    asked = client.get("/admin/pages/")["Location"]
    assert asked == "/account/opnieuw/code/?next=%2Fadmin%2Fpages%2F"
    client.post(asked, {"code": app_code(secret), "next": "/admin/pages/"})
    assert client.get("/admin/").status_code == 200


def test_a_code_for_emergencies_works_once(client: Client) -> None:
    staff = make_staff()
    sign_in(client, staff)
    client.post("/account/aanmelden/code/", {"code": code_in(newest())})
    set_up_app(client)
    codes = client.get("/account/tweede-stap/noodcodes/bestand/").content.decode().split()
    assert len(codes) == 10
    for expected in (True, False):
        other = Client()
        sign_in(other, staff)
        other.post(STEP, {"code": codes[0]})
        assert is_in(other) is expected


def test_staff_cannot_remove_their_last_second_factor(client: Client) -> None:
    staff = make_staff()
    sign_in(client, staff)
    client.post("/account/aanmelden/code/", {"code": code_in(newest())})
    set_up_app(client)
    client.post("/account/tweede-stap/app/weg/")
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_a_reset_of_the_password_does_not_pass_by_the_second_step(client: Client) -> None:
    staff = make_staff()
    with_app(staff)
    client.post("/account/wachtwoord-vergeten/", {"email": staff.email})
    path = re.search(r"/account/wachtwoord-vergeten/\S+", str(newest().body))
    assert path is not None
    form = client.get(path[0], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "een-ander-lang-wachtwoord"})
    assert not is_in(client)
    assert sign_in(client, staff, "een-ander-lang-wachtwoord")["Location"] == STEP


def test_a_teacher_needs_no_second_step_and_finds_no_desk(client: Client) -> None:
    teacher = make_person()
    sign_in(client, teacher)
    assert is_in(client)
    assert client.get("/admin/").status_code == 404
    assert client.get("/admin/pages/").status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/", "/admin/login/?next=/admin/pages/"])
def test_the_doors_of_the_desk_lead_to_the_one_sign_in(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/aanmelden/?next=/admin/")


@pytest.mark.parametrize(
    "path", ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-def/", "/admin/password_reset/done/"]
)
def test_the_desk_has_no_reset_of_its_own(client: Client, path: str) -> None:
    assert client.post(path, {"email": "x@example.org"})["Location"] == "/account/wachtwoord-vergeten/"


def test_the_old_door_takes_no_password(client: Client) -> None:
    staff = make_person(is_superuser=True)
    client.post("/admin/login/", {"username": staff.email, "password": PASSWORD})
    assert not is_in(client)
