"""The ways into the register from the pages of the site: the same for everybody, so that these pages may be kept."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register


def find_school(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """On the first page: look up one's school."""
    return "schools/parts/find.html", {}


def for_schools(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """At the foot of every page: schools, advisers, my school."""
    return "schools/parts/footer.html", {}


def fill_slots() -> None:
    """Fill the slots of the ground floor."""
    register("home", find_school, queries=0)
    register("footer", for_schools, queries=0)
