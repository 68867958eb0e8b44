"""Belonging to a school by signing in through it: staff at once, pupils and strangers never."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.signals import user_logged_in

from portal.accounts.models import User
from schools.membership.vouching import join_vouched_school
from schools.models import Membership
from tests import factories
from tests.schools.making import a_school

pytestmark = pytest.mark.django_db
SCHOOL, PART = "nlEduPersonHomeOrganizationId", "eduPersonAffiliation"


def signs_in(data: dict[str, Any] | None) -> User:
    """Somebody whose organisation says this; None: somebody with a password."""
    user: User = factories.UserFactory()
    login = SimpleNamespace(account=SimpleNamespace(extra_data=data)) if data is not None else None
    join_vouched_school(sender=User, user=user, sociallogin=login)
    return user


@pytest.mark.parametrize(
    "data",
    [
        {SCHOOL: "99ZZ", PART: "employee"},
        {SCHOOL: ["99zz00"], PART: ["affiliate", "Employee"]},
        {"id_token": {"sub": "x"}, "userinfo": {"brin": "99ZZ00", "eduperson_affiliation": ["staff"]}},
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


def test_it_hears_of_every_sign_in() -> None:
    assert user_logged_in.disconnect(join_vouched_school)
    user_logged_in.connect(join_vouched_school)
