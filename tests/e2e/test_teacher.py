"""A new teacher finds a lesson and prints it: three steps from the home page, on whatever there is to look with."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.browsing import Visit
from tests.e2e.pages import DESK, LESSON, PHONE, SCHEMES, Scheme

Visiting = Callable[..., Visit]

TITLE = "Wat zit er in onze prullenbak?"
STEPS = ("Eerst raden", "Sorteren en wegen", "Rekenen: van één dag naar één jaar", "Wat kan minder?", "Afspraak maken")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_home_page_to_a_printed_lesson_in_three_steps(
    visit: Visiting, scripts: bool, width: int, scheme: Scheme
) -> None:
    with visit(width=width, scheme=scheme, scripts=scripts) as page:
        page.add_init_script("window.print = () => document.body.setAttribute('data-printed', '')")
        page.goto("/")

        # One: say what you look for.
        page.get_by_label("Waar wil je aan werken?").and_(page.locator("input")).fill("afval groep 6")
        page.keyboard.press("Enter")
        expect(page.locator(".hit").first).to_contain_text(TITLE)

        # Two: choose the lesson; the first screen says what it asks and brings.
        page.get_by_role("link", name=TITLE).click()
        expect(page).to_have_url(f"{page.url.split('/lessen/')[0]}{LESSON}")
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        for fact in ("Groep 5, Groep 6", "60 minuten", "In de klas", "Lesdoel"):
            expect(page.locator("article").get_by_text(fact, exact=True)).to_be_visible()

        # Three: print. Without scripts the browser's own menu does it.
        button = page.get_by_role("button", name="Print deze les")
        if scripts:
            button.click()
            expect(page.locator("body")).to_have_attribute("data-printed", "")
        else:
            expect(button).to_be_hidden()
        assert_is_a_work_sheet(page)


def printed(page: Page) -> str:
    """The words on the sheets that the browser would print."""
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages).split())


def assert_is_a_work_sheet(page: Page) -> None:
    """On paper there is the lesson, all of it, and nothing to click through the site with."""
    text = printed(page)
    for expected in (TITLE, *STEPS, "keukenweegschaal", "localhost", "Creative Commons"):
        assert expected in text
    for unexpected in (
        "Menu",
        "Praktische hulp",
        "Hoort hierbij",
        "Lessen die hierop lijken",
        "Gebruikt?",
        "088-000",
        "Print deze les",
    ):
        assert unexpected not in text
    page.emulate_media(media="print")
    for part in (".site-head", ".site-foot", ".side-column", ".crumbs", ".skip"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/hulp/dumava/", ("In één oogopslag", "Bedrag", "Wie je belt")),
        ("/organisaties/natuurhuis-de-zwaluw/", ("Kosten", "088-000 45 10", "natuurhuisdezwaluw")),
        ("/voorbeelden/van-elf-zakken-naar-vier/", ("Vraag het de school",)),
    ],
)
def test_on_paper_stands_what_it_costs_and_whom_to_call(visit: Visiting, address: str, expected: tuple[str, ...]) -> None:
    with visit() as page:
        page.goto(address)
        text = printed(page)
        for words in expected:
            assert words in text
        assert "Hoort hierbij" not in text


def test_the_lesson_s_work_sheet_is_a_download(visit: Visiting) -> None:
    with visit() as page:
        page.goto(LESSON)
        with page.expect_download() as download:
            page.get_by_role("link", name="Werkblad afval wegen").click()
        assert download.value.suggested_filename.endswith(".pdf")
        assert len(PdfReader(download.value.path()).pages) >= 1


def test_the_flower_leads_to_a_domain_and_on_to_its_lessons(visit: Visiting) -> None:
    with visit(scripts=False) as page:
        page.goto("/")
        page.get_by_role("navigation", name="Whole School Approach").get_by_role("link", name="Omgeving").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Omgeving")
        page.get_by_role("link", name="Meer: lessen").click()
        assert "wsa=omgeving" in page.url
        assert "kind=les" in page.url
        expect(page.locator(".hit").first).to_be_visible()
