"""Every page of schools and of accounts, in a browser: nobody is kept out, none is wider than a phone, all are light."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.access import routes
from tests.e2e.people import of_the_demo, sign_in_as, window
from tests.e2e.rooms import ACCOUNT, NO_PAGE, ON_THE_WAY, ROOMS, Room, look

PROVE = f"{ACCOUNT}opnieuw/"


@pytest.fixture(scope="module")
def seat(browser: Browser, site: str) -> Iterator[Callable[[str], Page]]:
    """The window of somebody of the demo ("" of a visitor), who signs in once for all pages."""
    seats: dict[str, Page] = {}
    with ExitStack() as windows:

        def take(who: str) -> Page:
            if who not in seats:
                seats[who] = windows.enter_context(window(browser, site))
                if who:
                    sign_in_as(seats[who], who, ACCOUNT)
            return seats[who]

        yield take


def enter(page: Page, room: Room) -> None:
    """Open a page, prove who one is where it asks for that, and go through the link."""
    response = page.goto(room.path)
    assert response
    assert response.status == room.status
    if PROVE in page.url and room.path != PROVE:
        page.locator("input[name=password]").fill(of_the_demo(room.who).password)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{room.path}")
    if room.by:
        page.get_by_role("link", name=room.by).first.click()
        page.wait_for_url(lambda url: not url.endswith(room.path))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.name} {room.who}")
def test_a_room_keeps_nobody_out_and_is_light(seat: Callable[[str], Page], room: Room) -> None:
    page = seat(room.who)
    enter(page, room)
    assert look(page, room.name) == []


def unseen(names: set[str]) -> set[str]:
    """Addresses of schools and accounts that no test in a browser looks at, and for which nobody said why not."""
    return names - {room.name for room in ROOMS} - ON_THE_WAY.keys() - NO_PAGE.keys()


def test_every_page_is_looked_at() -> None:
    ours = {route.key for route in routes() if route.name.startswith("schools:") or f"/{route.pattern}".startswith(ACCOUNT)}
    assert unseen(ours) == set()
    assert {room.name for room in ROOMS} | ON_THE_WAY.keys() | NO_PAGE.keys() == ours
    assert unseen({*ours, "schools:new"}) == {"schools:new"}


def test_those_who_walk_by_look() -> None:
    for name, file in ON_THE_WAY.items():
        assert f'look(page, "{name}")' in (Path(__file__).with_name(file)).read_text(encoding="utf-8"), name
