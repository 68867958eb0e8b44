"""Words that mean the same: read from lists, looked up by stems, so that every inflection of a synonym works."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from search.dutch.analysis import Analyzer
from search.dutch.wordlists import DATA

Stems = tuple[str, ...]
Group = Sequence[str]


def parse_groups(text: str) -> list[tuple[str, ...]]:
    """Groups of a list with one group a line, its members separated by commas; `#` begins a remark."""
    lines = (line.split("#")[0] for line in text.splitlines())
    groups = (tuple(member.strip() for member in line.split(",") if member.strip()) for line in lines)
    return [group for group in groups if len(group) > 1]


@cache
def default_groups() -> tuple[tuple[str, ...], ...]:
    """The synonyms that come with the project."""
    return tuple(parse_groups((DATA / "synonyms_nl.txt").read_text(encoding="utf-8")))


class SynonymTable:
    """Answers which other wordings a word, or a row of words, has. `longest` is the number of words of its longest entry."""

    def __init__(self, analyzer: Analyzer, groups: Iterable[Group]) -> None:
        self._others: dict[Stems, dict[Stems, None]] = {}
        for group in groups:
            forms = dict.fromkeys(tuple(term.stem for term in analyzer.question(member)) for member in group)
            forms.pop((), None)
            for form in forms:
                self._others.setdefault(form, {}).update((other, None) for other in forms if other != form)
        self.longest = max(map(len, self._others), default=1)

    def others(self, stems: Stems) -> Iterable[Stems]:
        """The other wordings of these stems, each as stems that must all occur."""
        return self._others.get(stems, _NOTHING)


_NOTHING: Mapping[Stems, None] = {}
