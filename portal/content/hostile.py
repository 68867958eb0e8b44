"""Input that no honest browser sends is answered with a page that helps onward, before any view parses it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.content.models import NotReadyToPublish

NUL = "\x00"
MAX_QUERY = 8_000


class HostileInputMiddleware:
    """Refuses NUL characters and endless query strings with a 400, and drops cookies that hold a NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path_info or len(query) > MAX_QUERY or "%00" in query or NUL in query:
            return bad_request(request)
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that is not ready to go live is an answer to the editor, whichever button published it."""
        if isinstance(exception, NotReadyToPublish):
            for message in exception.messages:
                messages.error(request, f"{exception.page_title}: {message}")
            return redirect("wagtailadmin_pages:edit", exception.page_id)
        return None


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for a request that cannot be understood; also Django's `handler400`."""
    request.META["QUERY_STRING"] = ""
    request.GET = QueryDict()  # type: ignore[assignment]
    return render(request, "400.html", {"reason": _("The address or the form holds characters that we cannot read.")}, status=400)
