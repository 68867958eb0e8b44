"""A visitor who has a keyboard and nothing else: walks with Tab, presses Enter, types."""

import re

import pytest
from playwright.sync_api import Locator, Page

# More stops than any page of ours has before what somebody looks for.
PATIENCE = 150


def reach(page: Page, target: Locator) -> None:
    """Walk with Tab until this has the focus; fails when no walk leads there."""
    target.wait_for()
    for _ in range(PATIENCE):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no walk with Tab leads to {target}")


def press(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    """Walk to the first link or button of this name, press it, and come to another page."""
    part = page.locator(within)
    named = part.get_by_role("link", name=name).or_(part.get_by_role("button", name=name)).first
    reach(page, named)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Walk to a field and type."""
    reach(page, page.locator("main").get_by_label(label))
    page.keyboard.type(text)


def choose(page: Page, group: Locator, number: int) -> None:
    """Choose from radio buttons of which none is chosen yet: the first by Space, others by the arrow keys."""
    reach(page, group.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(number):
        page.keyboard.press("ArrowDown")


def send(page: Page) -> None:
    """Send the form that one is typing in, and come to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
