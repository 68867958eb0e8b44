"""How documents come, change and go, whatever the engine."""

import threading
from collections.abc import Iterator

import pytest

from search.documents import SearchDocument
from search.engines.base import Engine
from search.query import SearchQuery
from tests.contract.documents import KEYS, documents


def document(key: str, revision: int, title: str, **more: object) -> SearchDocument:
    """A small lesson."""
    return SearchDocument(key, revision, "les", title, **more)  # type: ignore[arg-type]


def found(engine: Engine, text: str, *, labels: bool = True) -> list[str]:
    """Keys of what was found by exactly these words."""
    return [hit.key for hit in engine.search(SearchQuery(text, correct=False, labels=labels)).hits]


def test_without_an_index_there_is_nothing_to_find(empty_engine: Engine) -> None:
    assert empty_engine.needs_rebuild()
    assert empty_engine.search(SearchQuery("klimaat")).total == 0
    assert empty_engine.suggest("kli") == []
    assert empty_engine.similar("1") == []
    assert empty_engine.revisions() == {}


def test_the_first_document_makes_the_index(empty_engine: Engine) -> None:
    empty_engine.apply(upserts=[document("1", 1, "De eerste les")])
    assert found(empty_engine, "eerste") == ["1"]
    assert not empty_engine.needs_rebuild()


def test_a_change_is_found_at_once_and_what_it_replaced_no_more(engine: Engine) -> None:
    engine.apply(upserts=[document("1", 100, "Zeewier eten", facets={"sector": ("vo",)})])
    assert found(engine, "zeewier") == ["1"]
    assert "1" not in found(engine, "klimaatverandering")
    assert "Zeewier eten" in engine.suggest("zeew")
    assert engine.suggest("klimaatv") == []
    before = sum("po" in one.facets["sector"] for one in documents())
    assert engine.search(SearchQuery()).facets["sector"]["po"] == before - ("po" in documents()[0].facets["sector"])


def test_labels_find_and_rank_unless_they_are_switched_off(engine: Engine) -> None:
    engine.apply(upserts=[document("label", 99, "Een les zonder dat woord", labels="vleermuizen")])
    assert found(engine, "vleermuizen") == ["label"]
    assert found(engine, "vleermuizen", labels=False) == []


def test_applying_twice_changes_nothing(engine: Engine) -> None:
    same = document("1", 100, "Zeewier eten", facets={"sector": ("vo",)})
    engine.apply(upserts=[same])
    once = engine.search(SearchQuery("zeewier"))
    engine.apply(upserts=[same, same])
    assert engine.search(SearchQuery("zeewier")) == once


def test_removal(engine: Engine) -> None:
    key = KEYS["Kinderrechten"]
    engine.apply(deletes=[(key, 500)])
    assert key not in engine.revisions()
    assert key not in found(engine, "kinderrechten")
    assert "Kinderrechten" not in engine.suggest("kinder")
    assert engine.similar(key) == []
    assert engine.search(SearchQuery()).total == len(documents()) - 1


def test_an_older_revision_never_wins(engine: Engine) -> None:
    engine.apply(upserts=[document("x", 950, "Nieuwe tekst")])
    engine.apply(upserts=[document("x", 940, "Oude tekst")], deletes=[("x", 945)])
    assert engine.revisions()["x"] == 950
    assert found(engine, "nieuwe") == ["x"]
    engine.apply(deletes=[("x", 960)])
    engine.apply(upserts=[document("x", 955, "Wederopstanding")])
    assert "x" not in engine.revisions()
    engine.apply(upserts=[document("x", 970, "Terug van weggeweest")])
    assert engine.revisions()["x"] == 970


def test_a_removal_outlives_a_rebuild(engine: Engine) -> None:
    engine.apply(deletes=[("1", 500)])
    engine.rebuild(documents()[1:])
    engine.apply(upserts=[document("1", 400, "Te laat")])
    assert "1" not in engine.revisions()


def test_revisions_are_those_of_the_documents(engine: Engine) -> None:
    assert engine.revisions() == {one.key: one.revision for one in documents()}


def test_a_rebuild_replaces_everything(engine: Engine) -> None:
    assert engine.rebuild([document("only", 1, "Enige les")]) == 1
    assert engine.revisions() == {"only": 1}
    assert engine.search(SearchQuery()).total == 1
    assert found(engine, "klimaat") == []


def test_a_failing_rebuild_leaves_the_live_index(engine: Engine) -> None:
    def broken() -> Iterator[SearchDocument]:
        yield document("only", 1, "Enige les")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken())
    assert engine.search(SearchQuery()).total == len(documents())


def test_one_bad_document_undoes_its_whole_batch(engine: Engine) -> None:
    with pytest.raises(TypeError):
        engine.apply(upserts=[document("good", 1, "Zeewier"), document("bad", 1, "Slecht", facets={"sector": (object(),)})])
    assert "good" not in engine.revisions()
    engine.apply(upserts=[document("good", 1, "Zeewier")])
    assert found(engine, "zeewier") == ["good"]


def test_searching_goes_on_while_the_index_is_swapped_and_written(engine: Engine) -> None:
    faults: list[BaseException | int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                results = engine.search(SearchQuery("leerlingen", filters={"language": ("nl",)}, size=100))
            except Exception as fault:  # noqa: BLE001 - any fault at all is what this test looks for
                faults.append(fault)
            else:
                if results.total != len(documents()) or results.facets["language"]["nl"] != results.total:
                    faults.append(results.total)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        engine.rebuild(documents())
        engine.apply(upserts=[document("1", 100 + number, "Leerlingen meten", facets={"language": ("nl",)})])
        engine.apply(upserts=[])
    stop.set()
    for reader in readers:
        reader.join()
    assert not faults
