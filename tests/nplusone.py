"""The N+1 detector as middleware: a view of ours that asks the database once per row fails its test."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from zeal import zeal_context

# Wagtail's own screens and allauth's ask per row here and there; that is not ours to mend. `/account/` itself is ours.
NOT_OURS = re.compile("/(admin/|account/.)")


def watch(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that raises `zeal.NPlusOneError` from the second similar query of a request on."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if NOT_OURS.match(request.path):
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
