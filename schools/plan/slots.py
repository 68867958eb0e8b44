"""The way to the plan and to what colleagues did, on the page of a school that its people see."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register
from schools.models import School


def on_my_school(school: School, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Two links."""
    return "schools/plan/slot.html", {"school": school}


def fill_slots() -> None:
    """Fill the slot."""
    register("my-school-aside", on_my_school, queries=0)
