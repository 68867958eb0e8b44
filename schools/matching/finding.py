"""The best pages for a need: three questions to the finder, then weighed for this school.

The finder knows words and codes, and nothing of schools; what it brings is weighed here by sector, domain, topic and place, and
by what schools said of it. A page counts at most once, and a few kinds of pages are mixed: something to do, something to copy,
something to know, somebody to turn to.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.content.cards import Card, cards_for, specific_pages
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, Vocabulary, vocabulary
from portal.vocabulary.tags import Tags, concepts_of
from schools.matching.enums import Verdict
from schools.matching.reasons import Reasons
from schools.matching.uses import Told, told
from schools.matching.wanted import KINDS, Wanted
from search.finder import find
from search.query import SearchQuery
from search.registry import sources

# How many pages each question brings.
BROUGHT = 24
# What a page earns, in points. The words of the need weigh most when the finder puts the page first, and less with each place.
TOPIC, WORDS, DOMAIN, SECTOR, PLACE = 3.0, 2.5, 2.0, 1.0, 1.0
MOST_TOPICS = 2
# A page for other sectors only is of little use.
OTHER_SECTOR = -5.0
# The register says of each school whether it is one of these: who is not has no use for what is for these alone.
APART = frozenset({"sbo"})
# A school that says "not useful" does not want to see it again; others' words count a little.
NOT_USEFUL, HELPED_OTHERS, USELESS_TO_OTHERS = -20.0, 0.2, -0.4
MOST_OTHERS = 5
# Up to this place a page is said to answer to the words of the need.
WELL_FOUND = 8

# Points, reasons, page.
Weighed = tuple[float, Reasons, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A page for a need: its card, how well it fits, why, and what this school said of it (empty: nothing yet)."""

    card: Card
    score: float
    reasons: Reasons
    verdict: str = ""

    @property
    def why(self) -> str:
        """The reasons in one sentence."""
        return self.reasons.sentence()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A page the finder brought: its place (from 0) for the words of the need, None when it came otherwise."""

    key: int
    rank: int | None


def matches(wanted: Wanted, limit: int = 6, *, school: int | None = None) -> list[Match]:
    """The best pages for a need, best first, at most `limit`. `school` (a key) sinks what it called not useful.

    At most three questions to the finder, and a number of queries that does not grow with what they bring. Nothing when no
    engine answers.
    """
    words = vocabulary()
    candidates = _candidates(wanted, words)
    pages = specific_pages([candidate.key for candidate in candidates])
    if not pages:
        return []
    tags = concepts_of(pages)
    said = told([page.pk for page in pages], school=school)
    ranks = {candidate.key: candidate.rank for candidate in candidates}
    weighed = [(*_weigh(wanted, page, tags[page.pk], ranks[page.pk], said.get(page.pk, Told()), words), page) for page in pages]
    weighed.sort(key=lambda row: -row[0])
    chosen = _mixed(weighed, limit)
    cards = cards_for(page for _, _, page in chosen)
    return [
        Match(card, score, reasons, said.get(card.key, Told()).verdict)
        for card, (score, reasons, _) in zip(cards, chosen, strict=True)
    ]


def _candidates(wanted: Wanted, words: Vocabulary) -> list[_Candidate]:
    """What the finder brings: for the words, for the topics, for the domain."""
    kinds = {"kind": tuple(source.kind for source in sources().values() if source.kind in KINDS)}
    questions = []
    if wanted.text:
        questions.append(SearchQuery(wanted.text, filters=kinds, size=BROUGHT))
    if wanted.topics:
        questions.append(SearchQuery(filters={**kinds, "topic": wanted.topics}, size=BROUGHT, sort="new"))
    if wanted.domain:
        near = {**kinds, "wsa": (wanted.domain,), "sector": _wider(wanted.sectors, words)}
        questions.append(SearchQuery(filters=near, size=BROUGHT, sort="new"))
    found: dict[int, _Candidate] = {}
    for query in questions:
        for rank, hit in enumerate(find(query).hits):
            if hit.key.isdigit():
                key = int(hit.key)
                found.setdefault(key, _Candidate(key, rank if query.text else None))
    return list(found.values())


def _weigh(wanted: Wanted, page: Any, tags: Tags, rank: int | None, said: Told, words: Vocabulary) -> tuple[float, Reasons]:
    """The points of one page, and why."""
    domain = next((one for one in tags.get("wsa", ()) if one.code == wanted.domain), None)
    topics = tuple(one for one in tags.get("topics", ()) if _among(one, wanted.topics, words))[:MOST_TOPICS]
    sectors, fits = _sectors(wanted, tags.get("sectors", ()), words)
    place, region = _place(wanted, page), _region(wanted, tags)
    score = (
        TOPIC * len(topics)
        + (WORDS / (1 + rank / 4) if rank is not None else 0)
        + (DOMAIN if domain else 0)
        + (SECTOR if fits else OTHER_SECTOR)
        + (PLACE if place or region else 0)
        + HELPED_OTHERS * min(said.helped, MOST_OTHERS)
        + USELESS_TO_OTHERS * min(said.useless, MOST_OTHERS)
        + (NOT_USEFUL if said.verdict == Verdict.NOT_USEFUL else 0)
    )
    words_fit = rank is not None and rank < WELL_FOUND
    return score, Reasons(domain, topics, sectors, place=place, region=region, words=words_fit, used_by=said.helped)


def _among(concept: ConceptValue, codes: Sequence[str], words: Vocabulary) -> bool:
    """Whether a topic is one of these, or part of one."""
    return any(one.code in codes for one in (concept, *words.ancestors(concept)))


def _sectors(wanted: Wanted, offered: Sequence[ConceptValue], words: Vocabulary) -> tuple[tuple[ConceptValue, ...], bool]:
    """The sectors of the page that are the school's, and whether the page is for this school at all: one without sectors is for
    everybody."""
    if not offered or not wanted.sectors:
        return (), True
    near = set(_wider(wanted.sectors, words))
    # A school that names a part of a sector is that part alone; one that names the whole may be any part of it.
    whole = set(wanted.sectors) - _in_part(wanted.sectors, words)
    shared = tuple(
        one
        for one in offered
        if one.code in near or (one.code not in APART and any(wider.code in whole for wider in words.ancestors(one)))
    )
    return shared[:2], bool(shared)


def _in_part(sectors: Sequence[str], words: Vocabulary) -> set[str]:
    """The sectors of which a part is named."""
    concepts = [words.get(Scheme.SECTOR, code) for code in sectors]
    return {wider.code for concept in concepts if concept for wider in words.ancestors(concept)}


def _wider(sectors: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The sectors of a school and those they are part of."""
    concepts = [words.get(Scheme.SECTOR, code) for code in sectors]
    return tuple(dict.fromkeys(one.code for concept in concepts if concept for one in (concept, *words.ancestors(concept))))


def _place(wanted: Wanted, page: Any) -> str:
    """The municipality of the school, when the page comes from there."""
    municipality: str = getattr(page, "municipality", "")
    return municipality if municipality.casefold() == wanted.municipality.casefold() else ""


def _region(wanted: Wanted, tags: Tags) -> str:
    """The province of the school, when whom the page is about works there."""
    return next((one.label for one in tags.get("provinces", ()) if one.code == wanted.province), "")


def _mixed(weighed: Sequence[Weighed], limit: int) -> list[Weighed]:
    """The best, with no more of a kind than KINDS says; when that leaves room, the best of the rest. What earns no points at all
    stays away."""
    taken: Counter[str] = Counter()
    first: list[Weighed] = []
    rest: list[Weighed] = []
    for row in weighed:
        kind = row[2].kind
        if row[0] <= 0:
            break
        taken[kind] += 1
        (first if taken[kind] <= KINDS[kind] else rest).append(row)
    return sorted([*first[:limit], *rest[: max(0, limit - len(first))]], key=lambda row: -row[0])
