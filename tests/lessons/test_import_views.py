"""The screens of the import: who may see them, and what they say."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission

from lessons.imports import jobs
from lessons.models import ImportJob, LessonIndexPage, LessonPage
from lessons.models.import_job import ImportState
from portal.accounts.models import User
from tests import factories
from tests.lessons.tables import COMPLETE, csv_file, imported, lessons, waiting_job, xlsx

pytestmark = pytest.mark.django_db

START = "lessons_import:start"


def person(*rights: str, page: LessonIndexPage | None = None) -> User:
    """Somebody who may enter the admin, and do this with pages below `page`."""
    user = factories.UserFactory()
    group = Group.objects.create(name=user.email)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(lesson_index: LessonIndexPage) -> User:
    """May add lessons, and no more."""
    return person("add", page=lesson_index)


def upload(client: Client, path: Path, index: LessonIndexPage, name: str = "") -> Any:
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    return client.post(reverse(START), {"file": file, "index": index.pk})


def every_address(job: ImportJob) -> list[tuple[str, str]]:
    return [
        ("get", reverse(START)),
        ("post", reverse(START)),
        ("get", reverse("lessons_import:template", args=["xlsx"])),
        ("get", reverse("lessons_import:template", args=["csv"])),
        ("get", reverse("lessons_import:job", args=[job.pk])),
        ("post", reverse("lessons_import:confirm", args=[job.pk])),
    ]


def test_who_may_not_add_lessons_finds_nothing(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    client = signed_in(person("change", page=lesson_index))
    for method, address in every_address(job):
        assert getattr(client, method)(address).status_code == 404, address
    assert b"/admin/lessen/importeren/" not in client.get(reverse("wagtailadmin_home")).content
    # The control: who may add them does.
    client = signed_in(author)
    for method, address in every_address(job):
        assert getattr(client, method)(address).status_code in (200, 302), address
    assert b"/admin/lessen/importeren/" in client.get(reverse("wagtailadmin_home")).content


def test_who_is_not_signed_in_is_asked_to(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    for method, address in every_address(job):
        response = getattr(Client(), method)(address)
        assert (response.status_code, "login" in response["Location"]) == (302, True)


def test_imports_of_others_are_not_there(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "geheim.xlsx", lessons(1)), lesson_index, author)
    jobs.work_on(job.pk)
    client = signed_in(person("add", page=lesson_index))
    assert client.get(reverse("lessons_import:job", args=[job.pk])).status_code == 404
    assert client.post(reverse("lessons_import:confirm", args=[job.pk])).status_code == 404
    assert b"geheim" not in client.get(reverse(START)).content
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED


def test_from_template_to_drafts(
    lesson_index: LessonIndexPage, author: User, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """As a new editor does it: template, ten lessons of which two are faulty, mend them, import."""
    client = signed_in(author)
    path = tmp_path / "mijn lessen.xlsx"
    path.write_bytes(client.get(reverse("lessons_import:template", args=["xlsx"])).content)
    book = load_workbook(path)
    columns = [cell.value for cell in book["Lessen"][1]]
    rows = lessons(10)
    rows[2]["Sectoren"] = "onbekend"
    rows[6]["Minuten"] = "lang"
    for row in rows:
        book["Lessen"].append([row.get(column) for column in columns])
    book.save(path)

    with django_capture_on_commit_callbacks(execute=True):
        address = upload(client, path, lesson_index)["Location"]
    page = client.get(address)
    assert "Refresh" not in page
    content = page.content.decode()
    assert all(part in content for part in ("mijn lessen.xlsx", "onbekend", "lang", "Sectoren", "Minuten"))
    assert "uitvoeren" not in content
    assert not LessonPage.objects.exists()

    rows = book["Lessen"]
    rows.cell(4, columns.index("Sectoren") + 1).value = "po"
    rows.cell(8, columns.index("Minuten") + 1).value = 50
    book.save(path)
    with django_capture_on_commit_callbacks(execute=True):
        address = upload(client, path, lesson_index)["Location"]
    assert "uitvoeren" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}uitvoeren/")
    assert LessonPage.objects.filter(live=False, owner=author).count() == 10
    content = client.get(address).content.decode()
    assert "10" in content
    for key in LessonPage.objects.values_list("pk", flat=True):
        assert reverse("wagtailadmin_pages:edit", args=[key]) in content
    # And again: nothing to do.
    with django_capture_on_commit_callbacks(execute=True):
        address = upload(client, path, lesson_index)["Location"]
    assert "uitvoeren" not in client.get(address).content.decode()


def test_an_imported_draft_opens_in_the_editor(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    (key,) = imported(xlsx(tmp_path / "a.xlsx", [COMPLETE]), lesson_index)
    client = signed_in(factories.UserFactory(is_superuser=True))
    for name in ("edit", "history", "view_draft"):
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[key]))
        assert response.status_code == 200
    assert "Wat zit er in onze prullenbak?" in response.content.decode()


def test_the_page_renews_itself_while_a_worker_is_at_it(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    ImportJob.objects.filter(pk=job.pk).update(rows_total=40, rows_done=7)
    client = signed_in(author)
    response = client.get(reverse("lessons_import:job", args=[job.pk]))
    assert response["Refresh"] == "2"
    assert '<progress max="40" value="7"' in response.content.decode()
    jobs.work_on(job.pk)
    assert "Refresh" not in client.get(reverse("lessons_import:job", args=[job.pk]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lessen.exe", b"MZ"),
        ("lessen.xlsx", b"PK\x03\x04 kapot"),
        ("lessen.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("lessen.csv", b"Titel\n\x00"),
        ("lessen.csv", b""),
        ("x" * 300 + ".csv", b"Titel\nx\n"),
    ],
)
def test_a_wrong_file_is_said_beside_the_field(name: str, content: bytes, lesson_index: LessonIndexPage, author: User) -> None:
    response = signed_in(author).post(reverse(START), {"file": SimpleUploadedFile(name, content), "index": lesson_index.pk})
    assert response.status_code in (200, 302)
    assert ImportJob.objects.exists() == (response.status_code == 302)
    if response.status_code == 200:
        assert b"error-message" in response.content


def test_a_page_of_somebody_else_cannot_be_chosen(lesson_index: LessonIndexPage, tmp_path: Path) -> None:
    other = factories.LessonIndexFactory(parent=lesson_index.get_parent(), title="Andere lessen", slug="andere-lessen")
    author = person("add", page=other)
    path = csv_file(tmp_path / "a.csv", lessons(1))
    assert upload(signed_in(author), path, lesson_index).status_code == 200
    assert not ImportJob.objects.exists()
    assert upload(signed_in(author), path, other).status_code == 302


@pytest.mark.parametrize("query", ["p=abc", "p=99999999999999999999", "show=onzin", "show=error&p=0", "show=%00"])
def test_wrong_questions_are_answered(query: str, lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(2)), lesson_index, author)
    jobs.work_on(job.pk)
    response = signed_in(author).get(reverse("lessons_import:job", args=[job.pk]) + f"?{query}")
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_template_that_nobody_filled_in_says_where_to_begin(
    lesson_index: LessonIndexPage, author: User, tmp_path: Path, extension: str
) -> None:
    client = signed_in(author)
    path = tmp_path / f"a.{extension}"
    path.write_bytes(client.get(reverse("lessons_import:template", args=[extension])).content)
    job = waiting_job(path, lesson_index, author)
    jobs.work_on(job.pk)
    content = client.get(reverse("lessons_import:job", args=[job.pk])).content.decode()
    with translation.override("nl"):
        assert gettext("There is nothing to carry out: all these lessons are there already.") not in content
        assert gettext("There are no lessons in this file. Fill in the template, from row %(row)s.") % {"row": 2} in content
    assert "?show=" not in content
    assert 'class="listing"' not in content
    # The row that was named is the one below the headings.
    if extension == "xlsx":
        sheet = load_workbook(path)["Lessen"]
        assert (sheet["A1"].value, sheet["A2"].value, sheet.freeze_panes) == ("Titel", None, "B2")


def test_text_of_a_file_is_never_markup(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": evil, "Vakken": evil, evil: evil}])
    job = waiting_job(path, lesson_index, author)
    ImportJob.objects.filter(pk=job.pk).update(name=evil)
    jobs.work_on(job.pk)
    content = signed_in(author).get(reverse("lessons_import:job", args=[job.pk])).content
    assert b"&lt;script&gt;alert" in content
    assert evil.encode() not in content


def test_a_thousand_rows_are_shown_in_parts(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    rows = [{"Titel": f"Les {number}"} for number in range(150)] + [{"Titel": "", "Vakken": "milieu"}]
    job = waiting_job(csv_file(tmp_path / "a.csv", rows), lesson_index, author)
    jobs.work_on(job.pk)
    client = signed_in(author)
    address = reverse("lessons_import:job", args=[job.pk])
    first, second = client.get(address), client.get(f"{address}?p=2")
    # What is faulty comes first.
    assert [row["row"] for row in first.context["rows"]][:2] == [152, 2]
    assert len(second.context["rows"]) == 51
    assert [row["row"] for row in client.get(f"{address}?show=error").context["rows"]] == [152]


def test_the_template_explains_itself(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    response = signed_in(author).get(reverse("lessons_import:template", args=["xlsx"]))
    path = tmp_path / "a.xlsx"
    path.write_bytes(response.content)
    book = load_workbook(path)
    assert book.sheetnames == ["Lessen", "Uitleg", "Codes"]
    columns = [cell.value for cell in book["Lessen"][1]]
    explained = [row[0].value for row in book["Uitleg"].iter_rows(min_row=5)]
    assert columns == explained
    assert set(COMPLETE) <= set(columns)
    codes = {(row[0].value, row[1].value) for row in book["Codes"].iter_rows(min_row=2)}
    assert {("Sectoren", "po"), ("Licentie", "cc-by-40"), ("Kerndoelen", "po-2006-39"), ("Stap", "Afsluiting")} <= codes
    text = signed_in(author).get(reverse("lessons_import:template", args=["csv"])).content.decode("utf-8-sig")
    assert text.strip().split(";") == columns
