"""People of the demo, and everybody else who signs in: windows that keep a session."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from portal.content.loading.demo import DemoAccount, demo_accounts
from tests.e2e.browsing import Visit
from tests.e2e.pages import DESK

# What people who are not of the demo choose.
PASSWORD = "regenton-fiets-bibliotheek-42"


def window(browser: Browser, site: str, *, width: int = DESK, scripts: bool = True) -> Visit:
    """A window for somebody who signs in: it may keep cookies."""
    return Visit(browser, site, width=width, scripts=scripts, cookies=True)


@contextmanager
def at_the_desk(browser: Browser, site: str, role: str) -> Iterator[Page]:
    """Somebody of this group, or the "administrator", signed in, in a window that remembers nothing of others."""
    account = next(account for account in demo_accounts() if account.role == role)
    with window(browser, site) as page:
        sign_in(page, account.email, account.password)
        yield page


def of_the_demo(name: str) -> DemoAccount:
    """The account of the demo whose mail address begins with this name."""
    return next(account for account in demo_accounts() if account.email.startswith(f"{name}@"))


def sign_in_as(page: Page, name: str, onward: str) -> None:
    """Sign in as somebody of the demo and go on to an address of their own."""
    account = of_the_demo(name)
    sign_in(page, account.email, account.password, onward)


def sign_in(page: Page, email: str, password: str, onward: str = "/admin/") -> None:
    """Ask for an address, and come there by way of the sign-in."""
    page.goto(onward)
    fill_in_sign_in(page, email, password)
    expect(page).to_have_url(re.compile(rf"^[^?]*{re.escape(onward)}$"))


def fill_in_sign_in(page: Page, email: str, password: str) -> None:
    """The form of the sign-in, sent by the keyboard."""
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


def make_account(page: Page, email: str, first_name: str = "Nina", last_name: str = "Nieuw") -> None:
    """Sign up and confirm by the mail; who does so in one window is signed in at once."""
    page.goto("/account/nieuw/")
    fill_in_sign_up(page, email, first_name, last_name)
    page.goto(link_in(mail_to(page, email), "/account/bevestigen/"))
    page.locator("main form button").last.press("Enter")
    expect(page).to_have_url(re.compile("/account/$"))


def fill_in_sign_up(page: Page, email: str, first_name: str, last_name: str) -> None:
    """The form of a new account, by the keyboard, from the first field on."""
    page.locator("main input[name=first_name]").focus()
    page.keyboard.type(first_name)
    for value in (last_name, email, PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/nieuw/mail/")


def mail_to(page: Page, email: str) -> str:
    """The text of the newest mail to this address, from the mailbox of the laptop."""
    page.goto("/dev/mail/")
    page.locator(".mails li", has_text=email).first.get_by_role("link").click()
    return page.locator(".mail-text").inner_text()


def link_in(mail: str, start: str) -> str:
    """The path in a mail that begins like this."""
    found = re.search(rf"{re.escape(start)}\S+", mail)
    assert found, mail
    return found[0]


def act(desk: Page, name: str) -> None:
    """Choose from the actions at the foot of the editor."""
    foot = desk.locator("footer")
    foot.get_by_role("button", name="Meer acties").click()
    foot.get_by_role("button", name=name).or_(foot.get_by_role("link", name=name)).click()
    desk.wait_for_load_state()
