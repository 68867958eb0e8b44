"""Somebody who looks where they are signed in reads names, not the line that a browser sends of itself."""

import pytest

from portal.accounts.templatetags.browsers import browser_name

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox op Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/130.0.0.0", "Edge op Windows"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME}", "Chrome op Android"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome op Chromebook"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
            "Safari op iPhone",
        ),
        ("curl/8.0", "een browser die we niet kennen"),
        ("Linux", "Linux"),
        ("", "een browser die we niet kennen"),
    ],
)
def test_a_browser_has_a_name(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
