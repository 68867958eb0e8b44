"""Numbers that tell a process whether what it keeps in memory is still true.

Whoever changes something that others keep (a page, a concept, an image, a setting) bumps a stamp in the same transaction; whoever
keeps something keeps the stamp with it and compares. One indexed query reads them all, so no time-out decides what is true.
"""

import threading
import time
from collections.abc import Mapping

from django.core.signals import request_finished, request_started
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

CONTENT = "content"
VOCABULARY = "vocabulary"

_request = threading.local()


class Stamp(models.Model):
    """A number that is another one after each change to one kind of thing."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


def bump(name: str) -> int:
    """Say that something of this kind changed; returns the new value. Call it in the transaction of the change: it holds the
    row until the commit, so that values follow the order of the commits."""
    # At least the time in nanoseconds: a bare counter would give a number out again after a rollback or a restored backup, and
    # what was kept under it then would pass for true.
    following = Greatest(F("value") + 1, Value(time.time_ns()))
    with transaction.atomic():
        if not Stamp.objects.filter(pk=name).update(value=following):
            Stamp.objects.get_or_create(pk=name)
            Stamp.objects.filter(pk=name).update(value=following)
        # Whoever changes something asks again for the rest of the request: after a rollback, what was remembered was never true.
        _request.active, _request.stamps = False, None
        return Stamp.objects.values_list("value", flat=True).get(pk=name)


def read() -> Mapping[str, int]:
    """All stamps by name (a missing one counts as 0): one query, and one only within a web request."""
    kept: Mapping[str, int] | None = getattr(_request, "stamps", None)
    if kept is not None:
        return kept
    stamps = dict(Stamp.objects.values_list("name", "value"))
    if getattr(_request, "active", False):
        _request.stamps = stamps
    return stamps


def _begin(**kwargs: object) -> None:
    _request.active, _request.stamps = True, None


def _end(**kwargs: object) -> None:
    _request.active, _request.stamps = False, None


request_started.connect(_begin, dispatch_uid="stamps-begin")
request_finished.connect(_end, dispatch_uid="stamps-end")
