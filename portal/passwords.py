"""Pages and documents that ask for a password."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def back_to_a_path(authenticate: View) -> View:
    """Wagtail's view that takes the password, which would look for a route by the name of the address to go back to, and fail,
    when that is no more than a word. Such an address leads home instead."""

    def view(request: HttpRequest, **values: Any) -> HttpResponse:
        if request.method == "POST" and "/" not in request.POST.get("return_url", "/"):
            sent = request.POST.copy()
            sent["return_url"] = "/"
            request.POST = sent  # type: ignore[assignment]
        return authenticate(request, **values)

    return view
