"""The first day of a new editor: a table of lessons comes in, is mended, is reviewed by somebody else, and stands on the site."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import Visit
from tests.e2e.people import act, at_the_desk
from tests.lessons.tables import lessons

Visiting = Callable[..., Visit]

NUMBER = 10
TITLE = "Kikkerdril onder de loep"
# A worker reads the file; the page on which the editor waits renews itself.
PATIENCE_MS = 60_000


def test_from_the_template_to_a_reviewed_lesson(browser: Browser, site: str, visit: Visiting, tmp_path: Path) -> None:
    table = tmp_path / "mijn lessen.xlsx"
    with (
        at_the_desk(browser, site, "Redacteuren") as editor,
        at_the_desk(browser, site, "Moderatoren") as moderator,
        visit() as visitor,
    ):
        fill_in_the_template(editor, table)
        hand_in(editor, table)
        expect(editor.get_by_role("link", name="Fout: 2")).to_be_visible(timeout=PATIENCE_MS)
        faulty = editor.locator("tr", has=editor.locator(".w-status--critical"))
        expect(faulty).to_have_count(2)
        expect(faulty.nth(0)).to_contain_text("Sectoren")
        expect(faulty.nth(1)).to_contain_text("Minuten")
        expect(editor.get_by_role("button", name="Voer de import uit")).to_have_count(0)

        change(table, {3: {"Sectoren": "po"}, 7: {"Minuten": 50}})
        editor.get_by_role("link", name="Kies een ander bestand").click()
        hand_in(editor, table)
        editor.get_by_role("button", name="Voer de import uit").click(timeout=PATIENCE_MS)
        expect(editor.locator("p[role=status]")).to_contain_text(
            f"{NUMBER} lessen zijn als concept geschreven", timeout=PATIENCE_MS
        )

        editor.get_by_role("link", name="Naar de concepten").click()
        editor.get_by_role("link", name=f"{TITLE} 1", exact=True).click()
        address = editor.url
        act(editor, "Stuur door naar Nakijken")
        expect(editor.locator(".messages")).to_contain_text(f"{TITLE} 1")
        assert_mailed(visitor, f"{TITLE} 1", "moderator@demo.example")

        moderator.goto("/admin/")
        moderator.get_by_role("main").get_by_role("link", name=f"{TITLE} 1", exact=True).first.click()
        expect(moderator).to_have_url(address)
        act(moderator, "Goedkeuren en publiceren")
        expect(moderator.locator(".messages")).to_contain_text(f"{TITLE} 1")
        assert_mailed(visitor, f"{TITLE} 1", "editor@demo.example")

        visitor.goto("/lessen/kikkerdril-onder-de-loep-1/")
        expect(visitor.get_by_role("heading", level=1)).to_have_text(f"{TITLE} 1")
        # The others wait: nobody has looked at them.
        response = visitor.goto("/lessen/kikkerdril-onder-de-loep-2/")
        assert response is not None
        assert response.status == 404

        moderator.goto(address)
        act(moderator, "Publicatie intrekken")
        moderator.locator("main form [type=submit]").click()


def fill_in_the_template(editor: Page, table: Path) -> None:
    """Fetch the template and write ten lessons into it, of which the third and the seventh have a fault."""
    editor.get_by_role("link", name="Lessen importeren").click()
    with editor.expect_download() as download:
        editor.get_by_role("link", name="rekenblad (XLSX)").click()
    download.value.save_as(table)
    rows = {number: row | {"Titel": f"{TITLE} {number}"} for number, row in enumerate(lessons(NUMBER), 1)}
    rows[3]["Sectoren"], rows[7]["Minuten"] = "kikkerschool", "lang"
    change(table, rows)


def change(table: Path, rows: dict[int, dict[str, Any]]) -> None:
    """Write cells of the table: number of the lesson → column → value."""
    book = load_workbook(table)
    sheet = book["Lessen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, row in rows.items():
        for column, value in row.items():
            sheet.cell(number + 1, columns[column]).value = value
    book.save(table)


def hand_in(editor: Page, table: Path) -> None:
    """Choose the file and have it checked."""
    editor.locator("input[type=file]").set_input_files(table)
    editor.get_by_role("button", name="Kijk dit bestand na").click()


def assert_mailed(visitor: Page, title: str, recipient: str) -> None:
    """The mailbox of the demo holds a mail about this page to this person."""
    visitor.goto("/dev/mail/")
    mail = visitor.locator(".mails li", has_text=title).filter(has_text=recipient).first
    expect(mail).to_be_visible()
    mail.get_by_role("link").click()
    expect(visitor.locator(".mail-text")).to_contain_text(title)
