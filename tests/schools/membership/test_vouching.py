"""Belonging to a school by signing in through it: staff at once, pupils and strangers never."""

from typing import Any

import pytest
from allauth.account.signals import user_logged_in
from allauth.socialaccount.adapter import get_adapter
from django.test import RequestFactory
from pytest_django import Settings

from portal.accounts.models import User
from portal.settings.env import OpenIdProvider
from portal.settings.machine import openid_settings
from schools.membership.vouching import join_vouched_school
from schools.models import Membership
from tests import factories
from tests.schools.making import a_school

pytestmark = pytest.mark.django_db
SCHOOL, PART = "nlEduPersonHomeOrganizationId", "eduPersonAffiliation"


@pytest.fixture(autouse=True)
def _organisations(settings: Settings) -> None:
    """One that vouches for schools, and one that anybody may have an account at."""
    entree = OpenIdProvider("entree", "Entree", "https://entree.example", "portal", "geheim", vouches=True)
    for name, value in openid_settings([entree, OpenIdProvider("open", "Open", "https://o.example", "portal", "x")]).items():
        setattr(settings, name, value)


def signs_in(data: dict[str, Any] | None, code: str = "entree") -> User:
    """Somebody of whom the organisation with this code says this; None: somebody with a password."""
    user: User = factories.UserFactory()
    login = None
    if data is not None:
        request = RequestFactory().get("/")
        login = get_adapter().get_provider(request, code).sociallogin_from_response(request, {"sub": "x", **data})
    join_vouched_school(sender=User, user=user, sociallogin=login)
    return user


@pytest.mark.parametrize(
    "data",
    [
        {SCHOOL: "99ZZ", PART: "employee"},
        {SCHOOL: ["99zz00"], PART: ["affiliate", "Employee"]},
        {"id_token": {"sub": "x"}, "userinfo": {"sub": "x", "brin": "99ZZ00", "eduperson_affiliation": ["staff"]}},
    ],
)
def test_staff_belong_to_their_school_at_once(data: dict[str, Any]) -> None:
    school = a_school("99ZZ00")
    membership = Membership.objects.get(user=signs_in(data))
    assert (membership.school, membership.role, membership.state) == (school, "teacher", "granted")


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {SCHOOL: "99ZZ"},
        {SCHOOL: "99ZZ", PART: "student"},
        {SCHOOL: "12AB", PART: "employee"},
        {SCHOOL: {"a": "99ZZ"}, PART: "employee"},
        {SCHOOL: None, PART: ["employee"]},
        {SCHOOL: "99ZZ", PART: [{"x": "employee"}, 7]},
    ],
)
def test_others_do_not(data: dict[str, Any] | None) -> None:
    a_school("99ZZ00")
    signs_in(data)
    assert not Membership.objects.exists()


def test_an_organisation_that_does_not_vouch_is_not_believed() -> None:
    school = a_school("99ZZ00")
    told = {SCHOOL: "99ZZ", PART: "employee"}
    signs_in(told, "open")
    assert not Membership.objects.exists()
    assert Membership.objects.get(user=signs_in(told)).school == school


def test_it_hears_of_every_sign_in() -> None:
    assert user_logged_in.disconnect(join_vouched_school)
    user_logged_in.connect(join_vouched_school)
