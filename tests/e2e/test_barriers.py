"""axe finds nothing on any page type: light and dark, on a phone and on a desk, with what opens opened."""

from collections.abc import Callable

import pytest

from tests.e2e.barriers import barriers, everywhere
from tests.e2e.browsing import Visit
from tests.e2e.pages import DESK, LESSON, PAGE_TYPES, PHONE, PageType

Visiting = Callable[..., Visit]


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_a_page_keeps_nobody_out(visit: Visiting, kind: PageType) -> None:
    with visit() as page:
        response = page.goto(kind.path)
        assert response is not None
        assert response.status == kind.status
        assert everywhere(page) == []


def test_what_is_opened_on_a_phone_keeps_nobody_out(visit: Visiting) -> None:
    with visit(width=PHONE) as page:
        page.goto("/zoeken/?q=afval")
        page.get_by_role("button", name="Filters", exact=True).click()
        for details in page.locator("#filters > details > summary").all():
            details.click()
        assert everywhere(page, (PHONE,)) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Menu", exact=True).click()
        assert everywhere(page, (PHONE,)) == []


def test_suggestions_and_folded_parts_keep_nobody_out(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/")
        page.get_by_role("combobox").press_sequentially("afval")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert everywhere(page, (DESK,)) == []
        page.goto(LESSON)
        for summary in page.locator("main summary").all():
            summary.click()
        assert everywhere(page) == []


def test_the_forms_below_a_page_keep_nobody_out(visit: Visiting) -> None:
    with visit() as page:
        page.goto(LESSON)
        page.get_by_text("Klopt er iets niet", exact=False).first.click()
        page.get_by_label("Wat klopt er niet?").fill("   ")
        page.get_by_role("button", name="Meld het").click()
        page.get_by_text("Er is nog niets verstuurd").wait_for()
        assert everywhere(page) == []
        page.goto(LESSON)
        page.get_by_role("button", name="Ik heb dit gebruikt").click()
        page.wait_for_url("**/dank/")
        assert everywhere(page) == []


def test_control_axe_sees_what_is_wrong(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/")
        page.evaluate(
            """() => {
                document.querySelector("main").insertAdjacentHTML("beforeend",
                    `<img src="/static/img/favicon.svg"><p id="pale">bleek</p><a href="/">x</a><a href="/">y</a><h5>diep</h5>`);
                document.getElementById("pale").style.cssText = "color: #bbb; background: #fff";
            }"""
        )
        rules = {barrier.split(":")[0] for barrier in barriers(page)}
        assert rules >= {"image-alt", "color-contrast", "target-size", "heading-order"}
