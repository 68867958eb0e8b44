"""A retired concept makes way for another in what schools wrote, and for advisers, when a moderator says so."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.accounts.groups import MODERATORS
from portal.accounts.models import User
from portal.content.desk.replacing import replace, still_carried
from portal.content.models import HomePage
from portal.stamps.models import CONTENT, read
from portal.vocabulary import usage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.models import Adviser, Practice, School, SupportNeed
from schools.needs.services import add_need
from schools.profiles.services import save_profile
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import signed_in


@pytest.fixture
def moderator(db: None) -> User:
    person: User = factories.UserFactory()
    person.groups.add(Group.objects.get(name=MODERATORS))
    return person


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


def concept(scheme: Scheme, code: str, **changes: object) -> Concept:
    found = Concept.objects.get(scheme=scheme, code=code)
    for name, value in changes.items():
        setattr(found, name, value)
    found.save()
    return found


def a_need(school: School, domain: Concept, *topics: Concept) -> SupportNeed:
    return add_need(school=school, actor=None, values={"what": "Onze eigen wens", "domain": domain}, topics=topics)


def test_topics_of_needs(school: School, moderator: User) -> None:
    old, new = concept(Scheme.TOPIC, "afval", retired=True), concept(Scheme.TOPIC, "energiebesparing")
    domain = concept(Scheme.WSA, "curriculum")
    one, both, neither = a_need(school, domain, old), a_need(school, domain, old, new), a_need(school, domain)
    assert still_carried() == [(old, 0, 2)]
    assert replace(old, new, moderator) == 0
    found = {need.pk: [topic.code for topic in need.topics.all()] for need in SupportNeed.objects.all()}
    assert found == {one.pk: [new.code], both.pk: [new.code], neither.pk: []}
    assert still_carried() == []


def test_domains_of_needs_and_profiles_keep_both_texts(school: School, moderator: User) -> None:
    old, new = concept(Scheme.WSA, "omgeving", retired=True), concept(Scheme.WSA, "visie")
    need = a_need(school, old)
    save_profile(school=school, actor=None, values={}, practices={"omgeving": "Wij ruimen op.", "visie": "Wij schreven het op."})
    other = a_school("99ZZ01")
    save_profile(school=other, actor=None, values={}, practices={"omgeving": "Alleen dit."})
    replace(old, new, moderator)
    need.refresh_from_db()
    assert need.domain == new
    practices = {(row.profile.school.code, row.domain.code): row.text for row in Practice.objects.all()}
    assert practices == {
        ("99ZZ00", "visie"): "Wij schreven het op.\nWij ruimen op.",
        ("99ZZ01", "visie"): "Alleen dit.",
    }


def test_advisers_follow_and_their_kept_pages_go(school: School, moderator: User) -> None:
    old, new = concept(Scheme.SECTOR, "vo", retired=True), concept(Scheme.SECTOR, "po")
    adviser = Adviser(name="Ans", slug="ans", is_shown=True)
    adviser.sectors = [old]
    adviser.save()
    before = read()[CONTENT]
    replace(old, new, moderator)
    assert list(Adviser.objects.get().sectors.all()) == [new]
    assert read()[CONTENT] > before


def test_a_moderator_sees_how_many_and_never_whose(school: School, moderator: User) -> None:
    old, new = concept(Scheme.TOPIC, "afval", retired=True), concept(Scheme.TOPIC, "energiebesparing")
    need = a_need(school, concept(Scheme.WSA, "curriculum"), old)
    browser = signed_in(moderator)
    address = reverse("replace_concept", args=[old.pk])
    for page in (reverse("retired_concepts"), address, f"{address}?new={new.pk}"):
        text = browser.get(page).content.decode()
        assert old.label_nl in text
        assert need.what not in text
        assert school.name not in text
    assert browser.post(address, {"new": new.pk}).status_code == 302
    assert list(SupportNeed.objects.get().topics.all()) == [new]


def test_every_table_that_refers_to_concepts_is_known() -> None:
    """A new model with a concept follows without being named anywhere."""
    models = {place.model._meta.label for place in usage.places_of_others()}
    assert {"schools.SupportNeed", "schools.SupportNeed_topics", "schools.Practice", "schools.ScanStatement"} <= models
    assert {"schools.School", "schools.School_sectors", "schools.Adviser_provinces"} <= models
    assert not models & {place.model._meta.label for place in usage.places()}
