"""What an editor sees first, and the list of all pages."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lessons.models import LessonIndexPage
from portal.accounts.models import User
from portal.content.desk.states import State, in_state
from portal.content.models import HomePage, KnowledgePage, SectionPage
from portal.feedback.enums import Kind
from portal.feedback.enums import State as FeedbackState
from portal.feedback.services import decide, record
from portal.workdays.calendar import school_year_of
from portal.workdays.enums import HolidayKind, HolidayRegion
from portal.workdays.models import SchoolHoliday
from search.models import SearchCount
from tests import factories
from tests.content.conftest import edit, signed_in


@pytest.fixture
def section(site: HomePage) -> SectionPage:
    return factories.SectionFactory(parent=site, title="Kennis", slug="kennis")


def screen(person: User, name: str, **parameters: str) -> str:
    answer = signed_in(person).get(reverse(name), parameters)
    assert answer.status_code == 200
    return answer.content.decode()


def dashboard(person: User) -> dict[str, str]:
    """The text of each of our panels, by its name."""
    parts = re.split(r'id="desk-([a-z]+)-section"', screen(person, "wagtailadmin_home"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def fill_school_holidays() -> None:
    """Holidays of this school year and the next, so that nobody has to be warned."""
    this_year = school_year_of(timezone.localdate())
    for region, kind, year in product(HolidayRegion, HolidayKind, (this_year, this_year + 1)):
        day = date(year, 10, 1)
        SchoolHoliday.objects.create(region=region, kind=kind, school_year=year, first_day=day, last_day=day)


def test_an_empty_desk_says_that_all_is_well(editor: User, moderator: User, site: HomePage) -> None:
    fill_school_holidays()
    panels = dashboard(moderator)
    assert list(panels) == ["moderation", "reviews", "feedback", "mine", "incomplete", "searches", "holidays"]
    assert all("<table" not in text.partition("</section>")[0] for text in panels.values())
    assert list(dashboard(editor)) == ["reviews", "feedback", "mine", "incomplete", "searches"]


def test_the_desk_shows_what_waits_what_is_late_and_what_is_not_finished(
    section: SectionPage, editor: User, moderator: User
) -> None:
    today = timezone.localdate()
    late = factories.KnowledgeFactory(parent=section, title="Te laat", review_on=today - timedelta(days=3))
    soon = factories.KnowledgeFactory(parent=section, title="Straks", review_on=today + timedelta(days=29))
    factories.KnowledgeFactory(parent=section, title="Later", review_on=today + timedelta(days=31))
    factories.KnowledgeFactory(parent=section, title="Kaal", live=False, summary="", wsa=())
    waits = factories.KnowledgeFactory(parent=section, title="Wacht", live=False, owner=editor)
    edit(signed_in(editor), waits, action__submit="1")
    panels = dashboard(moderator)
    assert "Wacht" in panels["moderation"]
    assert panels["reviews"].index(late.title) < panels["reviews"].index(soon.title)
    assert "Later" not in panels["reviews"]
    assert "Kaal" in panels["incomplete"]
    assert "Wacht" in dashboard(editor)["mine"]


def test_the_desk_shows_what_visitors_said_and_searched_in_vain(section: SectionPage, editor: User) -> None:
    page = factories.KnowledgeFactory(parent=section, title="Zwerfafval")
    record(page=page, kind=Kind.WRONG, remark="De link werkt niet.")
    decide(feedback=record(page=page, kind=Kind.WRONG, remark="Al gelezen."), state=FeedbackState.DONE)
    SearchCount.objects.create(day=timezone.localdate(), text="wormenhotel", searches=4, without_result=3)
    SearchCount.objects.create(day=timezone.localdate(), text="afval", searches=4)
    panels = dashboard(editor)
    assert "De link werkt niet." in panels["feedback"]
    assert page.title in panels["feedback"]
    assert "Al gelezen." not in panels["feedback"]
    assert "wormenhotel" in panels["searches"]
    assert "afval" not in panels["searches"].partition("</table>")[0]


def test_the_desk_asks_as_much_of_the_database_for_many_pages_as_for_few(
    section: SectionPage, editor: User, moderator: User
) -> None:
    today = timezone.localdate()

    def queries(count: int) -> int:
        for _ in range(count):
            factories.KnowledgeFactory(parent=section, review_on=today, owner=moderator)
            factories.KnowledgeFactory(parent=section, live=False, summary="", owner=moderator)
            waits = factories.AnswerFactory(parent=section, live=False, owner=editor)
            waits.get_workflow().start(waits, editor)
        browser = signed_in(moderator)
        browser.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("wagtailadmin_home"))
        return len(captured)

    few = queries(2)
    assert queries(12) == few
    assert few <= 45


@pytest.fixture
def pages(section: SectionPage, lesson_index: LessonIndexPage, editor: User) -> dict[str, KnowledgePage]:
    """One page in each state, by the name of the state."""
    made = {
        "live": factories.KnowledgeFactory(parent=section, title="Gewoon", wsa=["visie"]),
        "changed": factories.KnowledgeFactory(parent=section, title="Gewijzigd"),
        "draft": factories.LessonFactory(parent=lesson_index, title="Ontwerp", live=False, sectors=["vo"]),
        "moderation": factories.AnswerFactory(parent=section, title="Ingediend", live=False),
        "scheduled": factories.KnowledgeFactory(parent=section, title="Gepland", live=False),
        "to-check": factories.KnowledgeFactory(parent=section, title="Verlopen", review_on=timezone.localdate()),
        "incomplete": factories.KnowledgeFactory(parent=section, title="Kaal", live=False, summary=""),
    }
    made["changed"].title = "Gewijzigd "
    made["changed"].save_revision()
    made["moderation"].get_workflow().start(made["moderation"], editor)
    made["scheduled"].go_live_at = timezone.now() + timedelta(days=1)
    made["scheduled"].save_revision().publish()
    return made


@pytest.mark.parametrize("state", State.values)
def test_every_state_finds_its_page(state: str, pages: dict[str, KnowledgePage], editor: User) -> None:
    assert pages[state].pk in in_state(state).values_list("pk", flat=True)
    text = screen(editor, "all_pages:index", state=state)
    assert pages[state].title.strip() in text
    if state not in {State.LIVE, State.CHANGED, State.TO_CHECK}:
        assert "Gewoon" not in text


@pytest.mark.parametrize(
    ("parameters", "found", "missing"),
    [
        ({"wsa": "visie"}, "Gewoon", "Verlopen"),
        ({"sector": "vo"}, "Ontwerp", "Gewoon"),
        ({"sdg47": "duurzame-levenswijzen"}, "Ontwerp", "Gewoon"),
        ({"q": "Verlopen"}, "Verlopen", "Gewoon"),
        ({"q": "Verlopen", "state": "to-check", "wsa": "curriculum"}, "Verlopen", "Gewoon"),
    ],
)
def test_filters(parameters: dict[str, str], found: str, missing: str, pages: dict[str, KnowledgePage], moderator: User) -> None:
    text = screen(moderator, "all_pages:index", **parameters)
    assert found in text
    assert missing not in text


@pytest.mark.parametrize(
    "parameters", [{"state": "zomaar"}, {"wsa": "\x00"}, {"wsa": "niets"}, {"page": "-1"}, {"content_type": "a"}]
)
def test_nonsense_is_no_error(parameters: dict[str, str], pages: dict[str, KnowledgePage], editor: User) -> None:
    answer = signed_in(editor).get(reverse("all_pages:index"), parameters)
    assert answer.status_code in {200, 302, 400, 404}


def test_the_list_asks_as_much_for_many_pages_as_for_few(section: SectionPage, moderator: User) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            factories.KnowledgeFactory(parent=section)
            factories.AnswerFactory(parent=section, live=False)
        browser = signed_in(moderator)
        browser.get(reverse("all_pages:index"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("all_pages:index"))
        return len(captured)

    few = queries(2)
    assert queries(10) == few
