"""People of the demo who sign in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from portal.content.loading.demo import demo_accounts


@contextmanager
def at_the_desk(browser: Browser, site: str, group: str) -> Iterator[Page]:
    """Somebody of this group, signed in, in a window that remembers nothing of others."""
    account = next(account for account in demo_accounts() if account.group == group)
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, locale="nl-NL", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, account.email, account.password)
    yield page
    context.close()


def sign_in(page: Page, email: str, password: str) -> None:
    """Go to the desk, by way of the sign-in."""
    page.goto("/admin/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^[^?]*/admin/$"))


def act(desk: Page, name: str) -> None:
    """Choose from the actions at the foot of the editor."""
    foot = desk.locator("footer")
    foot.get_by_role("button", name="Meer acties").click()
    foot.get_by_role("button", name=name).or_(foot.get_by_role("link", name=name)).click()
    desk.wait_for_load_state()
