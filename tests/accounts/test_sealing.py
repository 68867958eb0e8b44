"""The secrets of second factors: a copy of the database opens nothing."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from pytest_django import Settings

from portal.accounts.sealing import seal, unseal
from portal.content.models import HomePage
from tests.accounts.people import app_code, is_in, make_person, sign_in, with_app

STEP = "/account/aanmelden/tweede-stap/"
NEW_KEY = "another-key-of-the-site-that-is-long-enough-0123456789"
pytestmark = pytest.mark.django_db


def test_in_the_database_they_cannot_be_read(client: Client, site: HomePage) -> None:
    user = make_person()
    secret = with_app(user)
    codes = RecoveryCodes.activate(user)
    seed = unseal(codes.instance.data["seed"])
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert len(seed) > 20
    assert secret not in stored
    assert seed not in stored
    sign_in(client, user)
    client.post(STEP, {"code": codes.generate_codes()[0]})
    assert is_in(client), "control: what is sealed still opens"


def test_with_another_key_of_the_site_the_old_one_has_to_stay(client: Client, site: HomePage, settings: Settings) -> None:
    user = make_person()
    secret = with_app(user)
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW_KEY
    sign_in(client, user)
    assert client.post(STEP, {"code": app_code(secret)}).status_code == 200
    assert not is_in(client)
    settings.SECRET_KEY_FALLBACKS = [old]
    client.post(STEP, {"code": app_code(secret)})
    assert is_in(client)


def test_what_no_key_opens_is_a_secret_that_nobody_knows() -> None:
    assert len({unseal("JBSWY3DPEHPK3PXP"), unseal("JBSWY3DPEHPK3PXP"), unseal(""), "JBSWY3DPEHPK3PXP", ""}) == 5
    assert unseal(seal("één")) == "één"
    assert seal("x") != seal("x")
