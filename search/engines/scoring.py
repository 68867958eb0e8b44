"""From a plan and postings to scores.

A stem counts its weight in the document times how rare it is. An alternative of several stems counts their mean, and only where
all of them stand. A group counts its best alternative plus a little for the others; a question of several groups adds a bonus
where every group is satisfied by an alternative that finds.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.engines.postings import SCALE, Posting
from search.planner import Alternative, Group, Plan

Scores = dict[int, float]
# What further alternatives of a group add.
ALTERNATIVE_TIE = 0.1
EVERY_GROUP_BONUS = 1.0


@dataclass(frozen=True, slots=True)
class Scored:
    """`scores` of all documents that hold something of the question, by id; `found` are those that answer it."""

    scores: Scores
    found: set[int]


def rarity(holders: int, documents: int) -> float:
    """BM25's inverse document frequency of a stem that `holders` of `documents` hold."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


def stem_scores(posting: Posting, documents: int) -> Scores:
    """What a stem counts in each document that holds it; `documents` is the number of live ones."""
    factor = rarity(len(posting.ids), documents) / SCALE
    return {document: factor * weight for document, weight in zip(posting.ids, posting.weights, strict=True)}


def score(plan: Plan, postings: Mapping[str, Posting], documents: int) -> Scored:
    """Score the documents for a plan, given the postings of its stems. `documents` is the number of live ones."""
    stems = {stem: stem_scores(posting, documents) for stem, posting in postings.items()}
    scores: Scores = {}
    hits: dict[int, int] = {}
    for group in plan.groups:
        values, found = _group_scores(group, stems)
        for document, value in values.items():
            scores[document] = scores.get(document, 0.0) + value
        for document in found:
            hits[document] = hits.get(document, 0) + 1
    if len(plan.groups) > 1:
        for document, count in hits.items():
            if count == len(plan.groups):
                scores[document] += EVERY_GROUP_BONUS
    return Scored(scores, set(hits))


def add(scores: Scores, alternatives: Iterable[Alternative], postings: Mapping[str, Posting], documents: int) -> None:
    """Add what these alternatives of one stem each count, to every document that holds them."""
    for alternative in alternatives:
        if posting := postings.get(alternative.stems[0]):
            for document, value in stem_scores(posting, documents).items():
                scores[document] = scores.get(document, 0.0) + alternative.weight * value


def _group_scores(group: Group, stems: Mapping[str, Scores]) -> tuple[Scores, set[int]]:
    best: Scores = {}
    others: Scores = {}
    found: set[int] = set()
    for alternative in group:
        values = _alternative_scores(alternative, stems)
        if alternative.finds:
            found.update(values)
        for document, value in values.items():
            known = best.get(document)
            if known is None:
                best[document] = value
            else:
                best[document] = max(known, value)
                others[document] = others.get(document, 0.0) + min(known, value)
    for document, value in others.items():
        best[document] += ALTERNATIVE_TIE * value
    return best, found


def _alternative_scores(alternative: Alternative, stems: Mapping[str, Scores]) -> Scores:
    if len(alternative.stems) == 1:
        scores = stems.get(alternative.stems[0], {})
        weight = alternative.weight
        return dict(scores) if weight == 1.0 else {document: weight * value for document, value in scores.items()}
    columns = sorted((stems.get(stem, {}) for stem in alternative.stems), key=len)
    share = alternative.weight / len(columns)
    return {
        document: share * sum(column[document] for column in columns)
        for document in columns[0]
        if all(document in column for column in columns[1:])
    }
