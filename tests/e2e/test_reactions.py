"""What a visitor says about a lesson: it was used, something is wrong. No account, no cookie, with or without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Visit
from tests.e2e.pages import LESSON, PHONE

Visiting = Callable[..., Visit]

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@both
def test_it_was_used_and_how_it_went(visit: Visiting, scripts: bool) -> None:
    with visit(width=PHONE, scripts=scripts) as page:
        page.goto(LESSON)
        page.get_by_label("Hoe ging het?").fill("De weegschaal was het hoogtepunt.")
        page.get_by_role("button", name="Ik heb dit gebruikt").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
        page.get_by_role("link", name="Wat zit er in onze prullenbak?").click()
        expect(page.locator(".feedback")).to_contain_text("keer gebruikt")
        # An editor reads it first.
        expect(page.get_by_text("De weegschaal was het hoogtepunt.")).to_have_count(0)


@both
def test_what_is_wrong_has_to_be_said(visit: Visiting, scripts: bool) -> None:
    with visit(scripts=scripts) as page:
        page.goto(LESSON)
        page.get_by_text("Klopt er iets niet op deze pagina?").click()
        field = page.get_by_label("Wat klopt er niet?")
        field.fill("  ")
        page.get_by_role("button", name="Meld het").click()
        # The form stands on a page of its own now: told on top, with a way to the field, and beside the field.
        expect(page.get_by_role("alert")).to_contain_text("Er is nog niets verstuurd.")
        page.get_by_role("alert").get_by_role("link").click()
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description("Schrijf in één zin wat er niet klopt.")
        field.fill("De link naar het werkblad doet het niet.")
        page.get_by_role("button", name="Verstuur").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
