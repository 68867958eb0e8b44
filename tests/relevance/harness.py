"""How well an engine finds what teachers ask for, on judged questions.

The judgments (`queries.json`) grade topics, not documents: 3 is exactly this, 2 strongly related, 1 in passing. A document gains
the highest grade among its topics. A question whose topics have fewer than two documents says nothing about an engine: it is left
out and counted. Tune the method, never a document, a tag or a question.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from search.documents import SearchDocument

QUERIES = Path(__file__).parent / "queries.json"
DEPTH = 10
FEWEST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A question and the grade (1-3) of each topic that answers it; `traps` are what makes it hard."""

    id: str
    text: str
    grades: Mapping[str, int]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """A document and the codes of its topics."""

    document: SearchDocument
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class QueryScore:
    """How one question was answered; `found` is the number of hits, `gains` those of the first DEPTH."""

    query: JudgedQuery
    ndcg: float
    recall: float
    found: int
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The answers to all questions that could be judged, and the number that could not."""

    scores: tuple[QueryScore, ...]
    left_out: int

    @property
    def ndcg10(self) -> float:
        """Mean nDCG over the first ten."""
        return fmean(score.ndcg for score in self.scores)

    @property
    def recall10(self) -> float:
        """Mean share, among the first ten, of the graded documents (of ten at most) that could stand there."""
        return fmean(score.recall for score in self.scores)

    @property
    def zero_hit(self) -> int:
        """Number of questions without any hit."""
        return sum(not score.found for score in self.scores)

    def by_trap(self) -> dict[str, tuple[float, int]]:
        """Per trap the mean nDCG and the number of questions, worst first."""
        traps = {trap for score in self.scores for trap in score.query.traps}
        values = {trap: [score.ndcg for score in self.scores if trap in score.query.traps] for trap in traps}
        return dict(
            sorted(((trap, (fmean(of_trap), len(of_trap))) for trap, of_trap in values.items()), key=lambda item: item[1])
        )

    def summary(self) -> dict[str, float]:
        """The three figures, as they are written to reports."""
        return {"ndcg10": round(self.ndcg10, 4), "recall10": round(self.recall10, 4), "zero_hit": self.zero_hit}


def load_queries(path: Path = QUERIES) -> list[JudgedQuery]:
    """The judged questions."""
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    return [JudgedQuery(item["id"], item["query"], item["judgments"], tuple(item["traps"])) for item in items]


def evaluate(
    answer: Callable[[str], Sequence[str]], documents: Iterable[TaggedDocument], queries: Iterable[JudgedQuery] | None = None
) -> Report:
    """Ask `answer` (question → keys, best first) every judged question and grade what comes back."""
    topics = {tagged.document.key: tagged.topics for tagged in documents}
    scores, left_out = [], 0
    for query in load_queries() if queries is None else queries:
        gains = {
            key: gain for key, tags in topics.items() if (gain := max((query.grades.get(tag, 0) for tag in tags), default=0))
        }
        if len(gains) < FEWEST_DOCUMENTS:
            left_out += 1
            continue
        scores.append(_score(query, list(answer(query.text)), gains))
    return Report(tuple(scores), left_out)


def _score(query: JudgedQuery, found: list[str], gains: Mapping[str, int]) -> QueryScore:
    got = tuple(gains.get(key, 0) for key in found[:DEPTH])
    ideal = sorted(gains.values(), reverse=True)[:DEPTH]
    return QueryScore(query, _dcg(got) / _dcg(ideal), sum(map(bool, got)) / len(ideal), len(found), got)


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(position + 2) for position, gain in enumerate(gains))
