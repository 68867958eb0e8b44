"""The link to one's account at the top of every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def account_link(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """A provider for the slot `header`. Without a session there is nobody to look up: no query, and the same link for everybody,
    so that the page may be kept."""
    # Nor is there one where a request was refused before anybody looked who sent it.
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    signed_in = user is not None and user.is_authenticated
    return "account/parts/header.html", {"name": (user.first_name or user.email) if signed_in else ""}  # type: ignore[union-attr]
