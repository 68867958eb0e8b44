"""What helps a school with a need: weighed by sector, domain, topic and place, with the reason; and what schools say of it."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from schools.enums import Role
from schools.matching import finding
from schools.matching.enums import Verdict
from schools.matching.finding import matches
from schools.matching.reasons import Reasons, listed
from schools.matching.slots import OPEN_SCHOOLS
from schools.matching.uses import record, take_back, told
from schools.matching.wanted import KINDS, Wanted
from schools.models import PageUse, School
from schools.needs.services import add_need
from search.indexing import drain
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_member

WASTE = Wanted(domain="gebouw-bedrijfsvoering", topics=("afval",), text="minder afval op school", sectors=("po",))


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school()


@pytest.fixture
def pages(site: HomePage, lesson_index: LessonIndexPage) -> dict[str, Any]:
    """Pages that fit a need about waste in primary education more or less, in the index."""
    section = factories.SectionFactory(parent=site, title="Hulp", slug="hulp")
    about = {"wsa": ["gebouw-bedrijfsvoering"], "topics": ["afval"]}
    made = {
        "best": factories.LessonFactory(parent=lesson_index, title="Minder afval op school", sectors=["po"], **about),
        "other sector": factories.LessonFactory(
            parent=lesson_index, title="Minder afval op school in het mbo", sectors=["mbo"], **about
        ),
        "domain": factories.KnowledgeFactory(
            parent=section, title="Zuinig met water", sectors=["po"], wsa=["gebouw-bedrijfsvoering"], body=()
        ),
        "example": factories.ExampleFactory(
            parent=section, title="Van elf zakken naar vier", municipality="Zwolle", sectors=["po"], **about
        ),
        "else": factories.AnswerFactory(parent=section, title="Hoe vieren we de vrede?", sectors=["po"], wsa=["visie"]),
    }
    drain("embedded")
    return made


def titles(wanted: Wanted, limit: int = 6, **options: Any) -> list[str]:
    return [match.card.title for match in matches(wanted, limit, **options)]


def test_the_best_comes_first_and_says_why(pages: dict[str, Any]) -> None:
    found = matches(WASTE)
    assert found[0].card.title == "Minder afval op school"
    reasons = found[0].reasons
    assert reasons.domain
    assert reasons.domain.code == "gebouw-bedrijfsvoering"
    assert [topic.code for topic in reasons.topics] == ["afval"]
    assert [sector.code for sector in reasons.sectors] == ["po"]
    assert "afval" in found[0].why
    assert found[0].why.endswith(".")


def test_a_page_for_other_sectors_comes_last(pages: dict[str, Any]) -> None:
    found = titles(WASTE)
    assert "Minder afval op school in het mbo" not in found[:2]
    assert titles(Wanted(**{**_facts(WASTE), "sectors": ("mbo",)}))[0] == "Minder afval op school in het mbo"


def _facts(wanted: Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ("domain", "topics", "text", "sectors")}


def test_a_part_of_a_sector_meets_pages_for_the_whole(pages: dict[str, Any]) -> None:
    assert titles(Wanted(**{**_facts(WASTE), "sectors": ("sbo",)}))[0] == "Minder afval op school"


@pytest.mark.parametrize(
    ("school", "page", "fits"),
    [
        *((("po",), "po", True), (("po", "sbo"), "sbo", True), (("sbo",), "po", True), (("po",), "sbo", False)),
        *((("vo",), "havo", True), (("vo", "havo"), "vo", True), (("vo", "vmbo"), "havo", False), (("vo",), "mbo", False)),
    ],
)
def test_whom_a_page_for_a_sector_serves(vocabulary: Vocabulary, school: tuple[str, ...], page: str, fits: bool) -> None:
    concept = vocabulary.get(Scheme.SECTOR, page)
    assert concept
    assert finding._sectors(Wanted(domain="visie", sectors=school), [concept], vocabulary) == (((concept,) if fits else ()), fits)


def test_the_same_municipality_is_a_reason(pages: dict[str, Any]) -> None:
    near = Wanted(**_facts(WASTE), municipality="Zwolle")
    example = next(match for match in matches(near) if match.card.title == "Van elf zakken naar vier")
    far = next(match for match in matches(WASTE) if match.card.title == "Van elf zakken naar vier")
    assert example.score > far.score
    assert "Zwolle" in example.why


def test_what_has_nothing_in_common_stays_away(pages: dict[str, Any]) -> None:
    assert "Hoe vieren we de vrede?" not in titles(WASTE)


def test_kinds_are_mixed(site: HomePage, lesson_index: LessonIndexPage) -> None:
    about = {"wsa": ["gebouw-bedrijfsvoering"], "topics": ["afval"], "sectors": ["po"]}
    for number in range(8):
        factories.LessonFactory(parent=lesson_index, title=f"Minder afval op school {number}", **about)
    section = factories.SectionFactory(parent=site, title="Hulp", slug="hulp")
    factories.PracticalHelpFactory(parent=section, title="Een bak die helpt", **about)
    drain("embedded")
    found = matches(WASTE, 4)
    assert [match.card.kind for match in found].count("hulp") == 1
    assert len(found) == 4, "room that is left goes to the best of the rest"


def test_a_need_without_words_or_topics_is_matched_by_its_domain(pages: dict[str, Any]) -> None:
    assert "Zuinig met water" in titles(Wanted(domain="gebouw-bedrijfsvoering", sectors=("po",)))
    assert matches(Wanted(domain="")) == []


def test_at_most_three_questions_to_the_finder(pages: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = finding.find
    monkeypatch.setattr(finding, "find", lambda query: asked.append(query) or real(query))
    matches(WASTE)
    assert len(asked) == 3


def test_more_pages_cost_no_more_queries(
    site: HomePage, lesson_index: LessonIndexPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def count(number: int) -> int:
        for index in range(number):
            factories.LessonFactory(
                parent=lesson_index, title=f"Minder afval {number} {index}", wsa=["gebouw-bedrijfsvoering"], topics=["afval"]
            )
        drain("embedded")
        matches(WASTE)
        with django_assert_max_num_queries(30) as queries:
            matches(WASTE)
        return len(queries)

    assert count(2) == count(12)


def test_without_an_engine_there_is_nothing_and_no_error(site: HomePage, settings: Settings) -> None:
    folder = settings.SEARCH_INDEX_DIR
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.sqlite3").write_bytes(b"This is not a database." * 50)
    (folder / "CURRENT").write_text("broken.sqlite3", encoding="utf-8")
    assert matches(WASTE) == []


def test_what_a_school_calls_not_useful_goes_away_for_that_school_alone(pages: dict[str, Any], school: School) -> None:
    record(school=school, page=pages["best"], verdict=Verdict.NOT_USEFUL, person=None)
    assert "Minder afval op school" not in titles(WASTE, school=school.pk)
    assert "Minder afval op school" in titles(WASTE, school=a_school("99ZZ09").pk)


def test_what_others_used_rises_and_is_told_from_two_on(pages: dict[str, Any], school: School) -> None:
    before = next(match for match in matches(WASTE, school=school.pk) if match.card.key == pages["example"].pk)
    for number in (1, 2):
        record(school=a_school(f"99ZZ0{number}"), page=pages["example"], verdict=Verdict.USED, person=None)
    after = next(match for match in matches(WASTE, school=school.pk) if match.card.key == pages["example"].pk)
    assert after.score > before.score
    assert "2" in after.why


def test_a_later_word_replaces_an_earlier_one_and_can_be_taken_back(pages: dict[str, Any], school: School) -> None:
    page = pages["best"]
    record(school=school, page=page, verdict=Verdict.USED, person=None)
    record(school=school, page=page, verdict=Verdict.DONE, person=None)
    record(school=a_school("99ZZ09"), page=page, verdict=Verdict.NOT_USEFUL, person=None)
    said = told([page.pk], school=school.pk)[page.pk]
    assert (said.verdict, said.helped, said.useless) == (Verdict.DONE, 0, 1)
    take_back(school=school, page=page)
    assert told([page.pk], school=school.pk)[page.pk].verdict == ""


def test_a_button_says_what_was_done_and_not_that_it_is_ready() -> None:
    with override("nl"):
        assert [str(label) for label in Verdict.labels][1] == "Gedaan"


def test_names_in_a_row() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]).startswith("a, b ")
    assert Reasons().sentence() == ""


def test_every_kind_that_is_named_is_small(pages: dict[str, Any]) -> None:
    assert all(1 <= most <= 2 for most in KINDS.values())


@pytest.fixture
def need(school: School, pages: dict[str, Any]) -> Any:
    domain = Concept.objects.get(scheme="wsa", code="gebouw-bedrijfsvoering")
    topics = Concept.objects.filter(scheme="topic", code="afval")
    return add_need(school=school, actor=None, values={"what": "Minder afval", "domain": domain}, topics=topics)


def test_the_page_of_a_need_shows_what_helps_and_keeps_what_is_said_of_it(
    client: Client, school: School, need: Any, pages: dict[str, Any]
) -> None:
    client.force_login(a_member(school, Role.TEACHER).user)
    address = need.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Minder afval op school" in page
    use = reverse("schools:use", args=[school.code, pages["best"].pk])
    assert f'action="{use}"' in page
    response = client.post(use, {"verdict": Verdict.USED, "need": need.number, "next": address})
    assert response["Location"] == address
    kept = PageUse.objects.get()
    assert (kept.verdict, kept.need, kept.school) == (Verdict.USED, need, school)
    assert 'aria-pressed="true"' in client.get(address).content.decode()
    client.post(use, {"verdict": ""})
    assert not PageUse.objects.exists()


@pytest.mark.parametrize("onward", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "", "\\\\elders"])
def test_one_goes_on_within_the_site_alone(client: Client, school: School, pages: dict[str, Any], onward: str) -> None:
    client.force_login(a_member(school, Role.TEACHER).user)
    use = reverse("schools:use", args=[school.code, pages["best"].pk])
    response = client.post(use, {"verdict": Verdict.USED, "next": onward})
    assert response["Location"] == reverse("schools:used", args=[school.code])


@pytest.mark.parametrize("values", [{"verdict": "beste"}, {"verdict": "\x00"}])
def test_an_unknown_verdict_is_not_found(client: Client, school: School, pages: dict[str, Any], values: dict[str, str]) -> None:
    client.force_login(a_member(school, Role.TEACHER).user)
    assert client.post(reverse("schools:use", args=[school.code, pages["best"].pk]), values).status_code in (400, 404)
    assert client.post(reverse("schools:use", args=[school.code, 2**70]), {"verdict": "used"}).status_code == 404
    assert not PageUse.objects.exists()


def test_a_need_of_another_school_is_not_taken(client: Client, school: School, need: Any, pages: dict[str, Any]) -> None:
    other = a_school("99ZZ09")
    client.force_login(a_member(other, Role.TEACHER).user)
    client.post(reverse("schools:use", args=[other.code, pages["best"].pk]), {"verdict": "used", "need": need.number})
    assert PageUse.objects.get().need is None


def test_others_may_not_speak_for_a_school(client: Client, school: School, pages: dict[str, Any]) -> None:
    use = reverse("schools:use", args=[school.code, pages["best"].pk])
    assert client.post(use, {"verdict": "used"}).status_code == 302
    client.force_login(a_member(a_school("99ZZ09"), Role.DIRECTOR).user)
    assert client.post(use, {"verdict": "used"}).status_code == 404
    assert client.get(reverse("schools:used", args=[school.code])).status_code == 404
    assert not PageUse.objects.exists()


def test_colleagues_see_what_was_used(client: Client, school: School, pages: dict[str, Any]) -> None:
    person = a_member(school, Role.TEACHER).user
    client.force_login(person)
    assert client.get(reverse("schools:used", args=[school.code])).status_code == 200
    record(school=school, page=pages["best"], verdict=Verdict.DONE, person=person)
    assert "Minder afval op school" in client.get(reverse("schools:used", args=[school.code])).content.decode()


def test_a_longer_list_of_what_was_used_costs_no_more_queries(
    client: Client, school: School, lesson_index: LessonIndexPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = a_member(school, Role.TEACHER).user
    client.force_login(person)
    address = reverse("schools:used", args=[school.code])

    def count(number: int) -> int:
        for index in range(number):
            lesson = factories.LessonFactory(parent=lesson_index, title=f"Les {number} {index}")
            record(school=school, page=lesson, verdict=Verdict.USED, person=person)
        client.get(address)
        with django_assert_max_num_queries(14) as queries:
            assert client.get(address).content.decode().count('class="say"') >= number
        return len(queries)

    assert count(2) == count(10)


def test_a_member_says_it_on_the_page_itself_and_a_visitor_sees_no_such_thing(
    client: Client, school: School, pages: dict[str, Any]
) -> None:
    address = pages["best"].url
    use = reverse("schools:use", args=[school.code, pages["best"].pk])
    assert use not in client.get(address).content.decode()
    client.force_login(a_member(school, Role.TEACHER).user)
    page = client.get(address)
    assert use in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    # The answer stands beside the button, not on whatever page of a school is opened next.
    back = re.search('name="next" value="([^"]+)"', page.content.decode())
    assert back
    assert back[1] == f"{address}#our-school"
    told = client.post(use, {"verdict": Verdict.USED, "next": back[1]}, follow=True).content.decode()
    assert "Bewaard: ‘Minder afval op school’ · gebruikt." in told
    assert told.index('id="our-school"') < told.index("Bewaard")
    assert "Teruggenomen: ‘Minder afval op school’." in client.post(use, {"next": back[1]}, follow=True).content.decode()
    client.logout()
    again = client.get(address)
    assert use not in again.content.decode()


def test_of_many_schools_each_is_folded_below_its_name(client: Client, school: School, pages: dict[str, Any]) -> None:
    person = a_member(school, Role.TEACHER).user
    others = [a_member(a_school(f"98ZZ0{index}"), Role.TEACHER, user=person).school for index in range(OPEN_SCHOOLS)]
    record(school=school, page=pages["best"], verdict=Verdict.USED, person=person)
    client.force_login(person)
    page = client.get(pages["best"].url).content.decode()
    for one in (school, *others):
        assert f"<summary>{one.name}</summary>" in page
        assert reverse("schools:use", args=[one.code, pages["best"].pk]) in page
    assert page.count("<details open><summary>") == 1


def test_a_button_pressed_when_signed_out_leads_back_to_its_page(client: Client, school: School, need: Any) -> None:
    at = need.get_absolute_url()
    step = f"{at}oppakken/"
    sent = client.post(step, headers={"referer": f"http://testserver{at}?a=1"})
    assert parse_qs(urlsplit(sent["Location"]).query)["next"] == [f"{at}?a=1"]
    assert "niets bewaard" in client.get(sent["Location"]).content.decode()
    for elsewhere in ({}, {"referer": f"https://elders.example{at}"}):
        sent = client.post(step, headers=elsewhere)
        assert parse_qs(urlsplit(sent["Location"]).query)["next"] == [reverse("schools:mine")]


def test_an_organisation_works_in_the_province_of_the_school_and_an_example_comes_from_its_place() -> None:
    assert Reasons(region="Groningen").sentence() == "Werkt in Groningen."
    assert Reasons(place="Zutphen", region="Gelderland").sentence() == "Komt uit Zutphen."
