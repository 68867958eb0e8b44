"""Splitting compounds: schooltuintjes is about a school and about little gardens.

A split must satisfy two witnesses that know nothing of each other: a list of words with the number of compounds they begin and
end (built from the OpenTaal word list, see data/README.md), and the hyphenation points of pyphen.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyphen

from search.dutch.wordlists import DATA, read_words

SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
# How sure a split must be, and each of its members; found on 250 words labelled by hand.
THRESHOLD = 11.0
MEMBER_THRESHOLD = 2.0
# A member that is a compound itself, or on the do-not-split list, counts as this much.
COMPOUND_MEMBER = 5.0
WHOLE_MEMBER = 6.0
LONG_PART = 10
# What may join two members, and what it costs in certainty.
_LINKS = (("", 0.0), ("s", 0.3), ("en", 0.2), ("e", 0.8), ("er", 0.8), ("n", 0.5))

# Endings and beginnings that happen to be words, but do not make a compound.
_NO_LAST = read_words("not_last_nl.txt")
_NO_FIRST = read_words("not_first_nl.txt")
_NUMBERED = re.compile(r"([a-z]{3,})(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Part:
    """In how many compounds of the word list a word comes first, and last."""

    first: int
    last: int


@cache
def parts() -> Mapping[str, Part]:
    """The words that make compounds, by their folded form."""
    found: dict[str, Part] = {}
    for file in ("parts_nl.tsv", "parts_own.tsv"):
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            word, first, last = line.split("\t")
            known = found.get(word, Part(0, 0))
            found[word] = Part(max(known.first, int(first)), max(known.last, int(last)))
    return found


@cache
def default_wholes() -> frozenset[str]:
    """The do-not-split list that comes with the project."""
    return read_words("whole_nl.txt")


def _certainty(compounds: int, length: int) -> float:
    return math.log1p(compounds) * math.pow(min(length, 8), 0.7)


class CompoundSplitter:
    """Splits words; `wholes` are folded words to leave whole, on top of nothing: pass `default_wholes()` along if wanted."""

    def __init__(self, wholes: Iterable[str] = ()) -> None:
        self._wholes = frozenset(wholes)
        self._parts = parts()
        self._hyphenation = pyphen.Pyphen(lang="nl_NL", left=2, right=2)

    def split(self, word: str) -> tuple[str, ...]:
        """The members of a folded compound that are worth searching for; () when it is no compound.

        A long member that is a compound itself is given whole and in parts. A name with a number (groep6) is given as both.
        """
        if numbered := _NUMBERED.fullmatch(word):
            return numbered[1], numbered[2]
        if len(word) < SHORTEST_COMPOUND or not word.isalpha() or word in self._wholes:
            return ()
        members, certainty = self._best(word)
        if certainty < THRESHOLD:
            return ()
        found = dict.fromkeys(members)
        for member in members:
            if len(member) >= LONG_PART:
                found.update(dict.fromkeys(self.split(member)))
        return tuple(found)

    def _best(self, word: str) -> tuple[tuple[str, ...], float]:
        best: tuple[tuple[str, ...], float] = ((), 0.0)
        for position in self._hyphenation.positions(word):
            left, right = word[:position], word[position:]
            if len(left) < SHORTEST_PART or len(right) < SHORTEST_PART or right in _NO_LAST or left in _NO_FIRST:
                continue
            last, last_certainty = self._last(right)
            if last_certainty < MEMBER_THRESHOLD:
                continue
            for link, cost in _LINKS:
                if not left.endswith(link):
                    continue
                first, first_certainty = self._first(left.removesuffix(link))
                total = first_certainty + last_certainty - cost
                if first_certainty >= MEMBER_THRESHOLD and total > best[1]:
                    best = (first + last, total)
        return best

    def _last(self, word: str) -> tuple[tuple[str, ...], float]:
        part = self._parts.get(word)
        if part and part.last >= 2:
            return (word,), _certainty(part.last, len(word))
        return self._inner(word, shortest=8)

    def _first(self, word: str) -> tuple[tuple[str, ...], float]:
        if len(word) < SHORTEST_PART or word in _NO_FIRST:
            return (), 0.0
        part = self._parts.get(word)
        if part and part.first >= 2:
            return (word,), _certainty(part.first, len(word))
        return self._inner(word, shortest=9)

    def _inner(self, word: str, *, shortest: int) -> tuple[tuple[str, ...], float]:
        if word in self._wholes:
            return (word,), WHOLE_MEMBER
        if len(word) >= shortest:
            members, certainty = self._best(word)
            if certainty >= THRESHOLD:
                return members, COMPOUND_MEMBER
        return (), 0.0
