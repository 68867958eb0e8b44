"""One portal and one browser for all journeys; they run one after the other, before all other tests of their process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import services
from tests.e2e.browsing import Visit
from tests.e2e.site import running_portal

HERE = Path(__file__).parent
# Nothing that a browser does for itself: no updates, no reports, no first-run pages. `--no-sandbox`: the tests may run as root.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the journeys and puts them in front: then the portal starts once, and no test that uses the database runs while
    Playwright's event loop does."""
    journeys = {item: None for item in items if HERE in item.path.parents}
    for item in journeys:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
    items[:] = [*journeys, *(item for item in items if item not in journeys)]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = services.requires("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with the demo; nothing is started where there is no browser."""
    with running_portal(tmp_path_factory.mktemp("portal")) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Callable[..., Visit]:
    """Opens a visitor's window: `with visit(width=320, scripts=False) as page`."""

    def open_window(**options: Any) -> Visit:
        return Visit(browser, site, **options)

    return open_window
