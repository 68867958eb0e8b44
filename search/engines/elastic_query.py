"""A plan as a query of Elasticsearch. The scores are those of `scoring.py`: what is laid down there is said here once more."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.engines.scoring import ALTERNATIVE_TIE, EVERY_GROUP_BONUS
from search.planner import Alternative, Group, Plan

# `from` + `size` of Elasticsearch go no further.
WINDOW = 10_000
# More values than any facet has; without a size there would be ten.
_MOST_VALUES = 1_000
LIVE = Q("term", live=True)


class PlanQuery:
    """The queries of one plan. `rarity` tells how much a stem says; `field` is ALL or TEXT."""

    def __init__(self, plan: Plan, rarity: Callable[[str], float], field: str) -> None:
        self._plan = plan
        self._rarity = rarity
        self._field = field

    def found(self) -> Query:
        """Documents that answer the plan, without scores."""
        ways = [way for group in self._plan.groups for way in group if way.finds]
        return self._any(ways)

    def scored(self, *, filters: Iterable[Query] = (), shared: Iterable[Alternative] = ()) -> Query:
        """Documents that answer the plan and pass the filters, ranked, with what further stems add."""
        scores = [self._group(group) for group in self._plan.groups]
        telling = [[way for way in group if way.finds] for group in self._plan.groups]
        if len(telling) > 1 and all(telling):
            every = Q("bool", filter=[self._any(ways) for ways in telling])
            scores.append(Q("constant_score", filter=every, boost=EVERY_GROUP_BONUS))
        extra = self.shared(shared)
        return Q("bool", filter=[self.found(), *filters], should=[*scores, *([extra] if extra else [])])

    def shared(self, alternatives: Iterable[Alternative]) -> Query | None:
        """Documents that hold some of these single stems, ranked."""
        weights = {one.stems[0]: one.weight * self._rarity(one.stems[0]) for one in alternatives}
        return self._vector(weights) if weights else None

    def _group(self, group: Group) -> Query:
        ways = [self._way(way) for way in group]
        return ways[0] if len(ways) == 1 else Q("dis_max", queries=ways, tie_breaker=ALTERNATIVE_TIE)

    def _way(self, way: Alternative) -> Query:
        """What an alternative counts where all its stems stand: their mean."""
        share = way.weight / len(way.stems)
        stems = [self._vector({stem: share * self._rarity(stem)}) for stem in way.stems]
        return stems[0] if len(stems) == 1 else Q("bool", must=stems)

    def _vector(self, weights: Mapping[str, float]) -> Query:
        # Without `prune` off, a server from 8.19 on leaves out words that it takes for unimportant.
        return Q("sparse_vector", field=f"{self._field}_weights", query_vector=dict(weights), prune=False)

    def _any(self, ways: Iterable[Alternative]) -> Query:
        stems = f"{self._field}_stems"
        ways = list(ways)
        single = sorted({way.stems[0] for way in ways if len(way.stems) == 1})
        choices = [Q("bool", filter=[Q("term", **{stems: stem}) for stem in way.stems]) for way in ways if len(way.stems) > 1]
        if single:
            choices.append(Q("terms", **{stems: single}))
        return Q("bool", should=choices, minimum_should_match=1)


def selections(filters: Mapping[str, tuple[str, ...]], facets: Iterable[str]) -> dict[str, Query]:
    """Facet → query for its chosen codes; nothing fits a facet that is not there."""
    known = set(facets)
    return {
        name: Q("terms", **{f"facets.{name}": list(codes)}) if name in known else Q("match_none")
        for name, codes in filters.items()
    }


def add_counts(search: Search, facets: Iterable[str], chosen: Mapping[str, Query]) -> None:
    """Ask for the counts of all facets, each under the choices of all others, and for the total under all choices.

    Facets without a choice share one filter; each with a choice needs its own.
    """
    search.aggs.bucket("chosen", "filter", filter=Q("bool", filter=list(chosen.values())))
    for name in facets:
        if name in chosen:
            others = [query for other, query in chosen.items() if other != name]
            search.aggs.bucket(f"but_{name}", "filter", filter=Q("bool", filter=others))
        above = search.aggs[f"but_{name}" if name in chosen else "chosen"]
        above.bucket(f"of_{name}", A("terms", field=f"facets.{name}", size=_MOST_VALUES))


def read_counts(answer: Mapping[str, Any], facets: Iterable[str]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total under all choices, and facet → code → number."""
    counts = {}
    for name in facets:
        above = answer.get(f"but_{name}", answer["chosen"])
        counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in above[f"of_{name}"]["buckets"]}
    return answer["chosen"]["doc_count"], counts
