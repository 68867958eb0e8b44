"""Pages of who belongs to a school or a board: axe finds nothing, none is wider than a phone, a need is written by keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.content.loading.demo import demo_accounts
from tests.e2e.barriers import barriers
from tests.e2e.pages import DESK, PHONE, SCHEMES


@contextmanager
def signed_in(browser: Browser, site: str, name: str) -> Iterator[Page]:
    """Somebody of the demo at a school or board, by the first part of the address, in a window of their own."""
    account = next(account for account in demo_accounts() if account.email.startswith(f"{name}@"))
    context = browser.new_context(base_url=site, viewport={"width": DESK, "height": 740}, locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/account/aanmelden/?next=/mijn-school/")
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[name=password]").fill(account.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/mijn-school/")
    yield page
    context.close()


def everywhere(page: Page) -> list[str]:
    """What axe finds, and what is wider than the window, on a phone and on a desk, light and dark."""
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: wider than the window")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {barrier}" for barrier in barriers(page)]
    return found


@pytest.fixture
def school(browser: Browser, site: str) -> Iterator[Page]:
    """The coordinator of the demo, on the page of the school."""
    with signed_in(browser, site, "coordinator") as page:
        page.locator("main h2 a").first.click()
        page.wait_for_load_state()
        yield page


@pytest.mark.parametrize(
    "path", ["", "mensen/", "profiel/", "behoeften/", "behoeften/1/", "behoeften/1/wijzigen/", "behoeften/nieuw/"]
)
def test_pages_of_a_school_keep_nobody_out(school: Page, path: str) -> None:
    response = school.goto(f"{school.url}{path}")
    assert response
    assert response.status == 200
    assert everywhere(school) == []


def test_pages_of_a_board_keep_nobody_out(browser: Browser, site: str) -> None:
    with signed_in(browser, site, "bestuur") as page:
        page.locator("main h2 a").first.click()
        page.wait_for_url("**/mijn-bestuur/**")
        assert everywhere(page) == []


def test_who_has_no_school_yet_finds_the_way(browser: Browser, site: str) -> None:
    with signed_in(browser, site, "adviespunt") as page:
        assert everywhere(page) == []
        page.goto("/scholen/")
        page.locator("main a[href^='/scholen/'][href$='00/']").first.click()
        page.get_by_role("link", name="Ik werk hier").click()
        assert everywhere(page) == []


def test_a_need_by_keyboard_on_a_phone(school: Page) -> None:
    school.set_viewport_size({"width": PHONE, "height": 740})
    school.goto(f"{school.url}behoeften/nieuw/")
    school.locator("#id_what").focus()
    school.keyboard.type("Hulp bij de regenton")
    school.keyboard.press("Tab")
    school.keyboard.press("Space")
    school.keyboard.press("Enter")
    school.wait_for_url("**/behoeften/*/")
    expect(school.get_by_role("heading", level=1)).to_have_text("Hulp bij de regenton")
    assert everywhere(school) == []


def test_what_is_missing_is_said_and_led_to(school: Page) -> None:
    school.goto(f"{school.url}behoeften/nieuw/")
    school.evaluate("document.querySelector('main form').noValidate = true")
    school.locator("main form button").last.click()
    alert = school.get_by_role("alert")
    expect(alert).to_be_visible()
    assert everywhere(school) == []
    alert.get_by_role("link").first.click()
    assert school.url.endswith("#id_what")
