"""What the best answers have in common, as further stems to rank by.

Documents about one subject share words that the question does not hold. The stems that tell most about the first answers, each
counting a little, lift the answers that are really about the subject, and reach documents on it that use other words.
"""

from collections.abc import Iterable, Mapping

from search.planner import Alternative

# How many of the first answers speak, with how many of their stems each, and how many stems they agree on at most.
ANSWERS = 8
STEMS_EACH = 30
STEMS = 20
# What all these stems together count, per group of the question.
STRENGTH = 1.0


def shared_stems(answers: Iterable[tuple[float, Mapping[str, float]]], *, strength: float = STRENGTH) -> tuple[Alternative, ...]:
    """`answers` are scores, each with what the stems of that document tell (weight × rarity); the result are at most STEMS
    alternatives of one stem that only rank, their weights together `strength`."""
    told: dict[str, float] = {}
    for score, stems in answers:
        for stem, value in stems.items():
            told[stem] = told.get(stem, 0.0) + score * value
    best = sorted(told.items(), key=lambda item: (-item[1], item[0]))[:STEMS]
    total = sum(value for _, value in best)
    return tuple(Alternative((stem,), strength * value / total, finds=False) for stem, value in best if value > 0)
