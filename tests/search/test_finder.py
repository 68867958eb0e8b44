"""The one door: it answers calmly when the engine cannot."""

import logging

import pytest
from pytest_django import Settings

from search import finder, registry
from search.documents import SearchDocument
from search.query import SearchQuery


@pytest.fixture
def damaged(settings: Settings) -> None:
    """An index that cannot be read."""
    settings.SEARCH_INDEX_DIR.mkdir(parents=True, exist_ok=True)
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text("nonsense")


@pytest.mark.django_db
def test_find_suggest_and_similar_reach_the_engine() -> None:
    finder.engine_for("embedded").apply(
        upserts=[SearchDocument("1", 1, "les", "Walvissen"), SearchDocument("2", 1, "les", "Walvissen en zee")]
    )
    assert {hit.key for hit in finder.find(SearchQuery("walvis")).hits} == {"1", "2"}
    assert finder.suggest("wal\x00") == ["Walvissen", "Walvissen en zee"]
    assert [hit.key for hit in finder.similar("1")] == ["2"]


@pytest.mark.django_db
def test_without_a_working_engine_the_answer_says_so(damaged: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        results = finder.find(SearchQuery("walvis"))
    assert (results.available, results.total) == (False, 0)
    assert finder.suggest("wal") == []
    assert finder.similar("1") == []
    assert "names no index" in caplog.text


@pytest.mark.django_db
def test_editors_synonyms_work_at_the_next_search(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [("orka", "zwaardwalvis")]
    source = registry.SynonymSource("editors", stamp=lambda: len(groups), groups=lambda: groups)
    monkeypatch.setattr(registry, "_synonyms", {})
    registry.register_synonyms(source)
    finder.engine_for("embedded").apply(
        upserts=[SearchDocument("1", 1, "les", "De zwaardwalvis"), SearchDocument("2", 1, "les", "Een potvis")]
    )
    assert [hit.key for hit in finder.find(SearchQuery("orka")).hits] == ["1"]
    assert not finder.find(SearchQuery("cachelot")).hits
    groups.append(("cachelot", "potvis"))
    assert [hit.key for hit in finder.find(SearchQuery("cachelot")).hits] == ["2"]


def test_a_name_of_synonyms_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_synonyms", {})
    registry.register_synonyms(registry.SynonymSource("editors", int, list))
    registry.register_synonyms(registry.SynonymSource("editors", int, list))
    with pytest.raises(ValueError, match="editors"):
        registry.register_synonyms(registry.SynonymSource("editors", str, list))
