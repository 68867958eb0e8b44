"""The topics that a need names in its own words, for a school that chose none."""

from functools import lru_cache

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary
from search.dutch.analysis import default_analyzer

MOST = 3
# On this site everything is about these, or may be found as a kind of page.
TOO_WIDE = {"duurzame-ontwikkeling", "lesmateriaal", "praktijkvoorbeeld"}
# The stems of one name of a topic; all of them have to be there.
Stems = frozenset[str]


def topics_in(text: str, words: Vocabulary) -> tuple[str, ...]:
    """Codes of the topics whose name, or other name, stands in a text in any form: "een compostbak" names *Composteren*.

    Names of more words first, at most three; topics that are too wide to choose by are left out.
    """
    analysed = default_analyzer().analyse(text)
    there = {*analysed.stems, *analysed.members}
    found: dict[str, int] = {}
    for code, stems in _names(words):
        if stems <= there:
            found[code] = max(found.get(code, 0), len(stems))
    return tuple(sorted(found, key=lambda code: -found[code])[:MOST])


@lru_cache(maxsize=1)
def _names(words: Vocabulary) -> list[tuple[str, Stems]]:
    """Every name of every topic as stems. Kept as long as the vocabulary is the same."""
    analyse = default_analyzer().analyse
    topics = [topic for topic in words.scheme(Scheme.TOPIC) if topic.code not in TOO_WIDE]
    names = [(topic.code, frozenset(analyse(name).stems)) for topic in topics for name in (topic.label, *topic.alt_labels)]
    return [(code, stems) for code, stems in names if stems]
