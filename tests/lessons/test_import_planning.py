"""What an import would do with each row, and what it writes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models.signals import pre_save
from django.utils.translation import override
from pytest_django import Settings
from wagtail.models import Page, PageLogEntry, Revision

from lessons.imports.cells import TableError
from lessons.imports.content import LessonContent
from lessons.imports.files import MAX_ROWS, opened
from lessons.imports.layout import COLUMNS, SLUG, column_named
from lessons.imports.links import Links
from lessons.imports.planning import Planner
from lessons.imports.writing import LessonsChangedError, index_pages, write
from lessons.models import LessonIndexPage, LessonPage
from portal.accounts.models import User
from portal.media.storing import store_document
from portal.vocabulary.models import Concept
from tests import factories
from tests.lessons.tables import COMPLETE, csv_file, imported, lessons, outcomes, planned, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(lesson_index: LessonIndexPage) -> User:
    return factories.UserFactory(is_superuser=True)


def plain(page: LessonPage) -> dict[str, Any]:
    """What an import can fill, of the newest draft, as a revision stores it."""
    content = LessonContent.of_revision(page.latest_revision.content).data
    return {column.field: content[column.field] for column in COLUMNS}


def test_a_complete_row_becomes_a_complete_draft(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    (key,) = imported(xlsx(tmp_path / "a.xlsx", [COMPLETE]), lesson_index, author)
    page = LessonPage.objects.get(pk=key)
    assert page.slug == "wat-zit-er-in-onze-prullenbak"
    assert (page.live, page.has_unpublished_changes, page.owner) == (False, True, author)
    assert page.get_parent().pk == lesson_index.pk
    assert page.url_path == f"{lesson_index.url_path}{page.slug}/"
    assert (page.minutes, page.licence.code, page.source_url, page.elsewhere) == (
        60,
        "cc-by-40",
        "https://www.example.org/les",
        False,
    )
    assert {concept.code for concept in page.sectors.all()} == {"po", "sbo"}
    assert {concept.code for concept in page.grades.all()} == {"po-groep-5", "po-groep-6"}
    assert {concept.code for concept in page.wsa.all()} == {"curriculum", "gebouw-bedrijfsvoering"}
    assert [concept.code for concept in page.sdgs.all()] == ["sdg-12"]
    assert [(goal.concept.code, goal.why) for goal in page.curriculum.all()] == [
        ("po-2006-39", "De leerlingen meten hun eigen afval.")
    ]
    assert page.preparation == "<p>Lees dit <b>vooraf</b>.</p><ul><li>Zet de bak klaar.</li><li>Pak een weegschaal.</li></ul>"
    assert [(step.value["phase"], step.value["minutes"], step.value["title"]) for step in page.steps] == [
        ("start", 10, "Raden"),
        ("work", None, "Wegen"),
    ]
    assert [child.block_type for child in page.steps[0].value["body"]] == ["text", "question", "tip"]
    assert page.materials[0].value["audience"] == "teacher"
    assert str(page.checked_on) == "2026-11-05"
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_draft_is_what_the_editor_would_have_made(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    (key,) = imported(xlsx(tmp_path / "a.xlsx", [COMPLETE]), lesson_index, author)
    page = LessonPage.objects.get(pk=key)
    made = factories.LessonFactory(parent=lesson_index, live=False)
    revision = page.latest_revision
    assert revision.user == author
    assert revision.content.keys() == made.latest_revision.content.keys()
    draft = revision.as_object()
    draft.full_clean()
    # What the revision holds is what the tables hold.
    assert [concept.code for concept in draft.sectors.all()] == [concept.code for concept in page.sectors.all()]
    assert draft.steps.get_prep_value() == page.steps.get_prep_value()
    assert set(PageLogEntry.objects.filter(page=key).values_list("action", "user")) == {
        ("wagtail.create", author.pk),
        ("wagtail.edit", author.pk),
    }
    revision.publish(user=author)
    page.refresh_from_db()
    assert page.live
    assert page.curriculum.count() == 1
    # The next lesson finds its place.
    factories.LessonFactory(parent=lesson_index)
    assert Page.find_problems() == ([], [], [], [], [])
    lesson_index.refresh_from_db()
    assert lesson_index.numchild == 3


@pytest.mark.parametrize("make", [xlsx, csv_file])
def test_running_it_again_changes_nothing(make: Any, lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    path = make(tmp_path / f"a.{'xlsx' if make is xlsx else 'csv'}", lessons(3))
    assert outcomes(planned(path, lesson_index)) == ["new"] * 3
    imported(path, lesson_index, author)
    before = Revision.objects.count()
    assert outcomes(planned(path, lesson_index)) == ["unchanged"] * 3
    assert imported(path, lesson_index, author) == []
    assert Revision.objects.count() == before


def test_the_dry_run_says_what_the_import_does(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    imported(xlsx(tmp_path / "a.xlsx", lessons(3)), lesson_index, author)
    rows = lessons(4)
    rows[1] |= {"Minuten": 90, "Kosten": ""}
    path = xlsx(tmp_path / "b.xlsx", rows)
    reports = planned(path, lesson_index)
    assert outcomes(reports) == ["unchanged", "changed", "unchanged", "new"]
    assert reports[1].changes == ["Minuten", "Kosten"]
    assert len(imported(path, lesson_index, author)) == 2
    page = LessonPage.objects.get(slug="les-nummer-2")
    assert (page.minutes, page.cost) == (90, "")
    assert page.revisions.count() == 2


def test_a_live_lesson_gets_a_draft_and_visitors_see_no_change(lesson: LessonPage, author: User, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": "Andere titel", "Slug": lesson.slug, "Vakken": "Milieu"}])
    assert planned(path, index)[0].changes == ["Titel", "Vakken"]
    imported(path, index, author)
    page = LessonPage.objects.get(pk=lesson.pk)
    assert (page.title, page.draft_title, page.live, page.has_unpublished_changes) == (lesson.title, "Andere titel", True, True)
    assert not page.subjects.exists()
    draft = page.get_latest_revision_as_object()
    assert [concept.code for concept in draft.subjects.all()] == ["milieu"]
    # What the table does not mention stays: the goal, the steps with their identifiers.
    assert draft.goal == lesson.goal
    assert [step.id for step in draft.steps] == [step.id for step in lesson.steps]
    assert outcomes(planned(path, index)) == ["unchanged"]
    page.latest_revision.publish()
    assert LessonPage.objects.get(pk=lesson.pk).title == "Andere titel"


def test_two_faulty_rows_are_named_and_nothing_is_written(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    rows = lessons(10)
    rows[3] |= {"Sectoren": "po; basisonderwijzz", "Minuten": "vijftig"}
    rows[7] |= {"Titel": ""}
    reports = planned(xlsx(tmp_path / "a.xlsx", rows), lesson_index)
    assert [report.row for report in reports if report.outcome == "error"] == [5, 9]
    columns = dict(reports[3].problems)
    assert "basisonderwijzz" in columns["Sectoren"]
    assert "vijftig" in columns["Minuten"]
    assert dict(reports[7].problems).keys() == {"Titel"}


def test_what_is_missing_for_publication_is_said_but_is_no_fault(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    (report,) = planned(xlsx(tmp_path / "a.xlsx", [{"Titel": "Kaal"}]), lesson_index)
    assert report.outcome == "new"
    assert {"Samenvatting", "WSA-domeinen", "Sectoren", "Thema's SDG 4.7", "Stap 1"} <= set(report.missing)
    (report,) = planned(xlsx(tmp_path / "b.xlsx", [COMPLETE]), lesson_index)
    assert report.missing == []


@pytest.mark.parametrize(
    ("column", "value", "part"),
    [
        ("Titel", "x" * 300, "255"),
        ("Titel", "a\u202eb", ""),
        ("Slug", "Niet Goed!", ""),
        ("Samenvatting", "x" * 301, "300"),
        ("Minuten", "4", ""),
        ("Minuten", 6001, ""),
        ("Vakken", "onbekend-vak-zonder-naam", "onbekend-vak"),
        ("Vakken", "Millieu", "milieu"),
        ("Kerndoelen", "po-2006-39", ""),
        ("Kerndoelen", "po-2006-999: omdat", "po-2006-999"),
        ("Kerndoelen", "Spreken: omdat", "po-"),
        ("Stap 1", "Start, 9000 minuten: Lang", ""),
        ("Stap 1", "x" * 200, ""),
        ("Stap 1", "Titel\nVraag: " + "x" * 500, ""),
        ("Stap 1", "Titel\n[afbeelding 12345678]", "12345678"),
        ("Stap 1", "Titel\nZie [hier](/bestaat/niet/).", "/bestaat/niet/"),
        ("Voorbereiding", "[klik](ftp://x.nl)", "ftp://x.nl"),
        ("Materiaal", "alleen een titel", ""),
        ("Materiaal", "Blad | document 999 | leerling", "999"),
        ("Materiaal", "Blad | javascript:alert(1) | leerling", ""),
        ("Bron", "geen adres", ""),
        ("Bron", "javascript:alert(1)", ""),
        ("Staat elders", "misschien", "misschien"),
        ("Gecontroleerd op", "ooit", "ooit"),
    ],
)
def test_a_fault_names_its_column(column: str, value: str, part: str, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    with override("en"):
        (report,) = planned(xlsx(tmp_path / "a.xlsx", [{"Titel": "Een les", column: value}]), lesson_index)
    assert report.outcome == "error"
    assert [name for name, _text in report.problems] == [column]
    assert part in report.problems[0][1]


def test_two_rows_about_one_lesson_are_a_fault(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    rows = [{"Titel": "Een les", "Slug": ""}, {"Titel": "Andere", "Slug": "een-les"}]
    first, second = planned(xlsx(tmp_path / "a.xlsx", rows), lesson_index)
    assert first.outcome == "new"
    assert "2" in dict(second.problems)["Slug"]


def test_columns_in_any_order_and_by_other_names(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    rows = [{"Onzin": "x", "VAK": "milieu", "Duur": "50 min", "": "", "naam": "Een les", "thema’s": "mensenrechten"}]
    path = xlsx(tmp_path / "a.xlsx", rows)
    with opened(path) as source:
        assert source.heading.unknown == ("Onzin",)
    imported(path, lesson_index, author)
    page = LessonPage.objects.get(slug="een-les")
    assert (page.minutes, page.subjects.get().code, page.sdg47.get().code) == (50, "milieu", "mensenrechten")


def test_retired_concepts_can_be_kept_but_not_chosen(lesson: LessonPage, author: User, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    row = {"Titel": lesson.title, "Slug": lesson.slug}
    imported(xlsx(tmp_path / "a.xlsx", [{**row, "Vakken": "milieu"}]), index, author)
    milieu = Concept.objects.get(scheme="subject", code="milieu")
    milieu.retired = True
    milieu.save()
    rows = [{**row, "Vakken": "milieu; natuur"}, {"Titel": "Nieuw", "Slug": "", "Vakken": "milieu"}]
    kept, chosen = planned(xlsx(tmp_path / "b.xlsx", rows), index)
    assert (kept.outcome, kept.changes) == ("changed", ["Vakken"])
    assert dict(chosen.problems).keys() == {"Vakken"}


def test_a_changed_step_keeps_its_pictures(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    image = factories.make_image()
    body = [("text", "<p>Kijk.</p>"), ("image", {"image": image, "caption": "Bak"})]
    steps = [("step", {"phase": "start", "title": "Een", "body": body}), ("step", {"phase": "work", "title": "Twee", "body": []})]
    lesson = factories.LessonFactory(parent=lesson_index, steps=steps)
    picture = lesson.steps[0].value["body"][1].id
    text = f"Start, 5 minuten: Anders\n[afbeelding {picture[:8]}]\nVraag: Wat nu?"
    imported(xlsx(tmp_path / "a.xlsx", [{"Titel": lesson.title, "Slug": lesson.slug, "Stap 1": text}]), lesson_index, author)
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    first, second = draft.steps
    assert (first.value["body"][0].block_type, first.value["body"][0].id) == ("image", picture)
    assert first.value["body"][0].value["caption"] == "Bak"
    assert (first.id, second.id) == tuple(step.id for step in lesson.steps)
    imported(xlsx(tmp_path / "b.xlsx", [{"Titel": lesson.title, "Slug": lesson.slug, "Stap 1": ""}]), lesson_index, author)
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [step.value["title"] for step in draft.steps] == ["Twee"]


def test_links_to_pages_are_kept_as_such(article: Page, lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    address = article.url
    text = f"Lees [dit]({address}) en [dat](https://x.nl)."
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": "Een les", "Voorbereiding": text}])
    (key,) = imported(path, lesson_index, author)
    page = LessonPage.objects.get(pk=key)
    assert f'<a linktype="page" id="{article.pk}">dit</a>' in page.preparation
    assert '<a href="https://x.nl">dat</a>' in page.preparation
    assert outcomes(planned(path, lesson_index)) == ["unchanged"]


def test_only_a_document_of_this_site_is_ours(db: None, settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portaal.example"
    key = store_document(ContentFile(b"Weeg het.", name="blad.txt"), title="Een blad").pk
    path, links = f"/documenten/{key}/blad.txt", Links()
    for ours in (path, f"/documenten/{key}", f"https://portaal.example{path}", f"document:{key}"):
        assert links.stored(ours) == f"document:{key}"
    for theirs in (f"https://elders.example{path}", f"https://portaal.example.elders.example{path}"):
        assert links.stored(theirs) == theirs


def test_locked_lessons_and_those_of_others_are_a_fault(lesson: LessonPage, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": "Andere titel", "Slug": lesson.slug}])
    nobody, editor = factories.UserFactory(), factories.UserFactory(is_superuser=True)
    assert outcomes(planned(path, index, editor)) == ["changed"]
    assert outcomes(planned(path, index, nobody)) == ["error"]
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True, locked_by=nobody)
    assert outcomes(planned(path, index, editor)) == ["error"]


def test_a_fault_half_way_leaves_nothing(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lessons(5))

    def breaks(instance: LessonPage, **kwargs: Any) -> None:
        if LessonPage.objects.filter(path__startswith=lesson_index.path).count() == 3:
            raise OSError("the disk is full")

    before = Page.objects.count(), Revision.objects.count()
    pre_save.connect(breaks, sender=LessonPage)
    try:
        with pytest.raises(OSError, match="the disk is full"):
            imported(path, lesson_index, author)
    finally:
        pre_save.disconnect(breaks, sender=LessonPage)
    assert (Page.objects.count(), Revision.objects.count()) == before
    assert Page.find_problems() == ([], [], [], [], [])
    # The control: without the fault it is written.
    assert len(imported(path, lesson_index, author)) == 5


def test_what_changed_after_the_plan_is_not_overwritten(lesson: LessonPage, author: User, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    rows = [{"Titel": "Andere titel", "Slug": lesson.slug}, {"Titel": "Nieuw", "Slug": ""}]
    with opened(xlsx(tmp_path / "a.xlsx", rows)) as source:
        changed, new = [plan.work for plan in Planner(index, author).plans(source)]
    page = LessonPage.objects.get(pk=lesson.pk)
    page.goal = "Een ander doel."
    page.save_revision()
    with pytest.raises(LessonsChangedError):
        write([changed], index=index, user=author)
    factories.LessonFactory(parent=index, title="Nieuw", live=False)
    with pytest.raises(LessonsChangedError):
        write([new], index=index, user=author)


def test_the_plan_has_another_digest_when_a_lesson_changed(lesson: LessonPage, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": "Andere titel", "Slug": lesson.slug}])

    def digest() -> str:
        planner = Planner(index, None)
        with opened(path) as source:
            list(planner.plans(source))
        return planner.digest

    first = digest()
    assert digest() == first
    LessonPage.objects.get(pk=lesson.pk).save_revision()
    assert digest() != first


def test_written_lessons_are_found_by_editors(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    keys = imported(xlsx(tmp_path / "a.xlsx", lessons(2)), lesson_index, author)
    assert list(LessonPage.objects.search("nummer")) == []
    index_pages(keys)
    assert {page.pk for page in LessonPage.objects.search("nummer")} == set(keys)


def test_a_table_without_title_or_with_too_many_rows_is_refused(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Titel"):
        planned(xlsx(tmp_path / "a.xlsx", [{"Kop": "x"}]), lesson_index)
    with pytest.raises(TableError, match="Titel"):
        planned(xlsx(tmp_path / "b.xlsx", []), lesson_index)
    with pytest.raises(TableError, match=str(MAX_ROWS)):
        planned(csv_file(tmp_path / "c.csv", [{"Titel": "x"}] * (MAX_ROWS + 1)), lesson_index)
    with pytest.raises(TableError, match="Vakken"):
        planned(xlsx(tmp_path / "d.xlsx", [{"Titel": "x", "Vakken": "", "vak": ""}]), lesson_index)


def test_a_heading_may_stand_below_other_rows(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    rows = [{"Lessen van dit jaar": "Titel", " ": "Vak"}, {"Lessen van dit jaar": "Een les", " ": "milieu"}]
    (report,) = planned(xlsx(tmp_path / "a.xlsx", rows), lesson_index)
    assert (report.row, report.slug, report.outcome) == (3, "een-les", "new")


def test_every_column_is_a_field_and_is_found_by_its_name() -> None:
    assert all(hasattr(LessonPage, column.field) for column in COLUMNS)
    assert [column_named(column.header) for column in COLUMNS] == list(COLUMNS)
    assert all(column_named(alias) == column for column in COLUMNS for alias in column.aliases)
    assert SLUG in COLUMNS
