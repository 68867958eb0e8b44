"""From a plan and postings to scores.

A stem counts its weight in the document times how rare it is. An alternative of several stems counts their mean, and only where
all of them stand. A group counts its best alternative plus a little for the others; a question of several groups adds a bonus
where every group is satisfied by an alternative that finds.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from search.engines.postings import SCALE, Posting
from search.planner import Alternative, Group, Plan

Scores = dict[int, float]
# What further alternatives of a group add.
ALTERNATIVE_TIE = 0.2
EVERY_GROUP_BONUS = 1.0
# Looking a few documents up in a long posting costs less than walking along all of it; from this ratio on.
_FEW = 16


def rarity(holders: int, documents: int) -> float:
    """BM25's inverse document frequency of a stem that `holders` of `documents` hold."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


def score(plan: Plan, postings: Mapping[str, Posting], documents: int) -> Scores:
    """Id → score of every document that answers the plan, given the postings of its stems and the number of live documents."""
    groups = [_GroupScores(group) for group in plan.groups]
    for group in groups:
        group.find(postings, documents)
    satisfied = Counter(chain.from_iterable(group.best for group in groups))
    scores: Scores = {}
    for group in groups:
        group.rank(satisfied, postings, documents)
        _sum_up(scores, group.best, 1.0)
        _sum_up(scores, group.others, ALTERNATIVE_TIE)
    if len(groups) > 1:
        for document, number in satisfied.items():
            if number == len(groups):
                scores[document] += EVERY_GROUP_BONUS
    return scores


def add(
    scores: Scores,
    alternatives: Iterable[Alternative],
    postings: Mapping[str, Posting],
    documents: int,
    *,
    among: Collection[int] | None = None,
) -> None:
    """Add what these alternatives count, to the documents `among` or else to all that hold them."""
    for alternative in alternatives:
        _sum_up(scores, _values(alternative, postings, documents, among), 1.0)


def _sum_up(scores: Scores, values: Scores, share: float) -> None:
    if scores or share != 1.0:
        for document, value in values.items():
            scores[document] = scores.get(document, 0.0) + share * value
    else:
        scores.update(values)


@dataclass(slots=True)
class _GroupScores:
    """The best alternative of a group in each document, and the sum of the others."""

    group: Group
    best: Scores = field(default_factory=dict)
    others: Scores = field(default_factory=dict)

    def find(self, postings: Mapping[str, Posting], documents: int) -> None:
        """The alternatives that find, in all documents."""
        for alternative in self.group:
            if alternative.finds:
                self._merge(_values(alternative, postings, documents, None))

    def rank(self, found: Collection[int], postings: Mapping[str, Posting], documents: int) -> None:
        """The alternatives that only rank, in the documents that were found."""
        for alternative in self.group:
            if not alternative.finds:
                self._merge(_values(alternative, postings, documents, found))

    def _merge(self, values: Scores) -> None:
        if not self.best:
            self.best = values
            return
        best, others = self.best, self.others
        for document, value in values.items():
            known = best.get(document)
            if known is None:
                best[document] = value
            elif value > known:
                best[document] = value
                others[document] = others.get(document, 0.0) + known
            else:
                others[document] = others.get(document, 0.0) + value


def _values(alternative: Alternative, postings: Mapping[str, Posting], documents: int, among: Collection[int] | None) -> Scores:
    """What an alternative counts in the documents that hold all its stems, or in those `among` them."""
    columns = [postings[stem] for stem in alternative.stems if stem in postings]
    if len(columns) < len(alternative.stems):
        return {}
    columns.sort(key=lambda column: len(column.ids))
    factors = [alternative.weight * rarity(len(column.ids), documents) / (SCALE * len(columns)) for column in columns]
    values = _column(columns[0], factors[0], among)
    for column, factor in zip(columns[1:], factors[1:], strict=True):
        more = _column(column, factor, values)
        values = {document: values[document] + value for document, value in more.items()}
    return values


def _column(posting: Posting, factor: float, among: Collection[int] | None) -> Scores:
    ids, weights = posting.ids, posting.weights
    if among is None:
        return {document: factor * weight for document, weight in zip(ids, weights, strict=True)}
    if len(among) * _FEW > len(ids):
        return {document: factor * weight for document, weight in zip(ids, weights, strict=True) if document in among}
    places = ((document, bisect_left(ids, document)) for document in among)
    return {document: factor * weights[at] for document, at in places if at < len(ids) and ids[at] == document}
