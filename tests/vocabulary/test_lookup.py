"""The vocabulary in memory: right, shared, and never out of date."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import LessonPage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept

pytestmark = pytest.mark.usefixtures("concepts")


def codes(concepts: object) -> list[str]:
    return [concept.code for concept in concepts]


def test_a_concept_is_found_by_code_and_by_key(concepts: dict[str, Concept]) -> None:
    words = vocabulary()
    afval = words.get("topic", "afval")
    assert afval is words.by_id(concepts["afval"].pk)
    assert (str(afval), afval.alt_labels, afval.broader_code, afval.verified) == ("Afval", ("vuilnis",), "", True)
    assert words.get("topic", "po") is None
    assert words.by_id(None) is None
    assert words.by_id(0) is None


def test_a_list_shows_the_official_number_only_where_it_helps() -> None:
    assert vocabulary().get("curriculum", "po-2006-39").title == "PO Kerndoel 39 · Milieu"
    assert vocabulary().get("topic", "afval").title == "Afval"


def test_a_scheme_comes_in_its_order_and_without_retired_concepts() -> None:
    Concept.objects.get(code="energie").delete()
    concept = Concept.objects.get(code="afval")
    concept.retired = True
    concept.save()
    assert codes(vocabulary().scheme(Scheme.TOPIC)) == ["water"]
    assert codes(vocabulary().scheme(Scheme.TOPIC, retired=True)) == ["afval", "water"]
    assert vocabulary().scheme(Scheme.LANGUAGE) == ()


def test_the_tree_is_walked_both_ways() -> None:
    words = vocabulary()
    assert codes(words.ancestors(words.get("sector", "vmbo-bb"))) == ["vmbo", "vo"]
    assert codes(words.descendants(words.get("sector", "vo"))) == ["vmbo", "vmbo-bb", "havo"]
    assert codes(words.narrower(words.get("sector", "vo"))) == ["vmbo", "havo"]
    assert words.descendants(words.get("sector", "po")) == ()


def test_a_circle_made_behind_our_back_does_not_hang() -> None:
    Concept.objects.filter(code="vo").update(broader=Concept.objects.get(code="vmbo-bb"))
    Concept.objects.get(code="vo").save()
    words = vocabulary()
    assert set(codes(words.descendants(words.get("sector", "vo")))) == {"vmbo", "vmbo-bb", "havo", "vo"}
    assert codes(words.ancestors(words.get("sector", "vo"))) == ["vmbo-bb", "vmbo", "vo"]


def test_a_change_is_seen_at_once_and_nothing_is_read_before() -> None:
    vocabulary()
    with CaptureQueriesContext(connection) as queries:
        before = vocabulary()
    assert [query["sql"].split(" FROM ")[1].split('"')[1] for query in queries] == ["stamps_stamp"]
    concept = Concept.objects.get(code="afval")
    concept.label_nl = "Vuilnis"
    concept.save()
    assert vocabulary().get("topic", "afval").label == "Vuilnis"
    assert before.get("topic", "afval").label == "Afval"


def test_a_change_that_is_rolled_back_leaves_no_trace() -> None:
    concept = Concept.objects.get(code="afval")
    with transaction.atomic():
        concept.label_nl = "Nooit gebeurd"
        concept.save()
        assert vocabulary().get("topic", "afval").label == "Nooit gebeurd"
        transaction.set_rollback(True)
    # One change later: were stamps mere counters, this one would have the number of the change that never was.
    other = Concept.objects.get(code="water")
    other.label_nl = "Het water"
    other.save()
    assert vocabulary().get("topic", "afval").label == "Afval"


def test_within_a_request_the_stamps_are_read_once(admin: Client, lesson: LessonPage) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert admin.get(f"/admin/pages/{lesson.pk}/edit/").status_code == 200
    assert sum("stamps_stamp" in query["sql"] for query in queries) == 1
