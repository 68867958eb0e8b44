"""The pages of allauth speak the words of ours: its forms and links under our names, its errors where they are read."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.accounts.adapters import WAYS
from portal.accounts.models import User
from portal.content.models import HomePage
from tests.accounts.people import make_person, with_app
from tests.accounts.test_outside import switch_on
from tests.factories import PASSWORD


def opened(user: User, address: str) -> str:
    """A page that wants to be sure who it is, opened by this person with their password."""
    client = Client()
    client.force_login(user)
    client.post(client.get(address)["Location"], {"password": PASSWORD})
    return client.get(address).content.decode()


@pytest.fixture
def key(site: HomePage) -> Authenticator:
    user = make_person()
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"})


def test_a_passkey_has_a_name_in_dutch(site: HomePage) -> None:
    page = opened(make_person(), reverse("mfa_add_webauthn"))
    assert "Naam van deze passkey" in page
    assert "Aanmelden met alleen deze passkey" in page
    for word in (">Name", "sleutel", "achtwoordloos"):
        assert word not in page


def test_the_name_of_a_passkey_is_changed_in_dutch(key: Authenticator) -> None:
    assert "Naam van deze passkey" in opened(key.user, reverse("mfa_edit_webauthn", args=[key.pk]))


def test_the_ways_to_show_who_you_are_have_our_names(key: Authenticator) -> None:
    with_app(key.user)
    client = Client()
    client.force_login(key.user)
    shown = client.get(reverse("account_reauthenticate")).content.decode()
    assert "Gebruik een passkey" in shown
    assert "Gebruik de code uit de app" in shown
    assert "sleutel" not in shown
    assert len(WAYS) == 3


def test_why_an_organisation_is_not_let_go_is_said(site: HomePage, settings: Settings) -> None:
    switch_on(settings, "https://school.example/realms/school")
    user = make_person()
    user.set_unusable_password()
    user.save()
    account = SocialAccount.objects.create(user=user, provider="school", uid="1")
    client = Client()
    client.force_login(user)
    address = reverse("socialaccount_connections")
    for chosen in ({}, {"account": account.pk}):
        page = client.post(address, chosen).content.decode()
        assert 'role="alert"' in page
        assert "Jouw organisaties" in page
    assert SocialAccount.objects.exists()


def test_who_signs_out_is_told_so(site: HomePage) -> None:
    client = Client()
    client.force_login(make_person())
    assert f'name="next" value="{reverse("account_login")}"' in client.get(reverse("account")).content.decode()
    answer = client.post(reverse("account_logout"), {"next": reverse("account_login")}, follow=True)
    assert "Je bent afgemeld" in answer.content.decode()
