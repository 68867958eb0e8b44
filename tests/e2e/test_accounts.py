"""Accounts in a real browser: axe finds nothing on their pages, and they are light."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.content.loading.demo import demo_accounts
from tests.e2e.barriers import barriers
from tests.e2e.pages import DESK, PHONE, SCHEMES
from tests.e2e.test_weight import PAGE_BYTES, weigh

SIGN_IN = "/account/aanmelden/"
ENTRANCE = (
    SIGN_IN,
    "/account/nieuw/",
    "/account/wachtwoord-vergeten/",
    "/account/wachtwoord-vergeten/mail/",
    "/account/nieuw/mail/",
)
OWN = ("", "naam/", "e-mail/", "wachtwoord/", "sessies/", "gegevens/", "tweede-stap/", "opnieuw/")


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Page]:
    """A window of its own, that may keep cookies."""
    context = browser.new_context(base_url=site, viewport={"width": DESK, "height": 740}, locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    yield context.new_page()
    context.close()
    assert complaints == []


def sign_in(page: Page) -> None:
    """As the demo's editor, with the password."""
    account = next(account for account in demo_accounts() if account.email.startswith("editor@"))
    page.goto(SIGN_IN)
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[name=password]").fill(account.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/account/$"), timeout=20_000)


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


@pytest.mark.parametrize("path", ENTRANCE)
def test_the_entrance_keeps_nobody_out_and_is_light(window: Page, path: str) -> None:
    weights = weigh(window, path)
    assert weights["document"] + weights["stylesheet"] + weights["script"] <= PAGE_BYTES
    assert everywhere(window) == []


def test_mistakes_are_shown_to_everybody(window: Page) -> None:
    window.goto("/account/nieuw/")
    for name, value in (("first_name", "A"), ("last_name", "B"), ("email", "a@school.example"), ("password1", "kort")):
        window.locator(f"input[name={name}]").fill(value)
    window.keyboard.press("Enter")
    expect(window.get_by_role("alert")).to_be_visible()
    assert everywhere(window) == []


def test_the_pages_of_an_account_keep_nobody_out(window: Page) -> None:
    sign_in(window)
    for path in OWN:
        window.goto(f"/account/{path}")
        assert window.url.endswith(f"/account/{path}")
        assert everywhere(window) == [], path
