"""From a question to a plan that any engine can carry out: groups of weighted alternatives.

Each word of the question (or row of words that is one notion) becomes a group. Its alternatives are the word itself, its
synonyms, its neighbours written as one word, the members of a compound, nearby spellings and relatives; each says which stems a
document must hold and how much that counts. A document's score is the sum over the groups of its best alternative.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from search.dutch.analysis import Analyzer, Term
from search.dutch.families import MINIMUM, roots, sound
from search.dutch.spelling import Candidate
from search.dutch.tokens import fold, tokens
from search.query import MAX_WORDS
from search.synonyms import Stems, SynonymTable

EXACT = 1.0
JOINED = 0.9
SYNONYM = 0.7
MEMBERS = 0.55
SPELLING = 0.55
SPELLING_FAR = 0.44
# A form of the word that its stem does not give away (verspilt, verspillen), where no document holds the word itself.
INFLECTION = 0.7
RELATIVE = 0.2
MEMBER = 0.12

# What an alternative must weigh to make a document an answer, and its stems worth marking.
FOUND_FROM = 0.2
# A word that a larger share of all documents holds says nothing by itself.
COMMON = 0.5
_RELATIVES = 4
_SOUNDALIKES = 2


class Vocabulary(Protocol):
    """What the planner asks of the documents in the index."""

    @property
    def documents(self) -> int:
        """The number of live documents."""

    def holders(self, stem: str) -> int:
        """The number of documents that hold this stem, as a word or as a member of a compound."""

    def spellings(self, word: str) -> list[Candidate]:
        """Words of the documents that differ little from this one, best first."""

    def sounding(self, key: str) -> list[str]:
        """Words of the documents with this sound key."""

    def with_root(self, root_stem: str) -> list[str]:
        """Stems of words of the documents that have this stem as the stem of one of their roots."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to satisfy a group: a document must hold all `stems`; `weight` is what that counts, at most 1. One that does not find
    (`finds` off) only ranks documents that others found."""

    stems: Stems
    weight: float
    finds: bool = True


Group = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups` that a document may satisfy, their alternatives heaviest first; `corrected` the question in the spelling of the
    documents, or None; `terms` the stems to mark in snippets."""

    groups: tuple[Group, ...] = ()
    corrected: str | None = None
    terms: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Draft:
    """Alternatives while a group is made; of the same stems the heaviest counts."""

    weights: dict[Stems, float] = field(default_factory=dict)

    def add(self, stems: Stems, weight: float) -> None:
        if stems and all(stems):
            self.weights[stems] = max(weight, self.weights.get(stems, 0.0))

    def add_new(self, stems: Stems, weight: float) -> None:
        self.weights.setdefault(stems, weight)

    def alternatives(self, holders: Mapping[str, int]) -> Group:
        alive = [Alternative(stems, weight) for stems, weight in self.weights.items() if all(holders[stem] for stem in stems)]
        return tuple(sorted(alive, key=lambda alternative: -alternative.weight))


