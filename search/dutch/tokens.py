"""Cutting text into words, and folding a word to the form that is compared.

Offsets always point into the text as given, so that a match can be marked in it.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# A word is letters and digits with their combining marks; soft hyphens and joiners may stand inside, an apostrophe between
# (foto's). Numbers keep their inner points (SDG 4.7). Everything else, `/` and `-` included, parts words: "groep 5/6", "po-vo".
_CHARACTER = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200c\u200d])"
_WORD = re.compile(rf"\d+(?:\.\d+)+(?![^\W_])|[^\W_]{_CHARACTER}*(?:['’]{_CHARACTER}+)*")
# Typed with a zero where a capital O belongs.
_MISTYPED = {"c02": "co2"}


class Token(NamedTuple):
    """A word as it stands in a text, from `start` up to `end`. `hyphened` when only a hyphen parts it from the word before."""

    text: str
    start: int
    end: int
    hyphened: bool


def fold(word: str) -> str:
    """The form of one word that is compared: lower case, no accents, ĳ as ij, CO₂ as co2, a straight apostrophe."""
    if word.isascii():
        folded = word.lower()
    else:
        spread = unicodedata.normalize("NFKD", word.replace("’", "'")).lower()
        folded = "".join(c for c in spread if c.isalnum() or c in "'.")
    return _MISTYPED.get(folded, folded)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, as written."""
    end = -1
    for match in _WORD.finditer(text):
        start = match.start()
        hyphened = start == end + 1 and text[end] == "-"
        end = match.end()
        yield Token(match.group(), start, end, hyphened)


def folded_words(text: str) -> list[str]:
    """The folded words of a text in order; words that fold to nothing are left out."""
    return [word for word in map(fold, _WORD.findall(text)) if word]
