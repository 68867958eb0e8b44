"""What stands on the pages of somebody who is signed in stays with them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PAGES = ("text/html", "application/json")


def private_for_people(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: no cache keeps a page made for a visitor who has a session. Files (pictures, feeds) hold nothing personal."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        with_session = {settings.SESSION_COOKIE_NAME} & (request.COOKIES.keys() | response.cookies.keys())
        if with_session and response.get("Content-Type", "").startswith(PAGES):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
