"""An account from beginning to end: made, its password forgotten, its data taken along, and gone; with scripts and without."""

import json
import re
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.barriers import everywhere
from tests.e2e.pages import PHONE
from tests.e2e.people import PASSWORD, fill_in_sign_in, link_in, mail_to, make_account, window
from tests.e2e.rooms import look

OTHER_PASSWORD = "schelpen-zand-en-een-vlieger-7"


def test_mistakes_are_shown_to_everybody(browser: Browser, site: str) -> None:
    with window(browser, site) as page:
        page.goto("/account/nieuw/")
        for name, value in (("first_name", "A"), ("last_name", "B"), ("email", "a@school.example"), ("password1", "kort")):
            page.locator(f"input[name={name}]").fill(value)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert everywhere(page) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_account_from_beginning_to_end(browser: Browser, site: str, scripts: bool) -> None:
    email = f"noa.{'met' if scripts else 'zonder'}@demo.example"
    with window(browser, site, width=PHONE, scripts=scripts) as page:
        make_account(page, email)
        with page.expect_navigation():
            page.get_by_role("button", name="Afmelden").press("Enter")
        _choose_another_password(page, email, scripts)
        page.goto("/account/aanmelden/")
        fill_in_sign_in(page, email, OTHER_PASSWORD)
        expect(page).to_have_url(re.compile("/account/$"))
        _take_data_along(page, email)
        _leave(page, email)


def _choose_another_password(page: Page, email: str, scripts: bool) -> None:
    page.goto("/account/wachtwoord-vergeten/")
    page.locator("input[name=email]").fill(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/wachtwoord-vergeten/mail/")
    page.goto(link_in(mail_to(page, email), "/account/wachtwoord-vergeten/"))
    if scripts:
        assert look(page, "account_reset_password_from_key") == []
    page.locator("input[name=password1]").fill(OTHER_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/wachtwoord-vergeten/klaar/")
    if scripts:
        assert look(page, "account_reset_password_from_key_done") == []


def _take_data_along(page: Page, email: str) -> None:
    """The file comes after the password, without a second press of the button."""
    page.get_by_role("link", name="Download mijn gegevens").press("Enter")
    page.get_by_role("button", name="Download mijn gegevens").press("Enter")
    page.wait_for_url("**/account/opnieuw/**")
    page.locator("input[name=password]").fill(OTHER_PASSWORD)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    with ZipFile(waiting.value.path()) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any(email in text for text in texts.values())
    assert all(json.loads(text) is not None for name, text in texts.items() if name.endswith(".json"))


def _leave(page: Page, email: str) -> None:
    page.goto("/account/verwijderen/")
    page.get_by_role("button", name="Ja, verwijder mijn account").press("Enter")
    page.wait_for_url("**/account/verwijderd/")
    page.goto("/account/aanmelden/")
    fill_in_sign_in(page, email, PASSWORD)
    expect(page.get_by_role("alert")).to_be_visible()
