"""Members of a school in a browser: a colleague is invited and let go, a need is written, and what is missing is said."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.barriers import everywhere
from tests.e2e.pages import PHONE
from tests.e2e.people import link_in, mail_to, make_account, sign_in_as, window
from tests.e2e.rooms import SCHOOL, look

INVITED = "iris.uitgenodigd@demo.example"


@pytest.fixture
def school(browser: Browser, site: str) -> Iterator[Page]:
    """The coordinator of the demo, on the page of the school, on a phone."""
    with window(browser, site, width=PHONE) as page:
        sign_in_as(page, "coordinator", SCHOOL)
        yield page


def test_the_way_to_my_school_stands_at_the_top_of_every_page(school: Page) -> None:
    for path in ("/", "/lessen/", "/account/"):
        school.goto(path)
        school.locator(".site-head").get_by_role("link", name="Mijn school").press("Enter")
        school.wait_for_url(f"**{SCHOOL}")


def test_the_menu_stays_beside_the_name_of_the_site(school: Page) -> None:
    for width in (PHONE, 400, 640, 760, 900):
        school.set_viewport_size({"width": width, "height": 740})
        brand, menu = (school.locator(part).bounding_box() for part in (".brand", ".menu-button"))
        assert brand
        assert menu
        assert menu["y"] < brand["y"] + brand["height"], width


def test_who_has_no_school_yet_finds_the_way(browser: Browser, site: str) -> None:
    with window(browser, site) as page:
        sign_in_as(page, "adviespunt", "/mijn-school/")
        page.get_by_role("link", name="Zoek mijn school").click()
        page.locator("main a[href^='/scholen/'][href$='00/']").first.click()
        page.get_by_role("link", name="Ik werk hier").click()
        assert look(page, "schools:ask") == []


def test_a_colleague_is_invited_comes_in_and_is_let_go(browser: Browser, site: str, school: Page) -> None:
    school.goto(f"{SCHOOL}mensen/")
    school.get_by_label("E-mailadres van je collega").fill(INVITED)
    school.get_by_role("button", name="Mail de uitnodiging").press("Enter")
    expect(school.get_by_role("status")).to_be_visible()
    link = link_in(mail_to(school, INVITED), "/mijn-school/uitnodiging/")
    with window(browser, site, width=PHONE) as colleague:
        make_account(colleague, INVITED, "Iris", "Uitgenodigd")
        colleague.goto(link)
        assert look(colleague, "schools:invitation") == []
        colleague.get_by_role("button", name="Ja, ik werk hier").press("Enter")
        colleague.wait_for_url(f"**{SCHOOL}")
        _let_go(school)
        assert (response := colleague.goto(SCHOOL))
        assert response.status == 404


def _let_go(school: Page) -> None:
    """Ending is asked once more; going back changes nothing."""
    school.goto(f"{SCHOOL}mensen/")
    end = school.get_by_role("link", name="Beëindigen · Iris Uitgenodigd")
    end.press("Enter")
    school.get_by_role("link", name="Nee, ga terug").press("Enter")
    end.press("Enter")
    expect(school.get_by_role("heading", level=1)).to_contain_text("Iris Uitgenodigd")
    school.get_by_role("button", name="Ja, beëindig het lidmaatschap").press("Enter")
    school.wait_for_url(f"**{SCHOOL}mensen/")
    expect(school.get_by_text("Iris Uitgenodigd")).to_have_count(1)  # in the message that it was done


def test_a_need_and_what_became_of_it_without_scripts(browser: Browser, site: str) -> None:
    with window(browser, site, width=PHONE, scripts=False) as page:
        sign_in_as(page, "coordinator", f"{SCHOOL}behoeften/nieuw/")
        page.locator("#id_what").focus()
        page.keyboard.type("Hulp bij de regenton")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Hulp bij de regenton")
        # No topic was chosen; the words name one.
        expect(page.locator(".why", has_text="regenwater").first).to_be_visible()
        page.get_by_role("button", name=re.compile(r"^Gedaan\s*: ")).first.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("gedaan")
        page.get_by_label("Een woord erbij").fill("De conciërge heeft er een gemaakt.")
        page.get_by_role("button", name="Het is gelukt").press("Enter")
        expect(page.locator(".history")).to_contain_text("De conciërge heeft er een gemaakt.")
        page.goto(f"{SCHOOL}scan/visie/")
        page.get_by_label("Weet ik niet").first.check()
        page.get_by_role("button", name="Opslaan en nu stoppen").press("Enter")
        page.get_by_role("link", name="Ga verder met de scan").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_missing_is_said_and_led_to(school: Page) -> None:
    school.goto(f"{SCHOOL}behoeften/nieuw/")
    school.evaluate("document.querySelector('main form').noValidate = true")
    school.locator("main form button").last.click()
    alert = school.get_by_role("alert")
    expect(alert).to_be_visible()
    assert everywhere(school) == []
    alert.get_by_role("link").first.click()
    assert school.url.endswith("#id_what")
