"""The log knows people by the number of their account alone, which says nothing when the account is gone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from portal.audit.models import Entry
from portal.privacy import classify, register

classify("audit.Entry", personal="actor", internal="at action target_kind target facts")


def _export(user: Any) -> list[dict[str, Any]]:
    about = Q(actor=user.pk) | Q(target_kind=user._meta.label_lower, target=str(user.pk))
    return list(Entry.objects.filter(about).values("at", "action", "target_kind", "target", "facts"))


def _erase(people: Sequence[Any]) -> None:
    """Nothing: see above."""


register("rights", export=_export, erase=_erase)
