"""What is in the way of somebody: barriers to people with a disability, pages wider than a phone, pages that are heavy."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.pages import DESK, PHONE, SCHEMES

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The rule about the size of what one taps is off unless asked for.
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "rules": {"target-size": {"enabled": True}},
}
# HTML, styles and scripts of a page, compressed.
PAGE_BYTES = 35_000
# What the browser counted of the page that it shows, on the line or in its cache.
WEIGHT = """() => [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource").filter(one => /[.](css|js)$/.test(new URL(one.name).pathname)),
].map(one => [new URL(one.name).pathname, one.encodedBodySize])"""


def barriers(page: Page) -> list[str]:
    """One line for each element in the way of somebody; empty when axe finds nothing."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def everywhere(page: Page, widths: tuple[int, ...] = (PHONE, DESK)) -> list[str]:
    """What axe finds at each width, light and dark, and where the page is wider than the window."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: wider than the window")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {barrier}" for barrier in barriers(page)]
    return found


def too_heavy(page: Page) -> list[str]:
    """What the page that is open weighs, when that is more than PAGE_BYTES. Works where a second request would find another
    page: after a form, behind a link that works once."""
    weights = page.evaluate(WEIGHT)
    assert any(path.endswith(".css") and size for path, size in weights), weights
    return [f"heavy: {weights}"] if sum(size for _path, size in weights) > PAGE_BYTES else []
