"""Lessons are for everybody; who imported them is kept as long as the import."""

from collections.abc import Sequence
from typing import Any

from lessons.models import ImportJob
from portal.privacy import classify, register

classify(
    "lessons.LessonPage",
    public="summary image checked_on review_on goal minutes minutes_note preparation group_size cost needs steps materials"
    " licence maker source_url elsewhere sectors wsa sdg47 sdgs topics"
    " grades subjects places greencomp materials_kinds languages",
)
classify("lessons.LessonIndexPage", public="summary image body")
classify("lessons.CurriculumLink", public="sort_order page concept why")
classify(
    "lessons.ImportJob",
    personal="user file name report message",
    internal="index state rows_total rows_done written lease lease_until attempts created_at finished_at",
)


def _export(user: Any) -> list[dict[str, Any]]:
    return list(ImportJob.objects.for_user(user).order_by("pk").values("name", "state", "created_at", "report"))


def _erase(people: Sequence[Any]) -> None:
    """The rows go with the account; their files do not."""
    for person in people:
        for job in ImportJob.objects.for_user(person).exclude(file=""):
            job.file.delete(save=False)


register("imports", export=_export, erase=_erase)