class Planner:
    """Makes plans with one analyzer and one table of synonyms. Keeps no state between questions."""

    def __init__(self, analyzer: Analyzer, synonyms: SynonymTable) -> None:
        self._analyzer = analyzer
        self._synonyms = synonyms

    def plan(self, text: str, vocabulary: Vocabulary, *, correct: bool = True) -> Plan:
        """The plan for a question (a text that `clean_text` has cut). `correct` off leaves spelling and sound alone."""
        terms = self._analyzer.question(text)[:MAX_WORDS]
        joined = self._joined(terms, vocabulary)
        wordings = self._wordings(terms)
        fixed: dict[str, str] = {}
        drafts = []
        for at, term in enumerate(terms):
            draft = _Draft()
            draft.add((term.stem,), EXACT)
            self._add_members(draft, term)
            for pair in (at - 1, at):
                if pair in joined:
                    draft.add((joined[pair],), JOINED)
            for wording in wordings[at]:
                draft.add(wording, SYNONYM)
            relatives = self._relatives(term, vocabulary)
            held = vocabulary.holders(term.stem) > 0
            for stem in relatives:
                draft.add_new((stem,), RELATIVE if held else INFLECTION)
            splittable = at in joined or at - 1 in joined
            if correct and not splittable and not relatives and not self._within_reach(term, wordings[at], vocabulary):
                self._add_spellings(draft, term, vocabulary, fixed)
            drafts.append(draft)
        return self._finish(text, drafts, fixed, vocabulary)

    def _joined(self, terms: list[Term], vocabulary: Vocabulary) -> dict[int, str]:
        """Position of a word → stem of it and its right neighbour written as one word, where some document writes them so."""
        stems = {at: self._analyzer.stem(left.word + right.word) for at, (left, right) in enumerate(pairwise(terms))}
        return {at: stem for at, stem in stems.items() if vocabulary.holders(stem)}

    def _wordings(self, terms: list[Term]) -> list[list[Stems]]:
        """Per word the other wordings of the longest row of words that it is part of and that has any."""
        stems = [term.stem for term in terms]
        found: list[list[Stems]] = [[] for _ in terms]
        at = 0
        while at < len(terms):
            length = next(
                (n for n in range(self._synonyms.longest, 0, -1) if self._synonyms.others(tuple(stems[at : at + n]))), 1
            )
            others = list(self._synonyms.others(tuple(stems[at : at + length])))
            found[at : at + length] = [others] * len(found[at : at + length])
            at += length
        return found

    @staticmethod
    def _add_members(draft: _Draft, term: Term) -> None:
        members = term.member_stems[:2]
        if len(members) == 2:
            draft.add(members, MEMBERS)
            for member in members:
                draft.add((member,), MEMBER)

    @staticmethod
    def _within_reach(term: Term, others: Iterable[Stems], vocabulary: Vocabulary) -> bool:
        """Is the word, are its members, or is a synonym in some document? Then it is no slip of the pen."""
        ways = [(term.stem,), *others]
        if len(term.member_stems) >= 2:
            ways.append(term.member_stems)
        return any(all(map(vocabulary.holders, stems)) for stems in ways)

    def _add_spellings(self, draft: _Draft, term: Term, vocabulary: Vocabulary, fixed: dict[str, str]) -> None:
        for candidate in vocabulary.spellings(term.word):
            fixed.setdefault(term.word, candidate.word)
            draft.add((self._analyzer.stem(candidate.word),), SPELLING if candidate.distance == 1 else SPELLING_FAR)
        for word in vocabulary.sounding(sound(term.word))[:_SOUNDALIKES]:
            draft.add((self._analyzer.stem(word),), SPELLING)

    def _relatives(self, term: Term, vocabulary: Vocabulary) -> list[str]:
        """Stems of words of the same family that some document holds, those that share most roots first."""
        if len(term.word) <= MINIMUM:
            return []
        shared = Counter(stem for root in roots(term.word) for stem in vocabulary.with_root(self._analyzer.stem(root)))
        living = [(-count, stem) for stem, count in shared.items() if stem != term.stem and vocabulary.holders(stem)]
        return [stem for _, stem in sorted(living)[:_RELATIVES]]

    @staticmethod
    def _finish(text: str, drafts: list[_Draft], fixed: dict[str, str], vocabulary: Vocabulary) -> Plan:
        """Leave out what no document holds, and settle what finds documents and what only ranks them."""
        stems = {stem for draft in drafts for stems in draft.weights for stem in stems}
        holders = {stem: vocabulary.holders(stem) for stem in stems}
        alive = [draft.alternatives(holders) for draft in drafts]
        groups = _settled([group for group in alive if group], holders, COMMON * vocabulary.documents)
        terms = frozenset(
            stem for group in groups for one in group if one.finds or one.weight >= FOUND_FROM for stem in one.stems
        )
        return Plan(tuple(groups), _respell(text, fixed), terms)


def _settled(groups: list[Group], holders: Mapping[str, int], common: float) -> list[Group]:
    """Half a compound finds nothing, nor does a word that more than `common` documents hold, unless the question has no more."""

    def usual(alternative: Alternative) -> bool:
        return min(holders[stem] for stem in alternative.stems) > common

    strong = [[one for one in group if one.weight >= FOUND_FROM] for group in groups]
    telling = [bool(ones) and not any(map(usual, ones)) for ones in strong]
    finding = telling if any(telling) else [bool(ones) for ones in strong]
    if not any(finding):
        return groups
    return [
        tuple(replace(one, finds=finds and one.weight >= FOUND_FROM) for one in group)
        for group, finds in zip(groups, finding, strict=True)
    ]


def _respell(text: str, fixed: dict[str, str]) -> str | None:
    """The question with the words of `fixed` (folded → as the documents write them) replaced."""
    if not fixed:
        return None
    pieces, end = [], 0
    for token in tokens(text):
        pieces += [text[end : token.start], fixed.get(fold(token.text), token.text)]
        end = token.end
    return "".join(pieces) + text[end:]
