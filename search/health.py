"""Is the finder at full strength, and does the index keep up?"""

from django.conf import settings

from search.breaker import Breaker
from search.engines.base import EngineUnavailable
from search.finder import engine_for
from search.models import IndexRow


def finder_health() -> str:
    """The problems of the engines, or an empty string."""
    problems = {sink: _problem(sink) for sink in settings.SEARCH_SINKS}
    return "; ".join(f"{sink}: {problem}" for sink, problem in problems.items() if problem)


def _problem(sink: str) -> str:
    if Breaker(sink).is_open():
        return "does not answer"
    try:
        return "the index must be rebuilt" if engine_for(sink).needs_rebuild() else ""
    except EngineUnavailable as error:
        return str(error)


def indexing_health() -> str:
    """Whether documents wait for an engine that did not take them."""
    waiting = IndexRow.objects.filter(attempts__gt=0).count()
    return f"{waiting} documents wait for an engine" if waiting else ""
