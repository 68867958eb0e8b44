"""Lessons as a table: found in the list, taken out, and taken in again without a change."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from lessons.exports.files import csv_lines, write_xlsx
from lessons.exports.rows import columns_for, rows_for
from lessons.imports.writing import index_pages
from lessons.models import LessonIndexPage, LessonPage
from portal.spreadsheets import FORMULA_STARTS
from tests import factories
from tests.lessons.tables import COMPLETE, imported, lessons, outcomes, planned, xlsx

pytestmark = pytest.mark.django_db

DANGEROUS = ["=1+1", "+31 6 1234", "-5 graden", "@iedereen", "＝1", "－1", "＋1", "＠x", "'=al gemerkt", "'s morgens", "\t=x"]


@pytest.fixture
def client(lesson_index: LessonIndexPage) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def exported(path: Path) -> Path:
    call_command("export_lessons", str(path), stdout=io.StringIO())
    return path


def texts(path: Path) -> list[str]:
    """All cells of an exported file."""
    if path.suffix == ".csv":
        rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";")
        return [cell for row in rows for cell in row]
    return [
        str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def rich_lesson(index: LessonIndexPage, article: Page) -> LessonPage:
    """A lesson with everything that is hard to put in a cell."""
    body = [
        ("text", "<h2>Kop</h2><p>1. geen <b>lijst</b>*</p><ul><li>een<ul><li>dieper</li></ul></li></ul>"),
        ("question", "Vraag: dubbel?"),
        ("image", {"image": factories.make_image(), "caption": "Tuin"}),
        ("text", f'<p>Tip: geen tip, <a linktype="page" id="{article.pk}">lees</a> <i>dit</i></p>'),
        ("video", {"url": "https://www.example.org/film", "title": "Film", "minutes": None}),
    ]
    steps = [("step", {"phase": "start", "title": f"Stap {number}: = +", "minutes": 5, "body": body}) for number in range(11)]
    return factories.LessonFactory(
        parent=index,
        title="=Titel; met \"tekens\", en 'meer'",
        slug="een_oude-Slug",
        needs="- een\r\n= twee\n",
        preparation='<p data-block-key="x">- geen lijst<br/>@ook niet</p><p>•&nbsp;van Word</p>',
        steps=steps,
        materials=[("link", {"title": "A | B", "url": "https://x.nl", "audience": "teacher"})],
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_taken_in_again_changes_nothing(
    kind: str, article: Page, lesson_index: LessonIndexPage, tmp_path: Path
) -> None:
    rich_lesson(lesson_index, article)
    factories.LessonFactory.create_batch(2, parent=lesson_index)
    factories.LessonFactory(parent=lesson_index, live=False, minutes=None, steps=(), sectors=())
    for text in DANGEROUS:
        factories.LessonFactory(parent=lesson_index, title=f"{text} als titel", cost=text)
    imported(xlsx(tmp_path / "in.xlsx", [COMPLETE]), lesson_index)
    path = exported(tmp_path / f"uit.{kind}")
    reports = planned(path, lesson_index)
    assert outcomes(reports) == ["unchanged"] * LessonPage.objects.count(), [report for report in reports if report.changes]
    # The control: a change is seen.
    LessonPage.objects.get(slug="een_oude-Slug").latest_revision.delete()
    page = LessonPage.objects.get(slug="een_oude-Slug")
    page.cost = "anders"
    page.save_revision()
    assert sorted(outcomes(planned(path, lesson_index)))[0] == "changed"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_cell_of_an_export_is_a_formula(kind: str, lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    for text in DANGEROUS:
        page = factories.LessonFactory(parent=lesson_index, cost=text, maker=text, live=False)
        assert page.cost == text
    path = exported(tmp_path / f"uit.{kind}")
    cells = texts(path)
    assert any("1+1" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in FORMULA_STARTS] == []
    if kind == "xlsx":
        with zipfile.ZipFile(path) as archive:
            assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_the_newest_draft_is_what_is_exported(lesson: LessonPage, tmp_path: Path) -> None:
    lesson.cost = "nog niet te zien"
    lesson.save_revision()
    assert "nog niet te zien" in texts(exported(tmp_path / "uit.csv"))


def test_an_export_asks_the_database_no_more_for_more_lessons(
    lesson_index: LessonIndexPage, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    imported(xlsx(tmp_path / "a.xlsx", lessons(30)), lesson_index)
    pages = LessonPage.objects.order_by("path")
    with django_assert_max_num_queries(8):
        columns = columns_for(pages)
        list(csv_lines(rows_for(pages, columns), columns))


def test_the_list_finds_by_domain_theme_sector_and_state(lesson_index: LessonIndexPage, client: Client) -> None:
    one = factories.LessonFactory(
        parent=lesson_index, title="Les over bijen", sectors=["po"], wsa=["visie"], sdg47=["mensenrechten"]
    )
    two = factories.LessonFactory(parent=lesson_index, title="Les over water", sectors=["mbo"], live=False)
    index_pages([one.pk, two.pk])
    address = reverse("lessons:index")

    def shown(query: str) -> set[int]:
        return {page.pk for page in client.get(f"{address}?{query}").context["object_list"]}

    assert shown("") == {one.pk, two.pk}
    assert shown("wsa=visie") == shown("sdg47=mensenrechten") == shown("sector=po") == shown("state=live") == {one.pk}
    assert shown("state=draft") == shown("sector=mbo") == {two.pk}
    assert shown("sector=po&state=draft") == set()
    assert shown("state=scheduled") == shown("state=moderation") == set()
    assert shown("q=bijen") == {one.pk}
    assert shown("q=les&state=draft") == {two.pk}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("query", ["sector=po", "q=bijen"])
def test_an_export_of_the_list_keeps_to_its_filters(
    kind: str, query: str, lesson_index: LessonIndexPage, client: Client, tmp_path: Path
) -> None:
    one = factories.LessonFactory(parent=lesson_index, title="Les over bijen", sectors=["po"])
    two = factories.LessonFactory(parent=lesson_index, title="Les over water", sectors=["mbo"])
    index_pages([one.pk, two.pk])
    response = client.get(f"{reverse('lessons:index')}?export={kind}&{query}")
    path = tmp_path / f"uit.{kind}"
    path.write_bytes(b"".join(response) if response.streaming else response.content)
    assert "attachment" in response["Content-Disposition"]
    cells = texts(path)
    assert "Les over bijen" in cells
    assert "Les over water" not in cells
    assert outcomes(planned(path, lesson_index)) == ["unchanged"]


def test_the_menu_leads_to_the_list(client: Client) -> None:
    content = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("lessons:index") in content
    assert reverse("lessons_import:start") in client.get(reverse("lessons:index")).content.decode()


def test_who_may_see_no_lessons_sees_no_list(lesson: LessonPage) -> None:
    client = Client()
    client.force_login(factories.UserFactory())
    assert client.get(f"{reverse('lessons:index')}?export=csv").status_code == 404


def test_import_by_command(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lessons(3))
    output = io.StringIO()
    call_command("import_lessons", str(path), "--dry-run", stdout=output)
    assert "Les nummer 1" in output.getvalue()
    assert not LessonPage.objects.exists()
    call_command("import_lessons", str(path), "--under", "/lessen/", stdout=output)
    assert LessonPage.objects.filter(live=False).count() == 3
    assert LessonPage.objects.search("nummer").count() == 3
    rows = lessons(4)
    rows[0]["Minuten"] = "x"
    with pytest.raises(CommandError):
        call_command("import_lessons", str(xlsx(tmp_path / "b.xlsx", rows)), stdout=output)
    assert LessonPage.objects.count() == 3
    for wrong in (["--under", "/nergens/"], ["--user", "niemand@example.org"]):
        with pytest.raises(CommandError):
            call_command("import_lessons", str(path), *wrong, stdout=output)
    with pytest.raises(CommandError):
        call_command("import_lessons", str(tmp_path / "weg.xlsx"), stdout=output)
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    with pytest.raises(CommandError):
        call_command("import_lessons", str(tmp_path / "c.pdf"), stdout=output)
    with pytest.raises(CommandError):
        call_command("export_lessons", str(tmp_path / "c.pdf"), stdout=output)


def test_a_template_without_rows_is_small_and_whole() -> None:
    output = io.BytesIO()
    write_xlsx(output)
    assert len(output.getvalue()) < 200_000
