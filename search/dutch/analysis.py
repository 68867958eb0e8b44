"""The Dutch analysis that every engine shares: what an index stores and what a question asks for are the stems made here."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

from search.dutch.compounds import CompoundSplitter, default_wholes, parts
from search.dutch.stemming import DutchStemmer
from search.dutch.tokens import fold, tokens
from search.dutch.wordlists import read_words

# To be raised when the same text gives other stems than before: an index made by another version must be built anew.
ANALYSIS_VERSION = 1
_REMEMBERED = 200_000
_LONGEST_WORD = 60
STOP_WORDS = read_words("stop_words_nl.txt")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: folded, its stem, and the members it is made of (words, and their stems) when it is a compound."""

    word: str
    stem: str
    members: tuple[str, ...] = ()
    member_stems: tuple[str, ...] = ()
    stop: bool = False


@dataclass(slots=True)
class Analysed:
    """A text as an index keeps it, in order: the stems of its words and, apart, the stems of the members of its compounds.

    `surface` maps the folded words to their stems, for spelling.
    """

    stems: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    surface: dict[str, str] = field(default_factory=dict)


class Analyzer:
    """Dutch text to stems. `wholes` are words that must not be split. Safe to share between threads."""

    def __init__(self, wholes: Collection[str] | None = None) -> None:
        self._splitter = CompoundSplitter(default_wholes() if wholes is None else wholes)
        self._stemmer = DutchStemmer({word: part.first + part.last for word, part in parts().items()})
        self._terms: dict[str, Term] = {}

    def stem(self, word: str) -> str:
        """The stem of a folded word, stop word or not."""
        return self._stemmer.stem(word) or word

    def term(self, word: str) -> Term:
        """Everything about one word as written. Its stem is empty when nothing is left of the word after folding."""
        known = self._terms.get(word)
        if known is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            known = self._terms[word] = self._make(fold(word)[:_LONGEST_WORD])
        return known

    def _make(self, word: str) -> Term:
        stem = self.stem(word)
        if word in STOP_WORDS:
            return Term(word, stem, stop=True)
        members = {member: self.stem(member) for member in self._splitter.split(word.removesuffix("'s"))}
        members = {member: member_stem for member, member_stem in members.items() if member_stem != stem}
        return Term(word, stem, tuple(members), tuple(members.values()))

    def analyse(self, text: str) -> Analysed:
        """A text as an index keeps it: without stop words; words joined by a hyphen (e-waste) count as a compound too."""
        result = Analysed()
        before = ""
        for token in tokens(text):
            term = self.term(token.text)
            if token.hyphened and (joined := before + term.word).isalnum() and not joined.isdigit():
                result.members.append(self.stem(joined))
            before = term.word
            if term.stem and not term.stop:
                result.stems.append(term.stem)
                result.members.extend(term.member_stems)
                result.surface[term.word] = term.stem
        return result

    def question(self, text: str) -> list[Term]:
        """The terms of a question: without stop words, unless it has no other words ("bij" alone must find bees)."""
        terms = [term for term in (self.term(token.text) for token in tokens(text)) if term.stem]
        return [term for term in terms if not term.stop] or terms


@cache
def default_analyzer() -> Analyzer:
    """The analyzer with the do-not-split list of the project, one per process."""
    return Analyzer()
