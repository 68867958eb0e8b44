"""What no honest link asks is answered with a page that helps onward: input before any view parses it, a method after its view
refused it."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import parse_header_parameters

NUL = "\x00"
MAX_QUERY = 8_000
# What may part the pieces of a form with files (RFC 2046, 5.1.1).
BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{1,70}")


def in_our_encoding(environ: dict[str, Any]) -> dict[str, Any]:
    """The environment of a request without what it says of its encoding: our pages are UTF-8, and so is what is sent from them.

    Django would take its word for it, also for what is no encoding of text (hex, rot13) or hides a NUL or half a character from
    whoever looks at the bytes (utf-7); and it reads this before a middleware could answer that with a page.
    """
    try:
        kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except ValueError:
        kind, parameters = "", {}
    boundary = parameters.get("boundary", "")
    return {**environ, "CONTENT_TYPE": f'{kind}; boundary="{boundary}"' if BOUNDARY.fullmatch(boundary) else kind}


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
