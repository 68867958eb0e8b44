"""From a folded word to its stem: the form under which all inflections of a word are found.

Snowball's Porter stemmer for Dutch is asked for by name: since Snowball 3 the algorithm called `dutch` is Kraaij-Pohlmann's,
which maps far more unrelated words onto each other. Around it stand a rule for diminutives, undoubling of the last consonant, the
change of z and v into s and f, and a short list of words that no rule reaches.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import Stemmer

from search.dutch.wordlists import read_lines

IRREGULAR = {form: stem for stem, *forms in read_lines("irregular_nl.txt") for form in forms}

_DOUBLED = re.compile(r"([bdfgklmnoprst])\1$")
_SOFT = {"z": "s", "v": "f"}
_LONG_BEFORE_TJE = re.compile(r"(?:[aeiouy]{1,2}[wlr]|[aeiou]|[aeiouy]{2}n|[a-z]en)$")
_DIMINUTIVES = ("je", "tje", "pje", "etje")
_NO_LEXICON: Mapping[str, int] = MappingProxyType({})


class DutchStemmer:
    """`lexicon` says in how many compounds a word stands; it settles what an ending is (plant-je, tuin-tje; fiets, film-s)."""

    def __init__(self, lexicon: Mapping[str, int] = _NO_LEXICON) -> None:
        self._lexicon = lexicon
        self._porter = Stemmer.Stemmer("dutch_porter")

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        word = word.removesuffix("'s").replace("'", "")
        word = IRREGULAR.get(word, word)
        word = self._without_plural_s(self._without_diminutive(word))
        stem: str = self._porter.stemWord(word)
        if stem == word[:-1] and word.endswith("s") and self._weight(word) > self._weight(stem):
            return word
        stem = _DOUBLED.sub(r"\1", stem)
        return stem[:-1] + _SOFT.get(stem[-1], stem[-1]) if len(stem) >= 3 else stem

    def _weight(self, word: str) -> int:
        return self._lexicon.get(word, 0)

    def _without_plural_s(self, word: str) -> str:
        """excursies → excursie, kantines → kantine, molens → molen: plurals that the Porter stemmer leaves alone."""
        single = word[:-1]
        if word.endswith("ieen"):
            return word[:-2]
        if word.endswith("ies") or (word.endswith(("es", "ens")) and self._weight(single) > self._weight(word)):
            return single
        return word

    def _without_diminutive(self, word: str) -> str:
        """boompje → boom, kaartjes → kaart, bloemetje → bloem, tuintje → tuin; other words as they are."""
        single = word.removesuffix("s")
        if len(single) < 5 or not single.endswith("je"):
            return word
        bases = [_DOUBLED.sub(r"\1", single.removesuffix(ending)) for ending in _DIMINUTIVES if single.endswith(ending)]
        best = max(bases, key=self._weight)
        return best if self._weight(best) else self._by_rule(single) or word

    @staticmethod
    def _by_rule(single: str) -> str:
        """For words the lexicon does not know, among them compounds: slootdiertje → slootdier."""
        if single.endswith("mpje"):
            return single[:-3]
        if single.endswith("etje") and single[-5] in "bglmnrp" and single[-6] in "bglmnrpaeiou":
            return single[:-4]
        if single.endswith("tje") and _LONG_BEFORE_TJE.search(single[:-3]):
            return single[:-3]
        return single[:-2] if single[-3] in "bcdfghkpst" else ""
