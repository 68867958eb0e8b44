"""What a school lets everybody see, on its public page."""

from typing import Any

from django.http import HttpRequest

from portal.content.slots import register
from schools.enums import Visibility
from schools.models.profile import SchoolProfile


def shown_profile(school: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What the school does already, when it wants that shown."""
    profile = SchoolProfile.objects.filter(school=school, visibility=Visibility.PUBLIC).first()
    if profile is None:
        return None
    practices = list(profile.practices.select_related("domain"))
    return ("schools/profile/shown.html", {"profile": profile, "practices": practices}) if practices else None


def work_here(school: Any, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The way in for who works there; the same for everybody, so that the page stays public."""
    return "schools/profile/work_here.html", {"place": school}


def fill_slots() -> None:
    """Fill the slots of the public pages of a school and a board."""
    register("school-main", shown_profile, queries=2)
    register("school-aside", work_here, queries=0)
    register("board-aside", work_here, queries=0)
