"""What the finder may know of the schools of a person."""

import pytest
from django.test import Client

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from portal.vocabulary.models import Concept
from schools.enums import Role
from schools.models import School
from schools.needs.services import add_need
from search.indexing import drain
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_member, signed_in


@pytest.fixture
def school(site: HomePage, lesson_index: LessonIndexPage) -> School:
    """A school for special primary education; lessons for primary and secondary education."""
    for sector in ("po", "vo"):
        factories.LessonFactory(parent=lesson_index, title=f"Les voor {sector}", sectors=[sector], wsa=["curriculum"])
    drain("embedded")
    school = a_school()
    school.sectors = list(Concept.objects.filter(scheme="sector", code="sbo"))
    school.save()
    return school


def test_fits_my_school_means_its_sectors_and_what_they_are_part_of(school: School) -> None:
    browser = signed_in(a_member(school, Role.TEACHER).user)
    assert 'name="mijn-school"' in browser.get("/zoeken/").content.decode()
    found = browser.get("/zoeken/?mijn-school=1").content.decode()
    assert "Les voor po" in found
    assert "Les voor vo" not in found
    assert "Les voor vo" not in browser.get("/lessen/?mijn-school=1").content.decode()


def test_fits_what_we_need_means_the_domains_of_open_needs(school: School) -> None:
    browser = signed_in(a_member(school, Role.TEACHER).user)
    assert 'name="onze-behoeften"' not in browser.get("/zoeken/").content.decode()
    domain = Concept.objects.get(scheme="wsa", code="visie")
    add_need(school=school, actor=None, values={"what": "Een visie", "domain": domain})
    assert 'name="onze-behoeften"' in browser.get("/zoeken/").content.decode()
    assert "Les voor po" not in browser.get("/zoeken/?onze-behoeften=1").content.decode()


def test_others_are_offered_nothing(client: Client, school: School) -> None:
    stranger = signed_in(factories.UserFactory())
    for browser in (client, stranger):
        page = browser.get("/zoeken/?mijn-school=1").content.decode()
        assert 'name="mijn-school"' not in page
        assert "Les voor vo" in page
