"""The finder: several choices at once with counts that stay, chips, an address to share, help where nothing is found."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.browsing import Visit
from tests.e2e.pages import DESK, PHONE

Visiting = Callable[..., Visit]

QUESTION = "/zoeken/?q=afval"
CHOICES = ("Milieu", "Natuur")


def total(page: Page) -> int:
    """How many results the page says there are."""
    return int(re.sub(r"\D", "", page.locator(".toolbar h2").inner_text()))


def titles(page: Page) -> list[str]:
    return page.locator(".hit h3").all_inner_texts()


def option(page: Page, label: str) -> Locator:
    """A subject to tick."""
    return page.locator("[data-facet=subject]").get_by_role("checkbox", name=re.compile(rf"^{label}\b"))


def slow(page: Page, addresses: str, milliseconds: int) -> None:
    """From now on answers of these addresses take their time."""

    def answer_late(route: Route) -> None:
        page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route(addresses, answer_late)


def counts(page: Page) -> dict[str, str]:
    """Subject → how many results it would give."""
    labels = page.locator("[data-facet=subject] label")
    names = labels.locator("span:not(.n)").all_text_contents()
    return dict(zip(names, labels.locator(".n").all_text_contents(), strict=True))


def test_ticked_subjects_add_up_and_keep_their_counts(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        before, everything = counts(page), total(page)
        assert everything > 20

        option(page, "Milieu").check()
        expect(page.locator(".chip")).to_have_count(2)
        one = total(page)
        assert one == int(before["Milieu"]) < everything
        assert counts(page) == before
        expect(option(page, "Milieu")).to_be_focused()

        option(page, "Natuur").check()
        expect(page.locator(".chip")).to_have_count(3)
        both = total(page)
        assert max(one, int(before["Natuur"])) <= both <= one + int(before["Natuur"])
        assert counts(page) == before
        assert "subject=milieu" in page.url
        assert "subject=natuur" in page.url


def test_a_chip_and_the_back_button_undo_and_the_address_can_be_shared(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        for label in CHOICES:
            option(page, label).check()
            expect(page.locator(".chip", has_text=label)).to_be_visible()
        both, shared = titles(page), page.url

        page.locator(".chip", has_text="Milieu").click()
        expect(page.locator(".chip", has_text="Milieu")).to_have_count(0)
        expect(option(page, "Milieu")).not_to_be_checked()
        assert "milieu" not in page.url
        assert titles(page) != both

        page.go_back()
        expect(page.locator(".chip", has_text="Milieu")).to_be_visible()
        expect(option(page, "Milieu")).to_be_checked()
        assert titles(page) == both
        with visit(scripts=False) as colleague:
            colleague.goto(shared)
            assert titles(colleague) == both

        page.get_by_role("link", name="Alles wissen").click()
        expect(page.locator(".chip")).to_have_count(0)


def test_what_is_typed_stays_with_what_is_ticked(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        page.locator("#q").fill("energie")
        option(page, "Natuur").check()
        expect(page.locator(".chip", has_text="Natuur")).to_be_visible()
        assert "q=energie" in page.url
        expect(page).to_have_title(re.compile("energie"))


def test_a_link_within_the_page_searches_for_nothing(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        page.locator("#q").fill("water")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/zoeken/?" in request.url else None)
        page.get_by_role("link", name="Naar de inhoud").press("Enter")
        expect(page).to_have_url(re.compile(r"\?q=afval#inhoud$"))
        page.go_back()
        expect(page).to_have_url(re.compile(r"\?q=afval$"))
        page.wait_for_timeout(200)
        assert asked == []
        expect(page.locator("#q")).to_have_value("water")


def test_results_are_said_aloud_and_the_order_changes(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        page.get_by_label("Volgorde").focus()
        page.get_by_label("Volgorde").select_option("title")
        said = f"{page.locator('.toolbar h2').inner_text()}. {page.locator('.pages [aria-current]').inner_text()}"
        expect(page.get_by_role("status")).to_have_text(said)
        assert "Pagina 1 van" in said
        expect(page.get_by_label("Volgorde")).to_be_focused()
        expect(page.get_by_label("Volgorde")).to_have_value("title")
        assert "sort=title" in page.url
        assert titles(page)[:5] == sorted(titles(page)[:5], key=str.casefold)


def test_the_same_words_are_said_once_more(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        page.get_by_label("Volgorde").select_option("title")
        expect(page.get_by_role("status")).not_to_be_empty()
        words = page.get_by_role("status").inner_text()
        # What a screen reader notices: text that comes where there was none.
        page.evaluate(
            """() => {
                const region = document.querySelector("[role=status]");
                window.said = [];
                new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
            }"""
        )
        page.get_by_label("Volgorde").select_option("relevance")
        expect(page).not_to_have_url(re.compile("sort="))
        expect(page.get_by_role("status")).to_have_text(words)
        assert page.evaluate("said") == ["", words]


@pytest.mark.parametrize("left", ["results", "notice"])
def test_when_the_order_goes_the_focus_goes_to_what_was_found(visit: Visiting, left: str) -> None:
    gone, instead = {
        "results": ("(?<=</h2>)[^<]*<label>.*?</label>", ""),
        "notice": ('<div class="toolbar">.*?</div>', '<p class="notice">Even niet.</p>'),
    }[left]

    def without_the_order(route: Route) -> None:
        answer = route.fetch()
        text, number = re.subn(gone, instead, answer.text(), flags=re.DOTALL)
        assert number == 1
        route.fulfill(response=answer, body=text)

    with visit() as page:
        page.goto(QUESTION)
        page.route("**/zoeken/?**", without_the_order)
        page.get_by_label("Volgorde").focus()
        page.get_by_label("Volgorde").select_option("title")
        expect(page.locator("#gevonden .notice" if left == "notice" else ".toolbar h2")).to_be_focused()


def test_a_filter_that_goes_leaves_the_focus_among_the_filters(visit: Visiting) -> None:
    def without_this_one(route: Route) -> None:
        answer = route.fetch()
        text, number = re.subn(r'<label[^>]*><input[^>]*value="milieu".*?</label>', "", answer.text())
        assert number == 1
        route.fulfill(response=answer, body=text)

    with visit(width=PHONE) as page:
        page.goto(f"{QUESTION}&subject=milieu")
        page.get_by_role("button", name="Filters", exact=True).click()
        page.route("**/zoeken/?**", without_this_one)
        option(page, "Milieu").uncheck()
        expect(page.locator("#filters h2")).to_be_focused()


def test_a_filter_leaves_a_mail_address_that_is_being_typed(visit: Visiting) -> None:
    with visit() as page:
        page.goto(QUESTION)
        page.locator(".follow summary").click()
        page.locator("#save-email").fill("noa@")
        slow(page, "**/zoeken/?**", 200)
        option(page, "Milieu").check()
        page.locator("#save-email").press_sequentially("school")
        expect(page.locator(".chip", has_text="Milieu")).to_be_visible()
        expect(page.locator("#save-email")).to_be_focused()
        page.keyboard.type(".example")
        expect(page.locator("#save-email")).to_have_value("noa@school.example")
        expect(page.locator("#save-email")).to_be_visible()
        expect(page.locator(".follow form")).to_have_attribute("action", re.compile("subject=milieu"))


def test_when_no_engine_answers_a_filter_still_ends_in_a_page(visit: Visiting) -> None:
    notice = "Het zoeken werkt even niet."

    def without_an_engine(route: Route) -> None:
        answer = route.fetch()
        # What search/parts/results.html gives then: a notice in the place of the number of results.
        found = re.sub(
            r'<div class="toolbar">.*?</div>', f'<p class="notice warning">{notice}</p>', answer.text(), flags=re.DOTALL
        )
        route.fulfill(response=answer, body=found)

    with visit() as page:
        page.goto(QUESTION)
        page.route("**/zoeken/?**", without_an_engine)
        option(page, "Milieu").check()
        expect(page.locator("#gevonden .notice")).to_have_text(notice)
        expect(page.get_by_role("status")).to_have_text(notice)
        expect(page).to_have_url(re.compile("subject=milieu"))
        expect(page.locator("#gevonden")).not_to_have_attribute("aria-busy", "true")


def test_a_page_that_cannot_be_shown_in_part_leaves_nobody_waiting(visit: Visiting) -> None:
    window = visit()
    with window as page:
        page.goto(QUESTION)
        page.route("**/zoeken/?**", lambda route: route.fulfill(content_type="text/html", body="<title>Anders</title>"))
        option(page, "Milieu").check()
        expect(page).to_have_url(re.compile("subject=milieu"))
        expect(page.locator("#gevonden")).not_to_have_attribute("aria-busy", "true")
        # That the script says on the console what it could not do is right.
        page.wait_for_timeout(200)
        assert len(window.complaints) == 1
        window.complaints.clear()


def test_without_scripts_a_button_applies_the_filters(visit: Visiting) -> None:
    with visit(scripts=False) as page:
        page.goto(QUESTION)
        for label in CHOICES:
            option(page, label).check()
        page.get_by_role("button", name="Toon resultaten").click()
        assert "subject=milieu" in page.url
        assert "subject=natuur" in page.url
        assert "sort=" not in page.url or "sort=relevance" in page.url
        expect(page.locator(".chip")).to_have_count(3)
        page.locator(".chip", has_text="Milieu").click()
        expect(option(page, "Milieu")).not_to_be_checked()


def test_without_a_result_what_helps_onward_has_the_width_of_the_page(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/zoeken/?q=xqzzyv")
        expect(page.get_by_role("link", name="Omgeving", exact=True)).to_be_visible()
        assert page.locator(".found").evaluate("found => found.clientWidth") > DESK / 2


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_filters_open_over_the_results(visit: Visiting, scripts: bool) -> None:
    with visit(width=PHONE, scripts=scripts) as page:
        page.goto(QUESTION)
        expect(page.locator("#filters")).to_be_hidden()
        page.get_by_role("button", name="Filters", exact=True).click()
        expect(page.locator("#filters")).to_be_visible()
        option(page, "Milieu").check()
        if scripts:
            # The results change behind the open filters.
            expect(page.locator(".chip", has_text="Milieu")).to_be_attached()
            expect(page.locator("#filters")).to_be_visible()
        page.get_by_role("button", name="Toon resultaten").click()
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator(".chip", has_text="Milieu")).to_be_visible()


def test_suggestions_are_chosen_with_the_keyboard(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/")
        field = page.get_by_role("combobox")
        field.press_sequentially("schooltu")
        options = page.get_by_role("option")
        options.first.wait_for()
        expect(field).to_have_attribute("aria-expanded", "true")

        # A key that belongs to a letter that is being composed.
        field.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
        expect(options.first).to_have_attribute("aria-selected", "false")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        chosen = options.first.inner_text()
        assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")

        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_value("schooltu")

        field.press_sequentially("i")
        options.first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#q")).to_have_value(chosen)
        expect(page.locator(".hit").first).to_contain_text(chosen)


def test_slow_suggestions_are_those_of_the_last_letters(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/")
        slow(page, "**/suggesties/**", 300)
        field = page.get_by_role("combobox")
        with page.expect_request("**/suggesties/**"):
            field.press_sequentially("school")
        field.press_sequentially("tu")
        expect(page.get_by_role("option").first).to_contain_text(re.compile("schooltu", re.IGNORECASE))


def test_no_suggestions_open_once_the_search_is_sent(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/zoeken/")
        slow(page, "**/suggesties/**", 200)
        field = page.locator("#q")
        # Before suggestions were asked for, and while they are on their way.
        field.press_sequentially("schooltu")
        field.press("Enter")
        expect(page).to_have_url(re.compile("q=schooltu$"))
        page.wait_for_timeout(500)
        expect(page.get_by_role("listbox")).to_be_hidden()
        with page.expect_request("**/suggesties/**"):
            field.press_sequentially("i")
        field.press("Enter")
        expect(page).to_have_url(re.compile("q=schooltui$"))
        page.wait_for_timeout(400)
        expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_typing_error_is_noticed(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/zoeken/?q=schooltiun")
        page.locator(".did-you-mean").get_by_role("link", name="schooltuin").click()
        expect(page.locator("#q")).to_have_value("schooltuin")
        expect(page.locator(".did-you-mean")).to_have_count(0)
        expect(page.locator(".toolbar h2")).to_be_focused()
        assert "q=schooltuin" in page.url
        assert total(page) > 3


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_where_nothing_is_found_there_is_someone_to_call(visit: Visiting, scripts: bool) -> None:
    with visit(scripts=scripts) as page:
        page.goto("/zoeken/?q=xyzzyqw&sector=po")
        assert total(page) == 0
        expect(page.locator("main").get_by_role("link", name="088-000 12 34")).to_have_attribute("href", "tel:0880001234")
        expect(page.get_by_role("link", name="Omgeving")).to_be_visible()
        page.get_by_role("link", name="Zoek opnieuw zonder filters").click()
        expect(page.locator(".chip")).to_have_count(0)


def test_the_lessons_page_is_the_finder_with_its_kind_fixed(visit: Visiting) -> None:
    with visit() as page:
        page.goto("/lessen/")
        option(page, "Natuur").check()
        expect(page.locator(".chip", has_text="Natuur")).to_be_visible()
        assert page.url.endswith("/lessen/?subject=natuur")
        assert set(
            page.locator(".hit .kicker").evaluate_all("kickers => kickers.map(k => k.textContent.split(' · ')[0].trim())")
        ) == {"Les"}
