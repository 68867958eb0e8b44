"""What is counted, and how little of it is kept."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from search.query import clean_text

LONGEST = 80
_MAIL = re.compile(r"\S+@\S+")
# A group or year ("groep 6", "sdg 13") says nothing about anybody; a longer number may be somebody's.
_NUMBER = re.compile(r"\d[\d\s./()-]{1,}\d|\d{3,}")

Kind = Literal["search", "empty", "found", "not-found", "click"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day. `key` and `position` (from 1) belong to clicks."""

    kind: Kind
    day: date
    text: str
    key: str = ""
    position: int = 0


def scrub(text: str) -> str:
    """What is kept of a search: lower case, cut, without mail addresses and without numbers of more than two digits; nothing when
    no letter or digit is left, because nobody can do anything about a "?" that is not found."""
    plain = _MAIL.sub("", clean_text(text).lower())
    plain = _NUMBER.sub(lambda match: match[0] if len(re.sub(r"\D", "", match[0])) < 3 else "", plain)
    return " ".join(plain.split())[:LONGEST] if any(map(str.isalnum, plain)) else ""
