"""A visitor's window that notices what a visitor never should meet."""

from types import TracebackType

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

from tests.e2e.pages import DESK, Scheme


def complains(message: ConsoleMessage) -> bool:
    """Whether what a page says on the console is a complaint. A page that says "not found" is itself a file that did not load."""
    is_the_page = message.page is not None and message.location.get("url") == message.page.url
    return message.type in ("error", "warning") and not (is_the_page and message.text.startswith("Failed to load resource"))


class Visit:
    """A window of its own on the site, that remembers nothing of others: `with Visit(browser, site) as page: page.goto("/")`.

    At the end the test fails with what went wrong in the window: errors on the console (scripts that break, files that are
    missing, what the Content-Security-Policy refuses), requests to another site, and cookies, unless whoever sits there may have
    `cookies` for signing in. Wagtail's own screens may say on the console what they like.
    """

    def __init__(
        self,
        browser: Browser,
        site: str,
        *,
        width: int = DESK,
        density: float = 1,
        scheme: Scheme = "light",
        scripts: bool = True,
        cookies: bool = False,
    ) -> None:
        self.site = site
        self.cookies = cookies
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740},
            device_scale_factor=density,
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="nl-NL",
        )
        self.context.set_default_timeout(20_000)
        self.context.on("console", self._console)
        self.context.on("weberror", self._error)
        self.context.on("request", self._request)

    def __enter__(self) -> Page:
        return self.context.new_page()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self.cookies:
            self.complaints += [f"cookie: {cookie['name']}" for cookie in self.context.cookies()]
        self.context.close()
        if kind is None and self.complaints:
            pytest.fail("\n".join(self.complaints))

    def _console(self, message: ConsoleMessage) -> None:
        if complains(message) and not _is_of_wagtail(message.page):
            self.complaints.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        if not _is_of_wagtail(error.page):
            self.complaints.append(f"error in a script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.complaints.append(f"request to another site: {request.url}")


def _is_of_wagtail(page: Page | None) -> bool:
    return page is not None and "/admin/" in page.url
