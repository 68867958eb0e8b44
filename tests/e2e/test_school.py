"""A new coordinator: an account, a school, the scan, two needs, what helps and why, a plan; on a phone, by keyboard alone."""

import re
import time
from io import BytesIO

from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from schools.plan.pdf import can_make_pdf
from tests.e2e.keyboard import choose, press, reach, send, write
from tests.e2e.pages import PHONE
from tests.e2e.people import fill_in_sign_up, link_in, mail_to, sign_in_as, window
from tests.e2e.rooms import look

# A school of the board of the demo, where nobody is yet.
CODE = "99SQ00"
EMAIL = "nina.nieuw@demo.example"
WASTE = "Minder afval op het plein en in de klas"
PATIENCE_SECONDS = 600


def test_a_new_coordinator_has_a_plan_in_ten_minutes(browser: Browser, site: str) -> None:
    begin = time.monotonic()
    with window(browser, site, width=PHONE) as page:
        school = _find_the_school(page)
        _make_an_account(page)
        _ask_to_belong(page, school)
        _is_let_in(browser, site)
        page.goto(link_in(mail_to(page, EMAIL), "/mijn-school/"))
        home = page.url.removeprefix(site)
        _fill_the_scan(page)
        proposed = _take_over_a_need(page)
        page.goto(home)
        _write_down_a_need(page)
        title = _see_what_helps_and_use_it(page)
        _find_it_back(page, school, title)
        _take_the_plan(page, proposed)
    assert time.monotonic() - begin < PATIENCE_SECONDS


def _look(page: Page, name: str) -> None:
    assert look(page, name) == []
    page.set_viewport_size({"width": PHONE, "height": 740})


def _find_the_school(page: Page) -> str:
    """Returns its name."""
    page.goto("/scholen/")
    write(page, "Naam, plaats, bestuur of BRIN", CODE)
    send(page)
    name = page.locator(".school-rows").get_by_role("heading").inner_text()
    press(page, name)
    press(page, "Ik werk hier")
    press(page, "Maak een account")
    return name


def _make_an_account(page: Page) -> None:
    fill_in_sign_up(page, EMAIL, "Nina", "Nieuw")
    page.goto(link_in(mail_to(page, EMAIL), "/account/bevestigen/"))
    _look(page, "account_confirm_email")
    press(page, "Ja, dit is mijn adres")


def _ask_to_belong(page: Page, school: str) -> None:
    """Who was on the way to the school is there at once."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Ik werk hier")
    reach(page, page.get_by_label("Leraar"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Coördinator")).to_be_checked()
    write(page, "Waaraan kennen ze je?", "Ik trek de werkgroep duurzaamheid.")
    send(page)
    expect(page.get_by_role("status")).to_contain_text(school)


def _is_let_in(browser: Browser, site: str) -> None:
    """Where there is no coordinator yet, the board decides."""
    with window(browser, site, width=PHONE) as board:
        sign_in_as(board, "bestuur", "/mijn-school/")
        press(board, "Toelaten · Nina Nieuw")
        expect(board.get_by_role("status")).to_contain_text("Nina Nieuw")


def _fill_the_scan(page: Page) -> None:
    press(page, "Vul de quickscan in")
    press(page, "Begin met de scan")
    for _ in range(6):
        for group in page.locator("fieldset.statement").all():
            choose(page, group, 1)
        expect(page.locator("fieldset.statement").last.get_by_role("radio").nth(1)).to_be_checked()
        send(page)
    expect(page.locator(".school-flower")).to_be_visible()
    expect(page.locator(".flower-levels li")).to_have_count(6)


def _take_over_a_need(page: Page) -> str:
    """What the scan proposes is on the list after two presses."""
    first = page.locator(".proposals a").first
    what = first.inner_text()
    press(page, what)
    expect(page.get_by_label("Wat hebben jullie nodig?")).to_have_value(what)
    press(page, "Opslaan")
    expect(page.get_by_role("heading", level=1)).to_have_text(what)
    return what


def _write_down_a_need(page: Page) -> None:
    press(page, "Schrijf een behoefte op")
    write(page, "Wat hebben jullie nodig?", WASTE)
    choose(page, page.get_by_role("group", name="Welk deel van de school?"), 3)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(WASTE)
    _look(page, "schools:need")


def _see_what_helps_and_use_it(page: Page) -> str:
    """Every page that helps says why; a lesson is opened and marked there. Returns its title."""
    helps = page.locator(".matches > li")
    expect(helps.nth(2)).to_be_visible()
    for match in helps.all():
        expect(match.locator(".why")).to_have_text(re.compile(r"\w.*[.]\s*$", re.DOTALL))
    lesson = helps.filter(has=page.locator(".kicker", has_text=re.compile("^Les"))).first
    expect(lesson.locator(".why")).to_contain_text("afval")
    title = lesson.get_by_role("heading").inner_text()
    press(page, title)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    used = re.compile(r"^Gebruikt\s*: ")
    press(page, used)
    expect(page.get_by_role("button", name=used)).to_have_attribute("aria-pressed", "true")
    return title


def _find_it_back(page: Page, school: str, title: str) -> None:
    """From any page one press leads to one's school."""
    press(page, "Mijn school", within=".site-head")
    expect(page.get_by_role("heading", level=1)).to_have_text(school)
    press(page, "Wat we deden")
    expect(page.get_by_role("link", name=title)).to_be_visible()


def _take_the_plan(page: Page, proposed: str) -> None:
    press(page, "Mijn school", within=".site-head")
    press(page, "Bekijk het plan")
    for what in (proposed, WASTE):
        expect(page.get_by_role("heading", name=what)).to_be_visible()
    if not can_make_pdf():
        return
    reach(page, page.get_by_role("link", name="Download het plan"))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    pages = PdfReader(BytesIO(waiting.value.path().read_bytes())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    assert WASTE in text
    assert proposed in text
