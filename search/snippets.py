"""The part of a text that shows best why it was found, with the found words marked: from the original text, for every engine."""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.dutch.analysis import Analyzer, default_analyzer
from search.dutch.tokens import tokens

WIDTH = 180
# Only so much of a long text is looked at.
LOOKED_AT = 6000
_BEFORE = 40
_ELLIPSIS = "…"
_NEW_WORD = 10


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    stem: str


def snippet(text: str, terms: Collection[str], *, width: int = WIDTH, analyzer: Analyzer | None = None) -> SafeString:
    """At most about `width` characters of a plain text, escaped, with `<mark>` around the words whose stem, or the stem of a
    member, is one of `terms` (as in `SearchResults.terms`). The window with most different terms wins; without any, the
    beginning."""
    text = text[:LOOKED_AT]
    matches = _matches(text, terms, analyzer or default_analyzer())
    if not matches:
        end = _cut(text, 0, width)
        return mark_safe(escape(text[:end]) + (_ELLIPSIS if end < len(text) else ""))
    best = _best_window(matches, width)
    start = max(0, best[0].start - _BEFORE)
    start = 0 if start == 0 else text.rfind(" ", 0, start) + 1
    end = max(_cut(text, start, width), best[-1].end)
    return mark_safe(
        (_ELLIPSIS if start else "") + _marked(text, start, end, matches) + (_ELLIPSIS if end < len(text.rstrip()) else "")
    )


def marked(text: str, terms: Collection[str], *, analyzer: Analyzer | None = None) -> SafeString:
    """A whole short text, a title say, escaped and with the found words marked."""
    return mark_safe(_marked(text, 0, len(text), _matches(text, terms, analyzer or default_analyzer())))


def _matches(text: str, terms: Collection[str], analyzer: Analyzer) -> list[_Match]:
    found = []
    for token in tokens(text) if terms else ():
        term = analyzer.term(token.text)
        stem = next((stem for stem in (term.stem, *term.member_stems) if stem in terms), None)
        if stem:
            found.append(_Match(token.start, token.end, stem))
    return found


def _best_window(matches: list[_Match], width: int) -> list[_Match]:
    windows = (
        [match for match in matches[at:] if match.end - first.start <= width] or [first] for at, first in enumerate(matches)
    )
    return max(windows, key=lambda window: len({match.stem for match in window}) * _NEW_WORD + len(window))


def _cut(text: str, start: int, width: int) -> int:
    """Where to stop, at a space if there is one, when showing `width` characters from `start`."""
    if len(text) - start <= width:
        return len(text)
    space = text.rfind(" ", start + 1, start + width + 1)
    return space if space > 0 else start + width


def _marked(text: str, start: int, end: int, matches: list[_Match]) -> str:
    pieces, at = [], start
    for match in matches:
        if start <= match.start and match.end <= end:
            pieces += [escape(text[at : match.start]), "<mark>", escape(text[match.start : match.end]), "</mark>"]
            at = match.end
    return "".join(pieces) + escape(text[at:end])
