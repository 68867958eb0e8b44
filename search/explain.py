"""A plan in words, for editors who wonder why something is found."""

from dataclasses import dataclass

from search import finder


@dataclass(frozen=True, slots=True)
class ExplainedGroup:
    """One word of a question: (stems that a page must hold, how much that counts) for each way to satisfy it."""

    ways: tuple[tuple[str, float], ...]


def explain(text: str) -> list[ExplainedGroup]:
    """The groups of the plan for a question, best way first. Empty when no engine works."""
    groups = finder.plan(text).groups
    return [ExplainedGroup(tuple((" + ".join(way.stems), way.weight) for way in group)) for group in groups]
