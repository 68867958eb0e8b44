"""What an index keeps of a text, and what a question asks."""

from search.dutch.analysis import Analyzer, default_analyzer


def test_a_text_is_kept_as_stems_and_members_without_stop_words() -> None:
    analysed = default_analyzer().analyse("De schooltuinen van de stad")
    assert analysed.stems == ["schooltuin", "stad"]
    assert analysed.members == ["schol", "tuin"]
    assert analysed.surface == {"schooltuinen": "schooltuin", "stad": "stad"}


def test_words_joined_by_a_hyphen_count_as_a_compound_too() -> None:
    assert "ewast" in default_analyzer().analyse("e-waste").members
    assert default_analyzer().analyse("groep 3-4").members == []


def test_a_question_of_stop_words_keeps_them() -> None:
    assert [term.word for term in default_analyzer().question("de bijen in de tuin")] == ["bijen", "tuin"]
    assert [term.stem for term in default_analyzer().question("bij")] == [default_analyzer().stem("bijen")]


def test_an_own_do_not_split_list_replaces_the_default() -> None:
    assert Analyzer(wholes={"schooltuin"}).term("schooltuin").members == ()
    assert Analyzer(wholes=()).term("schooltuin").members == ("school", "tuin")


def test_words_beyond_measure_are_cut() -> None:
    assert len(default_analyzer().term("a" * 5000).stem) <= 60
