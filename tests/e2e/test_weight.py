"""What a page weighs on its way to a visitor: HTML, styles and scripts of every type; a lesson with its picture on a phone."""

from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from tests.e2e.barriers import PAGE_BYTES
from tests.e2e.browsing import Visit
from tests.e2e.pages import LESSON, PAGE_TYPES, PageType

Visiting = Callable[..., Visit]

SCRIPT_BYTES, LESSON_BYTES = 10_000, 80_000


def weigh(page: Page, path: str) -> Counter[str]:
    """Kind of resource → bytes on the line when this address is opened and nothing is scrolled."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(path, wait_until="networkidle")
    weights: Counter[str] = Counter()
    for response in responses:
        weights[response.request.resource_type] += on_the_line(response.url)
    return weights


def on_the_line(url: str) -> int:
    """Bytes of the answer's body for a browser that knows gzip and nothing newer."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request(
            "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers={"Accept-Encoding": "gzip"}
        )
        return len(connection.getresponse().read())
    finally:
        connection.close()


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_a_page_is_light(visit: Visiting, kind: PageType) -> None:
    with visit() as page:
        weights = weigh(page, kind.path)
    assert weights["stylesheet"] > 0
    assert weights["document"] + weights["stylesheet"] + weights["script"] <= PAGE_BYTES, weights
    assert weights["script"] <= SCRIPT_BYTES


def test_a_lesson_with_its_picture_is_light_on_a_phone(visit: Visiting) -> None:
    with visit(width=360, density=2.6) as page:
        weights = weigh(page, LESSON)
        assert page.locator(".head-picture img").evaluate("image => image.complete && image.currentSrc").endswith(".avif")
    assert weights["image"] > 0
    assert weights.total() <= LESSON_BYTES, weights
