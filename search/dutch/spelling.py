"""Which words of the documents may have been meant by a word that no document holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
# Words shorter than this may differ by one slip only, longer ones by two.
TWO_SLIPS_FROM = 6
_POOL = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the documents and its distance: letters left out, added, changed or swapped."""

    word: str
    distance: int


class Speller:
    """Knows the words of the documents; grows as documents come, and never forgets until it is made anew."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._by_length: dict[int, list[str]] = {}
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Learn more folded words. A word must be given once."""
        for word in words:
            self._by_length.setdefault(len(word), []).append(word)

    def candidates(self, word: str, frequency: Callable[[str], int], *, limit: int = 3) -> list[Candidate]:
        """The nearest words, best first: first and last letter the same, then the one most documents hold.

        `frequency` gives the number of documents with a word; words with 0 are passed over.
        """
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        if len(word) < SHORTEST or not word.isalpha():
            return []
        pool = [known for length in range(len(word) - slips, len(word) + slips + 1) for known in self._by_length.get(length, ())]
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=_POOL)
        living = [(Candidate(str(known), int(distance)), frequency(str(known))) for known, distance, _ in near]
        ranked = sorted((_slip_cost(word, candidate), -count, candidate.word, candidate) for candidate, count in living if count)
        nearest = min((candidate.distance for *_, candidate in ranked), default=0)
        return [candidate for *_, candidate in ranked if candidate.distance == nearest][:limit]


def _slip_cost(word: str, candidate: Candidate) -> float:
    return candidate.distance - 0.3 * (word[0] == candidate.word[0]) - 0.2 * (word[-1] == candidate.word[-1])
