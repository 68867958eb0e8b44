"""What matching costs: the best pages for a need, beside one question to the finder."""

from collections.abc import Callable
from functools import partial

from schools.matching.finding import matches
from schools.matching.wanted import Wanted
from search.finder import find
from search.query import SearchQuery

NEED = Wanted(
    domain="gebouw-bedrijfsvoering", topics=("afval", "water"), text="minder water gebruiken op het schoolplein", sectors=("po",)
)


def matching() -> dict[str, Callable[[], object]]:
    """A need matched, and its words alone asked of the finder."""
    return {
        "portal: six matches with reasons": partial(matches, NEED, 6),
        "portal: one question to the finder": partial(find, SearchQuery(NEED.text)),
    }
