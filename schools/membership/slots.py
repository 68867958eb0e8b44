"""My schools at the top of every page and on the page of one's account."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.content.slots import register
from schools.addresses import page_of
from schools.enums import Role
from schools.models.membership import Membership


def way_to_my_school(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For members a link at the top of every page: straight to the only school or board somebody belongs to, or else to the list.

    Without a session it costs no query and the page stays the same for everybody, so that it may be kept.
    """
    # Where a request was refused early nobody looked who sent it.
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if user is None or not user.is_authenticated:
        return None
    memberships = list(Membership.objects.granted_to(user).select_related("school", "board")[:2])
    if not memberships:
        return None
    address = page_of(memberships[0].place) if len(memberships) == 1 else reverse("schools:mine")
    board_only = all(membership.role == Role.BOARD for membership in memberships)
    return "schools/mine/parts/header.html", {"address": address, "board_only": board_only}


def my_places(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The schools and boards of who signed in, or the way to the first."""
    memberships = list(Membership.objects.granted_to(request.user).select_related("school", "board"))
    return "schools/mine/parts/account.html", {"memberships": memberships}


def fill_slots() -> None:
    """Fill the slots of the ground floor."""
    register("header", way_to_my_school, queries=1)
    register("account", my_places, queries=1)
