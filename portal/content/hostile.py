"""What no honest link asks is answered with a page that helps onward: input before any view parses it, a method after its view
refused it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

NUL = "\x00"
MAX_QUERY = 8_000


class HostileInputMiddleware:
    """Refuses NUL characters and endless query strings with a 400, and drops cookies that hold a NUL. A view that refuses a
    method says nothing, and a browser makes an error of its own of that: it gets a page too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path_info or len(query) > MAX_QUERY or "%00" in query or NUL in query:
            return bad_request(request)
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for a request that cannot be understood; also Django's `handler400`."""
    request.META["QUERY_STRING"] = ""
    request.GET = QueryDict()  # type: ignore[assignment]
    return render(request, "400.html", status=400)
