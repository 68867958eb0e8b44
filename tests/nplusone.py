"""The N+1 detector as middleware: a view of ours that asks the database once per row fails its test."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from zeal import zeal_context

# Wagtail's own screens ask per row here and there; that is not ours to mend.
NOT_OURS = "/admin/"


def watch(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that raises `zeal.NPlusOneError` from the second similar query of a request on."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(NOT_OURS):
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
