"""Compounds fall apart where a reader would part them."""

from pathlib import Path

import pytest

from search.dutch.compounds import CompoundSplitter, default_wholes

LABELLED = [line.split("\t") for line in (Path(__file__).parent / "compounds.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("word", "members"), LABELLED)
def test_split(word: str, members: str) -> None:
    expected = () if members == "-" else tuple(members.split())
    assert CompoundSplitter(default_wholes()).split(word)[:2] == expected


def test_the_do_not_split_list_is_obeyed() -> None:
    assert CompoundSplitter().split("schooltuin") == ("school", "tuin")
    assert CompoundSplitter({"schooltuin"}).split("schooltuin") == ()


def test_a_long_member_is_given_whole_and_in_parts() -> None:
    assert set(CompoundSplitter().split("zeespiegelstijging")) == {"zeespiegel", "stijging", "zee", "spiegel"}
