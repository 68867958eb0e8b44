"""The pictures of `docs/editing.md`: `python -m tests.e2e.screenshots` starts a portal with the demo, does what the text tells,
and takes a picture of each step. Given the address of a portal that runs already it uses that one, and leaves there what it did.
"""

import sys
import tempfile
import tomllib
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests import services
from tests.e2e.conftest import QUIET
from tests.e2e.people import sign_in
from tests.e2e.site import ROOT, running_portal

PICTURES = ROOT / "docs" / "images"
LARGEST_BYTES = 80_000
WIDTH, HEIGHT = 1120, 700
LESSON = "Afval sorteren op kleur"
LATE = "Minder afval op school: van wegen naar weglaten"
SHARED = "Een schooltuin beginnen die het volhoudt"
CONCEPT = "Afval"


class Desk:
    """Somebody of the demo, signed in."""

    def __init__(self, browser: Browser, site: str, group: str) -> None:
        demo = tomllib.loads((ROOT / "portal" / "content" / "loading" / "demo.toml").read_text(encoding="utf-8"))
        account = next(account for account in demo["accounts"] if account.get("group") == group)
        self.page: Page = browser.new_context(
            base_url=site, viewport={"width": WIDTH, "height": HEIGHT}, locale="nl-NL", reduced_motion="reduce"
        ).new_page()
        self.page.set_default_timeout(30_000)
        sign_in(self.page, account["email"], demo["password"])

    def open(self, address: str) -> None:
        """Go to an address, and wait until nothing moves any more."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    def edit(self, title: str) -> str:
        """Open the editor of the page with this title; returns its address."""
        self.open("/admin/alle-paginas/?" + urlencode({"q": title.partition(":")[0]}))
        self.page.locator("td.title a", has_text=title).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.page.url

    def panel(self, name: str) -> None:
        """Open a panel beside the editor, and give it time to fill."""
        self.page.locator(f"[data-side-panel-toggle={name}]").click()
        self.page.wait_for_timeout(3000)

    def tab(self, name: str) -> None:
        """Another tab of the editor."""
        self.page.get_by_role("tab", name=name).click()

    def press(self, name: str) -> None:
        """Press an entry of the menu at the foot of the editor."""
        self.open_actions()
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.get_by_role("button", name=name).click()

    def open_actions(self) -> None:
        """Unfold the menu at the foot of the editor."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()

    def shoot(self, name: str, part: Locator | None = None) -> None:
        """Keep a picture of the window, or of a part of it, in few colours."""
        self.page.wait_for_timeout(600)
        shot = Image.open(BytesIO((part or self.page).screenshot())).convert("RGB")
        for colours in (256, 128, 64, 32):
            file = BytesIO()
            shot.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
            if file.tell() <= LARGEST_BYTES:
                break
        (PICTURES / f"{name}.png").write_bytes(file.getvalue())
        print(f"{name}.png {file.tell() // 1000} kB")


def write_and_hand_in(editor: Desk) -> str:
    """An editor changes a lesson and hands it in; returns the address of its editor."""
    address = editor.edit(LESSON)
    editor.panel("preview")
    editor.shoot("schrijven")
    editor.panel("checks")
    editor.shoot("controles")
    editor.panel("checks")
    editor.tab("Voor wie en waarover")
    editor.shoot("voor-wie")
    editor.tab("Verwante pagina's")
    editor.shoot("verwant")
    editor.tab("Inhoud")
    editor.page.locator("#id_summary").fill("Leerlingen sorteren schone spullen op kleur en houden dat daarna zelf bij.")
    editor.page.wait_for_timeout(2500)
    editor.open_actions()
    editor.shoot("indienen")
    editor.page.keyboard.press("Escape")
    editor.press("Nakijken")
    return address


def let_a_date_come(moderator: Desk) -> None:
    """Give a page a review date that has passed, so that the first screen has something to say."""
    moderator.edit(LATE)
    moderator.tab("Voor wie en waarover")
    moderator.page.locator("#id_review_on").fill("2026-01-15")
    moderator.page.keyboard.press("Tab")
    moderator.press("Publiceren")


def review(moderator: Desk, address: str) -> None:
    """A moderator finds the lesson on the first screen and looks at what changed."""
    moderator.open("/admin/")
    moderator.shoot("bureau")
    moderator.open(address)
    moderator.open_actions()
    moderator.shoot("nakijken")
    moderator.open(address.replace("/edit/", "/history/"))
    moderator.shoot("geschiedenis")
    moderator.open(address.replace("/edit/", "/revisions/compare/live...latest/"))
    moderator.shoot("vergelijken")


def plan(moderator: Desk) -> None:
    """Where the moment of publishing is chosen."""
    moderator.edit(SHARED)
    moderator.panel("status")
    moderator.page.get_by_role("button", name="schema").first.click()
    moderator.shoot("planning")


def write_together(editor: Desk, moderator: Desk) -> None:
    """Two people at one page: what the second is told."""
    address = editor.edit(SHARED)
    moderator.open(address)
    editor.page.locator("#id_summary").fill("Met vier bakken en een kraan in de buurt kun je beginnen.")
    editor.page.wait_for_timeout(3000)
    moderator.page.locator("#id_summary").fill("Een schooltuin begint klein.")
    moderator.page.wait_for_timeout(3000)
    with moderator.page.expect_navigation(wait_until="networkidle"):
        moderator.page.locator("#page-edit-form").evaluate("form => form.submit()")
    moderator.page.evaluate("window.scrollTo(0, 0)")
    moderator.shoot("met-zijn-tweeen")


def retire_and_replace(moderator: Desk) -> None:
    """A word of the vocabulary makes way for another."""
    moderator.open(f"/admin/concepts/?scheme=topic&q={CONCEPT}")
    moderator.page.get_by_role("link", name=CONCEPT, exact=True).first.click()
    moderator.page.locator("#id_retired").check()
    with moderator.page.expect_navigation():
        moderator.page.locator("footer").get_by_role("button", name="Opslaan").click()
    moderator.open("/admin/vervallen-begrippen/")
    with moderator.page.expect_navigation(wait_until="networkidle"):
        moderator.page.get_by_role("link", name="Vervang").first.click()
    moderator.shoot("vervangen")


def look_at_lists(moderator: Desk) -> None:
    """All pages, narrowed; and where lessons come in by the dozen."""
    moderator.open("/admin/alle-paginas/?state=live&wsa=visie")
    moderator.shoot("alle-paginas")
    moderator.open("/admin/lessen/importeren/")
    moderator.shoot("importeren")


def take_all(site: str) -> None:
    """All pictures, in the order of the text."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=services.requires("chromium"), args=list(QUIET))
        editor, moderator = Desk(browser, site, "Redacteuren"), Desk(browser, site, "Moderatoren")
        let_a_date_come(moderator)
        review(moderator, write_and_hand_in(editor))
        plan(moderator)
        write_together(editor, moderator)
        look_at_lists(moderator)
        retire_and_replace(moderator)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take_all(sys.argv[1].rstrip("/"))
    else:
        with tempfile.TemporaryDirectory() as folder, running_portal(Path(folder)) as address:
            take_all(address)
