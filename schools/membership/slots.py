"""My schools on the page of one's account."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register
from schools.models.membership import Membership


def my_places(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The schools and boards of who signed in, or the way to the first."""
    memberships = list(Membership.objects.granted_to(request.user).select_related("school", "board"))
    return "schools/mine/parts/account.html", {"memberships": memberships}


def fill_slots() -> None:
    """Fill the slot of the ground floor."""
    register("account", my_places, queries=1)
