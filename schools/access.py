"""The door of every page that is not public: sign in first, then 404 for what is not yours."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from schools import unsent
from schools.models.register import Board, School
from schools.permissions import boards_for, schools_for, schools_led_by

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Send a visitor to the sign-in, alike for what is there and what is not; keep the answer out of every cache. Who pressed a
    button comes back to the page it stood on: nothing was done yet, and the address of a button is no page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
        else:
            page = _page_of(request)
            response = redirect_to_login(page)
            if request.method == "POST":
                messages.warning(request, _kept(request, page))
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _page_of(request: HttpRequest) -> str:
    """The address to come back to after the sign-in."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        return urlsplit(before)._replace(scheme="", netloc="", fragment="").geturl()
    return reverse("schools:mine")


def _kept(request: HttpRequest, page: str) -> str:
    """Keep what was typed when it was sent from the page of its form, and say whether it was."""
    if urlsplit(page).path == request.path and unsent.keep(request):
        return _("You were signed out. Sign in: what you typed still stands in the form then.")
    return _("You were signed out, and nothing was kept. Sign in and do it once more.")


def own_school(request: HttpRequest, code: str) -> School:
    """The school with this code, for who belongs to it. Raises Http404 for others."""
    return get_object_or_404(schools_for(request.user).select_related("board"), code=code)


def led_school(request: HttpRequest, code: str) -> School:
    """The school with this code, for who writes for it. Raises Http404 for others."""
    return get_object_or_404(schools_led_by(request.user).select_related("board"), code=code)


def own_board(request: HttpRequest, number: str) -> Board:
    """The board with this number, for its members. Raises Http404 for others."""
    return get_object_or_404(boards_for(request.user), number=number)
