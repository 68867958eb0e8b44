"""Loading makes the database say what the files say, no more, and never destroys what an editor wrote."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.stamps.models import VOCABULARY, read
from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import DATA, load
from portal.vocabulary.models import Concept
from portal.vocabulary.rows import ConceptRow, UnreadableFileError
from portal.vocabulary.signals import concepts_changed

pytestmark = pytest.mark.django_db
AFVAL = ConceptRow(code="afval", label_nl="Afval", explanation="Wat we weggooien.")
WATER = ConceptRow(code="water", label_nl="Water")


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def topics(*rows: ConceptRow, source: Source = Source.FILE) -> dict[str, Concept]:
    load(scheme=Scheme.TOPIC, rows=rows, source=source)
    return {concept.code: concept for concept in Concept.objects.filter(scheme=Scheme.TOPIC)}


def test_the_command_loads_all_schemes_and_then_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_vocabulary")
    assert "wsa         6 concepts: 6 created" in capsys.readouterr().out
    assert set(Concept.objects.values_list("scheme", flat=True)) == set(Scheme.values)
    assert Concept.objects.get(scheme="sector", code="vmbo").broader == Concept.objects.get(scheme="sector", code="vo")
    stamp = read()[VOCABULARY]
    with CaptureQueriesContext(connection) as queries:
        call_command("load_vocabulary")
    assert writes(queries) == []
    assert read()[VOCABULARY] == stamp
    assert capsys.readouterr().out.endswith("concepts, 0 changed\n")


def test_a_dry_run_tells_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_vocabulary", dry_run=True)
    assert "would change" in capsys.readouterr().out
    assert not Concept.objects.exists()
    assert VOCABULARY not in read()


def test_what_vanishes_is_retired_and_comes_back() -> None:
    pk = topics(AFVAL, WATER)["afval"].pk
    loaded = load(scheme=Scheme.TOPIC, rows=[WATER], source=Source.FILE)
    assert (loaded.retired, loaded.updated) == (("afval",), ("water",))  # water moved up one place
    assert Concept.objects.get(code="afval").retired
    loaded = load(scheme=Scheme.TOPIC, rows=[AFVAL, WATER], source=Source.FILE)
    assert loaded.returned == ("afval",)
    assert Concept.objects.get(code="afval").pk == pk
    assert not Concept.objects.get(code="afval").retired


def test_other_schemes_are_left_alone() -> None:
    load(scheme=Scheme.PLACE, rows=[ConceptRow(code="buiten", label_nl="Buiten")], source=Source.FILE)
    topics(AFVAL)
    assert not Concept.objects.get(code="buiten").retired


def test_what_an_editor_changed_stays_and_the_rest_follows_the_file() -> None:
    concept = topics(AFVAL)["afval"]
    concept.label_nl, concept.edited = "Afval en grondstoffen", ["label_nl"]
    concept.save()
    changed = ConceptRow(code="afval", label_nl="Vuilnis", explanation="Nieuw.")
    after = topics(changed)["afval"]
    assert (after.label_nl, after.explanation) == ("Afval en grondstoffen", "Nieuw.")
    # The control: without the mark the file wins.
    Concept.objects.update(edited=[])
    assert topics(changed)["afval"].label_nl == "Vuilnis"


def test_what_an_editor_made_is_not_retired_by_a_file() -> None:
    Concept.objects.create(scheme=Scheme.TOPIC, code="eigen", label_nl="Eigen onderwerp")
    assert not topics(AFVAL)["eigen"].retired


def test_a_new_broader_concept_may_come_with_its_narrower_ones() -> None:
    topics(WATER)
    after = topics(ConceptRow(code="water", label_nl="Water", broader="natuur"), ConceptRow(code="natuur", label_nl="Natuur"))
    assert after["water"].broader == after["natuur"]
    assert topics(WATER)["water"].broader is None


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ConceptRow(code="a", label_nl="A", broader="weg")], "a: broader concept 'weg' does not exist"),
        ([ConceptRow(code="a", label_nl="A", broader="a")], "a: is broader than itself"),
        (
            [ConceptRow(code="a", label_nl="A", broader="b"), ConceptRow(code="b", label_nl="B", broader="a")],
            "b: is broader than",
        ),
    ],
)
def test_impossible_trees_are_refused_whole(rows: list[ConceptRow], message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        load(scheme=Scheme.TOPIC, rows=[WATER, *rows], source=Source.FILE)
    assert not Concept.objects.exists()


def test_listeners_hear_once_which_concepts_changed() -> None:
    heard: list[frozenset[int]] = []

    def listen(pks: frozenset[int], **kwargs: object) -> None:
        heard.append(pks)

    concepts_changed.connect(listen)
    try:
        known = topics(AFVAL, WATER)
        topics(AFVAL, WATER)
        topics(AFVAL, ConceptRow(code="water", label_nl="Het water"))
        known["afval"].save()
    finally:
        concepts_changed.disconnect(listen)
    water, afval = known["water"].pk, known["afval"].pk
    assert heard == [{water, afval}, {water}, {afval}]


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON in UTF-8"),
        (b"[" * 200_000, "not JSON"),
        (b'{"code": "a"}', "expected a list"),
        (b'["a"]', "concept 1: not an object"),
        (b'[{"code": "a", "label_nl": ""}]', "label_nl is empty"),
        (b'[{"code": "A b", "label_nl": "A"}]', "use lower-case letters"),
        (b'[{"code": "a", "label_nl": "A", "kleur": "rood"}]', "unknown key 'kleur'"),
        (b'[{"code": "a", "label_nl": "A"}, {"code": "a", "label_nl": "B"}]', "'a' stands twice"),
        (b'[{"code": "a", "label_nl": "A", "alt_labels": "b"}]', "alt_labels: expected a list"),
        (b'[{"code": "a", "label_nl": ["A"]}]', "label_nl: expected a text"),
        (b'[{"code": "a", "label_nl": "A\\u0000"}]', "control character"),
        (b'[{"code": "a", "label_nl": "A\\ud800"}]', "control character"),
        (b'[{"code": "a", "label_nl": "A", "valid_from": "gisteren"}]', "'gisteren' is not a date"),
        (b'[{"code": "a", "label_nl": "A", "verified": "ja"}]', "expected yes or no"),
        (b'[{"code": "a", "label_nl": "A", "uris": ["javascript:alert(1)"]}]', "not a web address"),
        (b'[{"code": "a", "label_nl": "' + b"x" * 300 + b'"}]', "longer than 255"),
    ],
)
def test_a_broken_file_is_told_and_nothing_is_loaded(tmp_path: Path, contents: bytes, message: str) -> None:
    for scheme in Scheme.values:
        (tmp_path / f"{scheme}.json").write_text(json.dumps([{"code": "goed", "label_nl": "Goed"}]), encoding="utf-8")
    (tmp_path / "topic.json").write_bytes(contents)
    with pytest.raises(CommandError, match=message) as raised:
        call_command("load_vocabulary", folder=tmp_path, verbosity=0)
    assert str(raised.value).startswith("topic: nothing was loaded.")
    assert not Concept.objects.exists()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_vocabulary", folder=tmp_path, verbosity=0)


def test_the_files_of_the_project_load_in_a_folder_given(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_vocabulary", folder=DATA, verbosity=0)
    assert capsys.readouterr().out == ""
    assert Concept.objects.filter(source=Source.FILE).count() == Concept.objects.count()
