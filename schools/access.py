"""The door of every page that is not public: sign in first, then 404 for what is not yours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from schools.models.register import Board, School
from schools.permissions import boards_for, schools_for, schools_led_by

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Send a visitor to the sign-in, alike for what is there and what is not; keep the answer out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = redirect_to_login(request.get_full_path())
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def own_school(request: HttpRequest, code: str) -> School:
    """The school with this code, for who belongs to it. Raises Http404 for others."""
    return get_object_or_404(schools_for(request.user).select_related("board"), code=code)


def led_school(request: HttpRequest, code: str) -> School:
    """The school with this code, for who writes for it. Raises Http404 for others."""
    return get_object_or_404(schools_led_by(request.user).select_related("board"), code=code)


def own_board(request: HttpRequest, number: str) -> Board:
    """The board with this number, for its members. Raises Http404 for others."""
    return get_object_or_404(boards_for(request.user), number=number)
