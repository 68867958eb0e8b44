"""Profiles: what a school does already, seen by its people, and by everybody only when the school says so."""

import re

import pytest
from django.test import Client

from portal.content.models import HomePage
from schools.enums import Role, Visibility
from schools.models import Membership, Practice, School, SchoolProfile
from schools.profiles.forms import LONGEST
from schools.profiles.services import save_profile
from tests.schools.making import a_school
from tests.schools.people import a_member, signed_in

FORM = "/mijn-school/99zz00/profiel/"
PUBLIC, OWN = "/scholen/99zz00/", "/mijn-school/99zz00/"


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


@pytest.fixture
def lead(school: School) -> Membership:
    return a_member(school, Role.DIRECTOR)


def filled(visibility: str = Visibility.MEMBERS) -> dict[str, str]:
    return {
        "domain-curriculum": "Groep 6 weegt het afval.",
        "domain-omgeving": "  ",
        "contact_name": "De groene werkgroep",
        "contact_email": "groen@school.example",
        "visibility": visibility,
    }


def test_nobody_else_sees_it_until_the_school_says_so(school: School, lead: Membership, client: Client) -> None:
    director, teacher = signed_in(lead.user), signed_in(a_member(school).user)
    assert director.post(FORM, filled())["Location"] == OWN
    assert "Groep 6 weegt" in teacher.get(OWN).content.decode()
    for browser in (client, teacher):
        html = browser.get(PUBLIC).content.decode()
        assert "Groep 6 weegt" not in html
        assert "groen@school.example" not in html
    director.post(FORM, filled(Visibility.PUBLIC))
    html = client.get(PUBLIC).content.decode()
    for words in ("Groep 6 weegt", "De groene werkgroep", "mailto:groen@school.example"):
        assert words in html
    director.post(FORM, filled())
    assert "Groep 6 weegt" not in client.get(PUBLIC).content.decode()


def test_an_empty_field_leaves_no_row(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    client.post(FORM, filled())
    assert [practice.domain.code for practice in Practice.objects.select_related("domain")] == ["curriculum"]
    client.post(FORM, {**filled(), "domain-curriculum": ""})
    assert not Practice.objects.exists()
    assert SchoolProfile.objects.get().changed_by == lead.user


def test_the_form_shows_what_is_there(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    client.post(FORM, filled())
    html = client.get(FORM).content.decode()
    assert "Groep 6 weegt het afval." in html
    assert 'value="De groene werkgroep"' in html


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("domain-curriculum", "x" * (LONGEST + 1)),
        ("domain-curriculum", "a\x00b"),
        ("contact_email", "groen"),
        ("contact_name", "x" * 121),
        ("visibility", "iedereen"),
        ("visibility", ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(field: str, value: str, school: School, lead: Membership) -> None:
    answer = signed_in(lead.user).post(FORM, {**filled(), field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not SchoolProfile.objects.exists()


def test_what_people_write_is_text_and_nothing_more(school: School, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    save_profile(school=school, actor=None, values={"visibility": "public", "contact_name": evil}, practices={"visie": evil})
    html = client.get(PUBLIC).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_domain_that_does_not_exist_is_passed_over(school: School) -> None:
    save_profile(school=school, actor=None, values={}, practices={"maan": "x", "visie": "y"})
    assert Practice.objects.get().text == "y"


def test_who_is_second_is_told_before_texts_of_a_colleague_are_replaced(school: School, lead: Membership) -> None:
    first, second = signed_in(lead.user), signed_in(a_member(school, Role.COORDINATOR).user)
    mine, other = (
        re.search(r'name="seen" value="([^"]*)"', client.get(FORM).content.decode()).group(1) for client in (first, second)
    )
    by_first = {**filled(Visibility.PUBLIC), "domain-visie": "Van de eerste", "contact_name": "De eerste", "seen": mine}
    assert first.post(FORM, by_first).status_code == 302
    answer = second.post(FORM, {**filled(), "domain-visie": "Van de tweede", "seen": other})
    assert answer.status_code == 422
    page = answer.content.decode()
    stands = re.search(r'<dl class="facts-list">.*?</dl>', page, re.DOTALL).group(0)
    for text in ("Van de eerste", "De eerste", "groen@school.example", Visibility.PUBLIC.label):
        assert str(text) in stands
    assert "Van de tweede" in page
    assert Practice.objects.get(domain__code="visie").text == "Van de eerste"
    again = re.search(r'name="seen" value="([^"]*)"', page).group(1)
    assert second.post(FORM, {**filled(), "domain-visie": "Van de tweede", "seen": again}).status_code == 302
    assert Practice.objects.get(domain__code="visie").text == "Van de tweede"
