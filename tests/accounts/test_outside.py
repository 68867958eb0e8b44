"""Sign-in by way of an organisation, with a real Keycloak in its place."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from pytest_django import Settings

from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.content.models import HomePage
from portal.settings.env import OpenIdProvider
from portal.settings.machine import openid_settings
from tests import services
from tests.accounts.people import SIGN_IN, is_in, link_in, make_person, newest

SCHOOL_PASSWORD = "wachtwoord-bij-school"
pytestmark = pytest.mark.django_db


def switch_on(settings: Settings, url: str) -> None:
    """As OIDC_PROVIDERS=school and its four companions would."""
    provider = OpenIdProvider("school", "Schoolaccount", url, "portal", "a-secret-for-tests-alone")
    for name, value in openid_settings([provider]).items():
        setattr(settings, name, value)


@pytest.fixture
def keycloak(settings: Settings, site: HomePage) -> str:
    """The address of the realm `school`, switched on."""
    url = f"{services.requires_url('KEYCLOAK_URL_TEST')}/realms/school"
    switch_on(settings, url)
    return url


def go_by(client: Client, username: str) -> str:
    """Press the button, sign in at the organisation, come back; where the portal then leads."""
    there = client.post("/account/elders/oidc/school/login/?process=login")["Location"]
    with requests.Session() as browser:
        form = browser.get(there, timeout=60)
        for cookie in browser.cookies:
            cookie.secure = False  # a browser trusts its own machine without TLS
        action = re.search(r'action="([^"]+)"', form.text)
        assert action is not None
        answer = browser.post(
            unescape(action[1]), {"username": username, "password": SCHOOL_PASSWORD}, allow_redirects=False, timeout=60
        )
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/account/elders/oidc/school/login/callback/"
    return str(client.get(f"{back.path}?{back.query}")["Location"])


def test_without_organisations_nothing_shows_and_nothing_answers(client: Client, site: HomePage) -> None:
    assert "/account/elders/" not in client.get(SIGN_IN).content.decode()
    assert client.post("/account/elders/oidc/school/login/").status_code == 404


def test_a_button_leads_to_each_organisation_and_the_browser_may_follow(
    client: Client, site: HomePage, settings: Settings
) -> None:
    switch_on(settings, "https://inloggen.example/realms/school")
    page = client.get(SIGN_IN)
    assert 'action="/account/elders/oidc/school/login/?process=login"' in page.content.decode()
    assert "Schoolaccount" in page.content.decode()
    assert openid_settings([]) == {}
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", "https://inloggen.example"]


def test_an_organisation_that_does_not_answer_is_said_to_do_so(client: Client, site: HomePage, settings: Settings) -> None:
    switch_on(settings, "http://127.0.0.1:9/realms/school")
    answer = client.post("/account/elders/oidc/school/login/?process=login", follow=True)
    assert answer.redirect_chain == [("/account/elders/mislukt/", 302)]
    assert SIGN_IN in answer.content.decode()


def test_somebody_whom_the_organisation_knows_is_in_at_once(client: Client, keycloak: str) -> None:
    assert go_by(client, "els") == "/account/"
    user = User.objects.get(email="els@school.example")
    assert (user.first_name, user.last_name, user.has_usable_password()) == ("Els", "van School", False)
    assert is_in(client)
    again = Client()
    go_by(again, "els")
    assert is_in(again)
    assert User.objects.count() == 1


def test_a_missing_address_is_asked_for_and_confirmed(client: Client, keycloak: str) -> None:
    assert go_by(client, "geen-mail") == "/account/elders/gegevens/"
    assert client.get("/account/elders/gegevens/").status_code == 200
    client.post("/account/elders/gegevens/", {"first_name": "Gijs", "last_name": "Zonder", "email": "gijs@school.example"})
    assert not is_in(client)
    client.post(link_in(newest()))
    assert User.objects.get().email == "gijs@school.example"
    again = Client()
    go_by(again, "geen-mail")
    assert is_in(again)


def test_an_account_with_the_same_address_is_not_taken_over(client: Client, keycloak: str) -> None:
    owner = make_person(email="els@school.example")
    go_by(client, "els")
    assert not is_in(client)
    assert User.objects.get() == owner
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_staff_who_come_by_way_of_an_organisation_need_a_second_factor_too(client: Client, keycloak: str) -> None:
    go_by(client, "els")
    User.objects.get(email="els@school.example").groups.add(Group.objects.get(name=EDITORS))
    again = Client()
    go_by(again, "els")
    for browser in (client, again):
        answer = browser.get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0].startswith("/account/")
