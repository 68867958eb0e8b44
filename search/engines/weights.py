"""How much a stem says about a document: BM25 per field, folded into two numbers when the document is written.

A weight depends on its document alone (the lengths are compared with typical ones, not with averages of the index), so writing
one document never changes another. How rare a stem is comes in when a question is asked.
"""

from collections import Counter
from dataclasses import dataclass, field

from search.documents import SearchDocument
from search.dutch.analysis import Analyzer

K1 = 1.2
B = 0.75
# What a stem in a further field adds to its weight in the best one.
FIELD_TIE = 0.3
# What a member of a compound counts against a word of its own.
MEMBER_SHARE = 0.65


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document, what it counts, and how many stems it usually has."""

    name: str
    boost: float
    typical_length: int


TEXT_FIELDS = (
    Field("title", 4.0, 4),
    Field("intro", 3.0, 15),
    Field("body", 1.0, 200),
    Field("audience", 3.0, 8),
    Field("links", 1.5, 30),
)
LABELS = Field("labels", 3.0, 20)


@dataclass(frozen=True, slots=True)
class Weight:
    """The weight of a stem in a document, without and with the field of labels."""

    text: float
    all: float


@dataclass(slots=True)
class WeighedDocument:
    """The weights of a document's stems, and its folded words with their stems."""

    weights: dict[str, Weight] = field(default_factory=dict)
    surface: dict[str, str] = field(default_factory=dict)


def weigh(document: SearchDocument, analyzer: Analyzer) -> WeighedDocument:
    """Analyse all fields of a document and weigh its stems."""
    text: dict[str, list[float]] = {}
    labels: dict[str, list[float]] = {}
    surface: dict[str, str] = {}
    for spec in (*TEXT_FIELDS, LABELS):
        analysed = analyzer.analyse(getattr(document, spec.name))
        surface |= analysed.surface
        into = labels if spec is LABELS else text
        for stems, boost in ((analysed.stems, spec.boost), (analysed.members, spec.boost * MEMBER_SHARE)):
            norm = K1 * (1 - B + B * len(stems) / spec.typical_length)
            for stem, count in Counter(stems).items():
                into.setdefault(stem, []).append(boost * count * (K1 + 1) / (count + norm))
    weights = {
        stem: Weight(_folded(text.get(stem, [])), _folded(text.get(stem, []) + labels.get(stem, []))) for stem in text | labels
    }
    return WeighedDocument(weights, surface)


def _folded(scores: list[float]) -> float:
    if len(scores) == 1:
        return scores[0]
    best = max(scores, default=0.0)
    return best + FIELD_TIE * (sum(scores) - best)
