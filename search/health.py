"""Is the finder at full strength, and does the index keep up?"""

from datetime import timedelta

from django.utils import timezone

from search.engines.base import EngineUnavailable
from search.finder import engine
from search.models import IndexRow

PATIENCE = timedelta(minutes=5)


def finder_health() -> str:
    """The problem of the engine, or an empty string."""
    try:
        return "the index must be rebuilt" if engine().needs_rebuild() else ""
    except EngineUnavailable as error:
        return str(error)


def indexing_health() -> str:
    """Whether documents wait for longer than the worker needs."""
    waiting = IndexRow.objects.filter(attempts__gt=0, not_before__gt=timezone.now() - PATIENCE).count()
    return f"{waiting} documents wait for an engine" if waiting else ""
