"""From a question to groups of weighted alternatives."""

from dataclasses import dataclass, field

import pytest

from search import planner as weights
from search.dutch.analysis import default_analyzer
from search.dutch.families import roots, sound
from search.dutch.spelling import Candidate, Speller
from search.planner import Plan, Planner
from search.query import MAX_WORDS
from search.synonyms import SynonymTable, default_groups, parse_groups

ANALYZER = default_analyzer()


@dataclass
class Words:
    """A vocabulary of ten documents that hold these words; `everywhere` stands in nine."""

    words: tuple[str, ...]
    everywhere: frozenset[str] = frozenset()
    documents: int = 10
    stems: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        terms = [ANALYZER.term(word) for word in self.words]
        self.stems = {stem: 1 for term in terms for stem in (term.stem, *term.member_stems)}
        self.stems |= {ANALYZER.stem(word): 9 for word in self.everywhere}

    def holders(self, stem: str) -> int:
        return self.stems.get(stem, 0)

    def spellings(self, word: str) -> list[Candidate]:
        return Speller(self.words).candidates(word, lambda _: 1)

    def sounding(self, key: str) -> list[str]:
        return [word for word in self.words if sound(word) == key]

    def with_root(self, root_stem: str) -> list[str]:
        return [ANALYZER.stem(word) for word in self.words if root_stem in map(ANALYZER.stem, roots(word))]


def plan(text: str, *words: str, synonyms: str = "", everywhere: tuple[str, ...] = (), correct: bool = True) -> Plan:
    table = SynonymTable(ANALYZER, parse_groups(synonyms))
    return Planner(ANALYZER, table).plan(text, Words((*words, *everywhere), frozenset(everywhere)), correct=correct)


def flat(made: Plan) -> list[dict[str, float]]:
    return [{" ".join(one.stems): one.weight for one in group} for group in made.groups]


def test_a_known_word_stands_for_itself() -> None:
    assert flat(plan("walvissen", "walvis")) == [{"walvis": weights.EXACT}]


def test_a_compound_is_also_looked_for_in_its_members_which_find_only_together() -> None:
    (group,) = plan("schooltuin", "schooltuin").groups
    assert {" ".join(one.stems): (one.weight, one.finds) for one in group} == {
        "schooltuin": (weights.EXACT, True),
        "schol tuin": (weights.MEMBERS, True),
        "schol": (weights.MEMBER, False),
        "tuin": (weights.MEMBER, False),
    }


def test_half_a_compound_finds_when_there_is_nothing_else() -> None:
    (group,) = plan("schooltuin", "school").groups
    assert [(one.stems, one.finds) for one in group] == [(("schol",), True)]


def test_neighbours_are_also_looked_for_as_one_word() -> None:
    made = flat(plan("plastic soep", "plasticsoep"))
    assert [group["plasticsoep"] for group in made] == [weights.JOINED, weights.JOINED]


def test_synonyms_of_a_row_of_words_satisfy_each_of_its_words() -> None:
    made = flat(plan("opwarming van de aarde", "klimaatverandering", "aarde", synonyms="klimaatverandering, opwarming aarde"))
    assert [group["klimaatverander"] for group in made] == [weights.SYNONYM, weights.SYNONYM]


def test_an_unknown_word_is_looked_for_in_nearby_spellings() -> None:
    made = plan("De  bodemkwalteit?", "bodemkwaliteit")
    assert flat(made) == [{"bodemkwaliteit": weights.SPELLING}]
    assert made.corrected == "De  bodemkwaliteit?"
    assert made.terms == {"bodemkwaliteit"}


def test_correction_can_be_switched_off() -> None:
    made = plan("bodemkwalteit", "bodemkwaliteit", correct=False)
    assert (made.groups, made.corrected) == ((), None)


@pytest.mark.parametrize("text", ["klimaat", "schooltuin", "kleren"])
def test_a_word_within_reach_is_not_corrected(text: str) -> None:
    assert plan(text, "klimaat", "schoolplein", "tuin", "kleding", "klaren", synonyms="kleren, kleding").corrected is None


def test_words_of_a_family_count_a_little_beside_the_word_and_more_in_its_place() -> None:
    (group,) = plan("isoleren", "isoleren", "isolatie").groups
    assert {one.stems: one.weight for one in group}[("isolatie",)] == weights.RELATIVE
    made = plan("verspilt", "verspillen", "verschilt")
    assert flat(made) == [{"verspil": weights.INFLECTION}]
    assert made.corrected is None
    assert flat(plan("isoleren", "isolatie")) == [{"isolatie": weights.INFLECTION}]


def test_a_common_word_only_ranks_unless_the_question_has_no_other() -> None:
    made = plan("leerlingen walvis", "walvis", everywhere=("leerlingen",))
    assert [[one.finds for one in group] for group in made.groups] == [[False], [True]]
    assert [[one.finds for one in group] for group in plan("leerlingen", everywhere=("leerlingen",)).groups] == [[True]]


def test_words_that_no_document_holds_are_left_out() -> None:
    assert plan("qwxzzk", "walvis") == Plan()
    assert len(plan("qwxzzk walvis", "walvis").groups) == 1


def test_a_plan_has_no_more_groups_than_a_question_may_have_words() -> None:
    assert len(plan("walvis-" * 60, "walvis").groups) == MAX_WORDS


def test_lists_of_synonyms() -> None:
    assert parse_groups("# remark\na, b c # more\n\nalone\n , x,, y") == [("a", "b c"), ("x", "y")]
    assert len(default_groups()) > 50
    table = SynonymTable(ANALYZER, default_groups())
    assert (ANALYZER.stem("kleren"),) in table.others((ANALYZER.stem("kledingstuk".removesuffix("stuk")),))
    assert not list(table.others(("niets",)))
