"""The flower on the page of a school, for who belongs to it."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register
from schools.models import Scan, School
from schools.permissions import leads
from schools.scan.flower import petals


def on_my_school(school: School, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """How far the school is, or the way to find out."""
    scan = Scan.objects.filter(school=school).finished().first()
    values = {
        "school": school,
        "scan": scan,
        "petals": petals(scan.result) if scan else (),
        "may_fill": leads(request.user, school),
    }
    return "schools/scan/slot.html", values


def fill_slots() -> None:
    """Fill the slot of the page of a school that its people see."""
    register("my-school-main", on_my_school, queries=2)
