"""The plan of a school: a page, and a PDF that a screen reader can read."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lessons.models import LessonIndexPage
from portal.content.models import HomePage
from portal.vocabulary.models import Concept
from schools.enums import Role
from schools.models import School
from schools.needs.services import add_need
from schools.plan import pdf
from schools.plan.contents import MOST_NEEDS, plan_of
from schools.plan.drawing import COLOURS
from schools.scan.enums import Answer
from schools.scan.loading import load_statements
from search.indexing import drain
from tests import factories, services
from tests.schools.making import a_school
from tests.schools.people import a_member
from tests.schools.scan.test_scan import fill
from tests.schools.test_advisers import an_adviser


@pytest.fixture
def school(site: HomePage, lesson_index: LessonIndexPage) -> School:
    """A school with a scan, a need, and a lesson that helps."""
    load_statements()
    factories.LessonFactory(parent=lesson_index, title="Afval wegen", wsa=["gebouw-bedrijfsvoering"], topics=["afval"])
    drain("embedded")
    school = a_school(name="De Één & de Ander")
    fill(school, visie=Answer.COMPLETELY, gebouw_bedrijfsvoering=Answer.NOT_YET)
    need(school)
    return school


def need(school: School, what: str = "Lessen over <afval>") -> Any:
    domain = Concept.objects.get(scheme="wsa", code="gebouw-bedrijfsvoering")
    return add_need(school=school, actor=None, values={"what": what, "domain": domain}, topics=())


def needs_pango() -> None:
    """Leave a test out on a laptop without Pango, and fail in CI."""
    if not pdf.can_make_pdf():
        services.lacking("needs Pango (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)")


@pytest.fixture
def document(client: Client, school: School) -> Any:
    """The PDF of the school, read."""
    needs_pango()
    client.force_login(a_member(school, Role.TEACHER).user)
    response = client.get(reverse("schools:plan-pdf", args=[school.code]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    return PdfReader(BytesIO(response.content))


def test_the_plan_holds_flower_needs_and_next_steps(school: School) -> None:
    plan = plan_of(school)
    assert plan.scanned_at
    assert [planned.need.what for planned in plan.needs] == ["Lessen over <afval>"]
    assert [step.card.title for step in plan.needs[0].steps] == ["Afval wegen"]


def test_a_school_with_many_needs_has_a_plan_of_the_first_ones(school: School) -> None:
    for number in range(MOST_NEEDS + 1):
        need(school, f"Behoefte {number}")
    plan = plan_of(school)
    assert len(plan.needs) == MOST_NEEDS
    assert plan.more == 2


def test_the_adviser_of_the_plan_works_where_the_school_is_also_before_it_asks_for_anything(site: HomePage) -> None:
    school = a_school(province=Concept.objects.get(scheme="province", code="utrecht"))
    an_adviser("anna", provinces=["zeeland"])
    an_adviser("bas", provinces=["utrecht"])
    an_adviser("cora", provinces=["utrecht"], wsa=["gebouw-bedrijfsvoering"])
    before = plan_of(school).adviser
    need(school)
    after = plan_of(school).adviser
    assert before is not None
    assert after is not None
    assert (before.adviser.slug, after.adviser.slug) == ("bas", "cora")


def test_the_page_can_be_read_and_printed(client: Client, school: School) -> None:
    client.force_login(a_member(school, Role.TEACHER).user)
    page = client.get(reverse("schools:plan", args=[school.code]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Lessen over &lt;afval&gt;" in text
    assert "Afval wegen" in text
    assert page["Cache-Control"] == "private, no-store"


def test_an_empty_plan_says_where_to_begin(client: Client, site: HomePage) -> None:
    school = a_school()
    client.force_login(a_member(school, Role.TEACHER).user)
    text = client.get(reverse("schools:plan", args=[school.code])).content.decode()
    assert reverse("schools:scan", args=[school.code]) in text


@pytest.mark.parametrize("name", ["plan", "plan-pdf"])
def test_others_find_no_plan(client: Client, school: School, name: str) -> None:
    address = reverse(f"schools:{name}", args=[school.code])
    assert client.get(address).status_code == 302
    client.force_login(a_member(a_school("99ZZ09"), Role.DIRECTOR).user)
    assert client.get(address).status_code == 404


def test_without_pango_the_page_offers_printing(client: Client, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    client.force_login(a_member(school, Role.TEACHER).user)
    page = client.get(reverse("schools:plan", args=[school.code])).content.decode()
    assert reverse("schools:plan-pdf", args=[school.code]) not in page
    assert client.get(reverse("schools:plan-pdf", args=[school.code]))["Location"] == reverse("schools:plan", args=[school.code])
    with pytest.raises(pdf.PdfUnavailable):
        pdf.make_pdf("<p>x</p>")


def test_the_pdf_says_the_same(document: Any) -> None:
    text = " ".join(page.extract_text() for page in document.pages)
    for part in ("De Één & de Ander", "Lessen over <afval>", "Afval wegen"):
        assert part in text.replace("\n", " ")


def test_the_pdf_can_be_read_aloud(document: Any) -> None:
    root = document.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "De Één & de Ander" in document.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = list(_elements(root["/StructTreeRoot"]))
    names = [kind for kind, _ in kinds]
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Link"} <= set(names)
    assert [alternative for kind, alternative in kinds if kind == "/Figure"]
    assert all("Visie" in alternative for kind, alternative in kinds if kind == "/Figure")


def _elements(node: Any) -> Any:
    """(kind, alternative text) of everything in the structure of a PDF."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for part in node:
            yield from _elements(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node.get("/Alt", "")
        if "/K" in node:
            yield from _elements(node["/K"])


def test_a_pdf_fetches_nothing(document: Any, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    html = f'<html lang="nl"><title>x</title><p>Zichtbaar<a rel="attachment" href="file://{secret}">bijlage</a></p></html>'
    made = PdfReader(BytesIO(pdf.make_pdf(html)))
    assert "Zichtbaar" in made.pages[0].extract_text()
    assert not made.attachments


def test_paper_has_the_colours_of_the_site() -> None:
    light = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", light))
    short = {
        "pedagogiek-didactiek": "pedagogiek",
        "gebouw-bedrijfsvoering": "gebouw",
        "professionele-ontwikkeling": "professioneel",
    }
    assert {code: colours[short.get(code, code)] for code in COLOURS} == COLOURS


def test_a_pdf_leaves_uploads_as_strict_as_they_were() -> None:
    """The control is what importing WeasyPrint does by itself."""
    needs_pango()
    asked = (
        "import sys, django; django.setup()\n"
        "from PIL import ImageFile\n"
        "if sys.argv[1] == 'alone': import weasyprint\n"
        "else: from schools.plan import pdf; assert pdf.can_make_pdf(); import weasyprint\n"
        "print(ImageFile.LOAD_TRUNCATED_IMAGES)"
    )
    answers = {
        way: subprocess.run([sys.executable, "-c", asked, way], capture_output=True, text=True, check=True).stdout.strip()
        for way in ("alone", "plan")
    }
    assert answers == {"alone": "True", "plan": "False"}
