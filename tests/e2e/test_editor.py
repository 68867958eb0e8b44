"""A new editor makes a lesson with two pictures: sees it before it is public, publishes it, and takes it back."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browsing import Visit
from tests.e2e.people import act, at_the_desk
from tests.factories import picture_bytes

Visiting = Callable[..., Visit]

# A word that no lesson of the demo holds.
TITLE = "Een kikkerpoel graven"
SUMMARY = "Leerlingen graven een kikkerpoel op het plein en kijken wie er komt wonen."
QUESTION = "/zoeken/?q=kikkerpoel"
# How soon after publishing a teacher finds it.
PATIENCE_SECONDS = 5.0


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """Somebody who may publish, signed in."""
    with at_the_desk(browser, site, "Moderatoren") as page:
        yield page


def test_a_lesson_with_two_pictures_is_made_seen_found_and_taken_back(desk: Page, visit: Visiting) -> None:
    write_lesson(desk)
    desk.get_by_role("button", name="Bewaar concept").click()
    expect(desk.locator(".messages")).to_contain_text(TITLE)
    editing = desk.url
    assert_preview_shows_it(desk)
    with visit() as visitor:
        assert not is_found(visitor)

        act(desk, "Publiceren")
        wait_until(lambda: is_found(visitor))
        visitor.get_by_role("link", name=TITLE).click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
        assert_pictures_show(visitor)
        address = visitor.url

        desk.goto(editing)
        act(desk, "Publicatie intrekken")
        desk.locator("main form [type=submit]").click()
        expect(desk.locator(".messages")).to_contain_text(TITLE)
        response = visitor.goto(address)
        assert response is not None
        assert response.status == 404
        wait_until(lambda: not is_found(visitor))


def assert_preview_shows_it(desk: Page) -> None:
    """Beside the form stands the page as visitors will see it."""
    desk.get_by_role("button", name="voorvertoning").first.click()
    preview = desk.frame_locator("iframe[title]").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(preview.get_by_role("heading", name="Graven", exact=True)).to_be_visible()


def assert_pictures_show(visitor: Page) -> None:
    """Both pictures are there for who sees and for who does not, and came in a small encoding."""
    for alt in ("Een poel met riet", "Een kikker op een blad"):
        picture = visitor.get_by_role("img", name=alt)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
        assert picture.evaluate("image => image.currentSrc").endswith(".avif")


def write_lesson(desk: Page) -> None:
    """Fill in what a lesson needs, from the menu of the desk on."""
    desk.get_by_role("link", name="Lessen", exact=True).click()
    desk.get_by_role("link", name="Les toevoegen").click()
    field(desk, "title").locator("input, textarea").first.fill(TITLE)
    field(desk, "summary").locator("textarea").fill(SUMMARY)
    upload(desk, field(desk, "image"), "Een poel", alt="Een poel met riet", colour="seagreen")
    field(desk, "goal").locator("textarea").fill("De leerlingen kunnen vertellen welke dieren in een poel wonen.")
    field(desk, "minutes").locator("input").fill("50")
    write_step(desk)
    desk.get_by_role("tab", name="Voor wie en waarover").click()
    for label in ("Groep 6", "Natuur", "Primair onderwijs", "Omgeving", "Duurzame levenswijzen"):
        desk.get_by_role("checkbox", name=label, exact=True).first.check()


def write_step(desk: Page) -> None:
    """One step with words and a picture."""
    insert(desk, field(desk, "steps"))
    step = field(desk, "steps").locator("[data-contentpath]").first
    step.locator("[name$=-title]").fill("Graven")
    body = step.locator("[data-contentpath=body]")
    insert(desk, body, "Tekst")
    body.get_by_role("textbox").first.fill("Graaf een kuil met een flauwe oever.")
    insert(desk, body, "Afbeelding")
    upload(desk, body, "Een kikker", alt="Een kikker op een blad", colour="olive")


def insert(desk: Page, stream: Locator, kind: str = "") -> None:
    """Put a block at the end of a stream; a stream with one kind of block asks nothing."""
    stream.get_by_title("Blok invoegen").last.click()
    if kind:
        desk.get_by_role("option", name=kind, exact=True).click()


def upload(desk: Page, place: Locator, title: str, *, alt: str, colour: str) -> None:
    """Choose a picture that is not there yet: send it, name it, say what it shows."""
    place.get_by_role("button", name="Kies een afbeelding").click()
    chooser = desk.get_by_role("dialog")
    chooser.get_by_role("tab", name="Uploaden").click()
    picture = picture_bytes(1600, 1000, colour=colour)
    chooser.get_by_label("Bestand").set_input_files({"name": "poel.png", "mimeType": "image/png", "buffer": picture})
    chooser.get_by_label("Titel").fill(title)
    send = chooser.get_by_role("button", name="Uploaden")
    # A picture without words is refused beside the field.
    send.click()
    expect(chooser.locator("[data-field-errors]", has_text=re.compile("decoratief", re.IGNORECASE))).to_be_visible()
    chooser.get_by_label("Bestand").set_input_files({"name": "poel.png", "mimeType": "image/png", "buffer": picture})
    chooser.get_by_label("Alternatieve tekst").fill(alt)
    send.click()
    expect(chooser).to_be_hidden()
    expect(place.get_by_text(title)).to_be_visible()


def field(desk: Page, name: str) -> Locator:
    """The field with this name."""
    return desk.locator(f"[data-field][data-contentpath='{name}']").first


def wait_until(holds: Callable[[], bool]) -> None:
    """Ask again and again, for at most five seconds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def is_found(visitor: Page) -> bool:
    visitor.goto(QUESTION)
    return visitor.get_by_role("link", name=TITLE).count() == 1
