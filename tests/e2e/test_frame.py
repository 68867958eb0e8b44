"""What every page owes every visitor: it fits the screen, works from the keyboard, keeps to itself.

That no page asks another site for anything, sets a cookie, breaks a script or the Content-Security-Policy is watched by each
visit of these journeys; here stands that such a visit would notice.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import Visit
from tests.e2e.keyboard import reach
from tests.e2e.pages import DESK, LESSON, PAGE_TYPES, PHONE, PageType

Visiting = Callable[..., Visit]

every_page = pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
# What 1280 × 1024 becomes at 400 %.
ENLARGED = {"width": 320, "height": 256}

# Elements that reach outside the window; what is hidden from sight on purpose does not count.
OUTSIDE = """() => [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)
        && !element.closest(".visually-hidden, .skip, .symbols, svg");
}).map(element => element.outerHTML.slice(0, 120))"""

# Where the focus is, and whether one sees it: on the element itself, or on the card that it makes a link of.
FOCUS = """() => {
    const element = document.activeElement;
    const shown = node => {
        const style = getComputedStyle(node);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !style.outlineColor.endsWith(", 0)");
    };
    const box = element.getBoundingClientRect();
    return {
        what: element.outerHTML.slice(0, 120),
        seen: shown(element) || [...document.querySelectorAll(".card:has(:focus-visible)")].some(shown),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def too_wide(page: Page) -> list[str]:
    """What makes one scroll sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    outside: list[str] = page.evaluate(OUTSIDE)
    return outside + ([f"{width} px too wide"] if width > 0 else [])


@every_page
def test_a_page_fits_a_phone_and_four_times_enlarged(visit: Visiting, kind: PageType) -> None:
    with visit(width=PHONE) as page:
        page.goto(kind.path)
        for size in ({"width": PHONE, "height": 740}, ENLARGED):
            page.set_viewport_size(size)
            assert too_wide(page) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", ["/", LESSON, "/zoeken/?q=afval&subject=milieu"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visiting, path: str, width: int) -> None:
    with visit(width=width) as page:
        page.goto(path)
        reached = []
        while True:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            focus = page.evaluate(FOCUS)
            assert focus["seen"], focus["what"]
            assert focus["inside"], focus["what"]
            reached.append(focus["what"])
            assert len(reached) < 300
        assert 'class="skip"' in reached[0]
        to_reach = page.locator(":is(a[href], button, input, select, textarea, summary):visible:not([tabindex='-1'])")
        assert len(reached) == to_reach.count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_first_link_skips_to_the_content(visit: Visiting, scripts: bool) -> None:
    with visit(scripts=scripts) as page:
        page.goto(LESSON)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Naar de inhoud")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("main a").first).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_menu_on_a_phone_opens_and_closes_from_the_keyboard(visit: Visiting, scripts: bool) -> None:
    with visit(width=PHONE, scripts=scripts) as page:
        page.goto(LESSON)
        menu = page.get_by_role("navigation", name="Hoofdmenu")
        expect(menu).to_be_hidden()
        button = page.get_by_role("button", name="Menu", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Sluit menu")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Whole school approach")


def test_the_finder_is_used_from_the_keyboard_alone(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/")
        page.get_by_role("combobox").focus()
        page.keyboard.type("afval")
        page.keyboard.press("Enter")
        first = page.get_by_role("checkbox").first
        first.focus()
        page.keyboard.press("Space")
        expect(page.locator(".chip:not(.all)")).to_have_count(1)
        expect(page.get_by_role("checkbox").first).to_be_checked()
        expect(page.get_by_role("checkbox").first).to_be_focused()
        page.locator(".chip").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_have_count(0)
        # What was pressed is gone: one goes on from what was found.
        found = page.locator(".toolbar h2")
        expect(found).to_be_focused()
        reach(page, page.get_by_role("link", name="Volgende"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Pagina 2 van")
        expect(found).to_be_focused()


FAULTS = {
    "Content Security Policy": "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
    "another site": "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://elders.example/x.png\">')",
    "404": "document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/img/weg.png\">')",
    "nergens": "setTimeout(() => nergens(), 0)",
    "cookie: volg": "document.cookie = 'volg=1'",
}


@pytest.mark.parametrize(
    ("complaint", "cookies"), [*((name, False) for name in FAULTS), *((name, True) for name in FAULTS if "cookie" not in name)]
)
def test_control_a_visit_notices_what_does_not_belong(visit: Visiting, complaint: str, cookies: bool) -> None:
    def look() -> None:
        window = visit(cookies=cookies)
        with window as page:
            page.goto("/")
            page.evaluate(f"() => {{ {FAULTS[complaint]} }}")
            for _ in range(100):
                if window.complaints or window.context.cookies():
                    break
                page.wait_for_timeout(100)

    with pytest.raises(pytest.fail.Exception, match=complaint):
        look()


def test_control_what_is_too_wide_is_seen(visit: Visiting) -> None:
    with visit(width=PHONE) as page:
        page.goto("/")
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(80) + '</pre>')")
        assert too_wide(page) != []
        page.evaluate("document.querySelector('pre').remove()")
        assert too_wide(page) == []
