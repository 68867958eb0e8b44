"""Ties between words that a stemmer does not see: verbs and their nouns (isoleren, isolatie), and words that sound alike.

Both are used on questions only, with a low weight, and only to reach words that some document holds.
"""

import re

from search.dutch.wordlists import read_words

_PARTICIPLE = re.compile(r"ge(.{3,}?)(?:d|t|en)")
_ENDINGS = read_words("verb_endings_nl.txt")
MINIMUM = 4

# In the order in which they are applied: longer spellings first.
_SOUNDS = (
    ("isch", "is"),
    ("sch", "s"),
    ("ch", "g"),
    ("ck", "k"),
    ("qu", "kw"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("ij", "ei"),
    ("ie", "i"),
    ("ou", "au"),
    ("x", "ks"),
    ("y", "i"),
    ("c", "k"),
    ("z", "s"),
    ("v", "f"),
)
_REPEATED = re.compile(r"(.)\1+")
_HARDENED = {"d": "t", "b": "p"}


def roots(word: str) -> frozenset[str]:
    """What may be the root of a folded word, the word itself included; only roots of at least MINIMUM letters."""
    found = {word}
    participle = _PARTICIPLE.fullmatch(word)
    if participle:
        found.add(participle[1])
    found.update(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return frozenset(root for root in found if len(root) >= MINIMUM)


def sound(word: str) -> str:
    """A key that words which sound alike in Dutch share: biodiversitijt and biodiversiteit, hout and houd."""
    for spelling, heard in _SOUNDS:
        word = word.replace(spelling, heard)
    word = _REPEATED.sub(r"\1", word)
    return word[:-1] + _HARDENED.get(word[-1], word[-1]) if word else word
