"""What is kept of who said something of a page: the word is the school's, and stays with it."""

from collections.abc import Sequence
from typing import Any

from portal.privacy import register
from schools.models import PageUse


def _export(user: Any) -> dict[str, Any]:
    uses = PageUse.objects.filter(person_id=user.pk).order_by("pk")
    return {"said_of_pages": list(uses.values("school__name", "page__title", "verdict", "told_at"))}


def _erase(people: Sequence[Any]) -> None:
    """Who said something is emptied by the database."""


register("uses", export=_export, erase=_erase)
