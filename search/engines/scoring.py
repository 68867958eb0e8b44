"""From a plan and postings to scores.

A stem counts its weight in the document times how rare it is. An alternative of several stems counts their mean, and only where
all of them stand. A group counts its best alternative plus a little for the others; a question of several groups adds a bonus
where every group is satisfied.
"""

import math
from collections.abc import Mapping

from search.engines.postings import SCALE, Posting
from search.planner import Alternative, Plan

Scores = dict[int, float]
# What further alternatives of a group add.
ALTERNATIVE_TIE = 0.1
EVERY_GROUP_BONUS = 6.0


def rarity(holders: int, documents: int) -> float:
    """BM25's inverse document frequency of a stem that `holders` of `documents` hold."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


def score(plan: Plan, postings: Mapping[str, Posting], documents: int) -> Scores:
    """Document id → score, for every document that satisfies a group. `documents` is the number of live ones."""
    stems = {stem: _stem_scores(posting, documents) for stem, posting in postings.items()}
    total: Scores = {}
    hits: dict[int, int] = {}
    for group in plan.groups:
        for document, value in _group_scores(group, stems).items():
            total[document] = total.get(document, 0.0) + value
            hits[document] = hits.get(document, 0) + 1
    if len(plan.groups) > 1:
        for document, count in hits.items():
            if count == len(plan.groups):
                total[document] += EVERY_GROUP_BONUS
    return total


def _stem_scores(posting: Posting, documents: int) -> Scores:
    factor = rarity(len(posting.ids), documents) / SCALE
    return {document: factor * weight for document, weight in zip(posting.ids, posting.weights, strict=True)}


def _group_scores(group: tuple[Alternative, ...], stems: Mapping[str, Scores]) -> Scores:
    best: Scores = {}
    others: Scores = {}
    for alternative in group:
        for document, value in _alternative_scores(alternative, stems).items():
            known = best.get(document)
            if known is None:
                best[document] = value
            else:
                best[document] = max(known, value)
                others[document] = others.get(document, 0.0) + min(known, value)
    for document, value in others.items():
        best[document] += ALTERNATIVE_TIE * value
    return best


def _alternative_scores(alternative: Alternative, stems: Mapping[str, Scores]) -> Scores:
    if len(alternative.stems) == 1:
        scores = stems.get(alternative.stems[0], {})
        weight = alternative.weight
        return scores if weight == 1.0 else {document: weight * value for document, value in scores.items()}
    columns = sorted((stems.get(stem, {}) for stem in alternative.stems), key=len)
    share = alternative.weight / len(columns)
    return {
        document: share * sum(column[document] for column in columns)
        for document in columns[0]
        if all(document in column for column in columns[1:])
    }
