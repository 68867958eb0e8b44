"""What scans tell about people: who began one. The answers are about the school, and stay with it."""

from collections.abc import Sequence
from typing import Any

from portal.privacy import register
from schools.models import Scan


def _export(user: Any) -> dict[str, Any]:
    scans = Scan.objects.filter(person_id=user.pk).order_by("pk")
    return {"scans_begun": list(scans.values("school__name", "begun_at", "finished_at"))}


def _erase(people: Sequence[Any]) -> None:
    """Who began a scan is emptied by the database."""


register("scans", export=_export, erase=_erase)
