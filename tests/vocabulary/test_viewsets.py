"""Editors in the admin: what they may change, what is remembered of it, and that nobody deletes a concept."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from lessons.models import CurriculumLink, LessonPage
from portal.content.models import KnowledgePage
from portal.vocabulary.enums import Scheme, Source
from portal.vocabulary.loading import load
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept
from portal.vocabulary.usage import pages_with
from tests.vocabulary.conftest import ROWS

AFVAL = {"label_nl": "Afval", "label_en": "", "explanation": "", "alt_labels": "vuilnis", "hidden_labels": "", "verified": "on"}


def edit(admin: Client, concept: Concept, **changes: str) -> Any:
    return admin.post(f"/admin/concepts/edit/{concept.pk}/", {**AFVAL, **changes})


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=afval", "?q=%00", "?q=" + "a+" * 500, "?scheme=wsa&retired=true&verified=false&source=csv", "?scheme=onzin",
        "?p=99999999999999999999", "?ordering=-code", "?ordering=onzin",
    ],
)  # fmt: skip
def test_the_list_answers_whatever_is_asked(admin: Client, concepts: dict[str, Concept], query: str) -> None:
    for view in ("", "results/"):
        assert admin.get(f"/admin/concepts/{view}{query}").status_code in {200, 302, 400, 404}


def test_the_list_is_searched_and_filtered(admin: Client, concepts: dict[str, Concept]) -> None:
    found = admin.get("/admin/concepts/results/?q=kerndoel&scheme=curriculum").content.decode()
    assert "po-2006-39" in found
    assert ">afval<" not in found


def test_every_page_of_a_concept_opens(admin: Client, concepts: dict[str, Concept]) -> None:
    pk = concepts["afval"].pk
    for view in (f"edit/{pk}/", f"history/{pk}/", f"usage/{pk}/", "new/"):
        assert admin.get(f"/admin/concepts/{view}").status_code == 200
    assert admin.get("/admin/concepts/edit/999999/").status_code == 404


def test_what_an_editor_changes_is_remembered_and_survives_loading(admin: Client, concepts: dict[str, Concept]) -> None:
    response = edit(admin, concepts["afval"], label_nl="Afval en grondstoffen", alt_labels="vuilnis\n  troep \n\n", verified="on")
    assert response.status_code == 302
    concept = Concept.objects.get(code="afval")
    assert concept.edited == ["alt_labels", "label_nl"]
    assert concept.alt_labels == ["vuilnis", "troep"]
    assert vocabulary().get("topic", "afval").label == "Afval en grondstoffen"
    load(scheme=Scheme.TOPIC, rows=ROWS[Scheme.TOPIC], source=Source.FILE)
    assert vocabulary().get("topic", "afval").label == "Afval en grondstoffen"


def test_saving_without_a_change_remembers_nothing(admin: Client, concepts: dict[str, Concept]) -> None:
    assert edit(admin, concepts["afval"]).status_code == 302
    assert Concept.objects.get(code="afval").edited == []


def test_a_concept_retired_by_an_editor_stays_retired(admin: Client, concepts: dict[str, Concept]) -> None:
    edit(admin, concepts["afval"], retired="on")
    load(scheme=Scheme.TOPIC, rows=ROWS[Scheme.TOPIC], source=Source.FILE)
    assert Concept.objects.get(code="afval").retired


def test_code_scheme_and_place_stay(admin: Client, concepts: dict[str, Concept]) -> None:
    edit(admin, concepts["afval"], code="anders", scheme="wsa", broader=str(concepts["water"].pk), source="csv", label_nl="Ander")
    concept = Concept.objects.get(pk=concepts["afval"].pk)
    assert (concept.scheme, concept.code, concept.broader, concept.source) == ("topic", "afval", None, Source.FILE)
    assert concept.label_nl == "Ander"


def test_an_editor_makes_a_concept_at_the_end_of_its_scheme(admin: Client, concepts: dict[str, Concept]) -> None:
    new = {**AFVAL, "scheme": "topic", "code": "zonne-energie", "label_nl": "Zonne-energie", "broader": concepts["energie"].pk}
    assert admin.post("/admin/concepts/new/", new).status_code == 302
    assert [concept.code for concept in vocabulary().scheme("topic")] == ["afval", "energie", "water", "zonne-energie"]
    made = Concept.objects.get(code="zonne-energie")
    assert (made.broader, made.source) == (concepts["energie"], Source.EDITOR)


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "Zon En Wind"), ("code", "afval"), ("code", "zon\x00"), ("label_nl", ""), ("broader", "po"), ("broader", "x")],
)
def test_wrong_input_is_an_error_beside_the_field(admin: Client, concepts: dict[str, Concept], field: str, value: str) -> None:
    value = str(concepts[value].pk) if value == "po" else value
    new = {**AFVAL, "scheme": "topic", "code": "zon", "label_nl": "Zon", field: value}
    response = admin.post("/admin/concepts/new/", new)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Concept.objects.filter(label_nl="Zon").exists()


def test_nobody_deletes_a_concept(admin: Client, concepts: dict[str, Concept]) -> None:
    pk = concepts["afval"].pk
    for response in (admin.get(f"/admin/concepts/delete/{pk}/"), admin.post(f"/admin/concepts/delete/{pk}/")):
        assert response.status_code == 302
    assert Concept.objects.filter(pk=pk).exists()
    assert f"/admin/concepts/delete/{pk}/" not in admin.get(f"/admin/concepts/edit/{pk}/").content.decode()
    assert not Permission.objects.filter(codename="delete_concept").exists()


def test_a_group_may_be_given_the_vocabulary(concepts: dict[str, Concept]) -> None:
    user = get_user_model().objects.create_user(email="redactie@example.org", password="een lang wachtwoord")
    group = Group.objects.create(name="Woordenlijst")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get("/admin/concepts/").status_code == 302
    group.permissions.add(Permission.objects.get(codename="change_concept"))
    assert client.get("/admin/concepts/").status_code == 200
    assert client.get("/admin/concepts/new/").status_code == 302


@pytest.mark.parametrize(
    "query", ["", "?scheme=curriculum", "?scheme=onzin", "?scheme=curriculum&q=milieu", "?q=%00&scheme=%00", "?p=onzin", "?p=99"]
)
def test_the_chooser_answers_whatever_is_asked(admin: Client, concepts: dict[str, Concept], query: str) -> None:
    for view in ("", "results/"):
        assert admin.get(f"/admin/concept_chooser/{view}{query}").status_code in {200, 400, 404}


def test_the_chooser_offers_one_scheme_and_searches_it(admin: Client, concepts: dict[str, Concept]) -> None:
    concepts["po-2006-01"].retired = True
    concepts["po-2006-01"].save()
    html = admin.get("/admin/concept_chooser/results/?scheme=curriculum").content.decode()
    assert "PO Kerndoel 39 · Milieu" in html
    assert "Afval" not in html
    assert "PO Kerndoel 01" not in html
    assert "po-2006-39" not in admin.get("/admin/concept_chooser/results/?scheme=topic&q=milieu").content.decode()
    assert "Milieu" in admin.get("/admin/concept_chooser/results/?scheme=curriculum&q=39+milieu").content.decode()
    chosen = admin.get(f"/admin/concept_chooser/chosen/{concepts['po-2006-39'].pk}/")
    assert chosen.json()["result"]["title"] == "PO Kerndoel 39 · Milieu"


def test_use_of_a_concept_is_found_in_tags_keys_and_inline_items(
    admin: Client, lesson: LessonPage, knowledge: KnowledgePage, concepts: dict[str, Concept]
) -> None:
    lesson.curriculum.add(CurriculumLink(concept=concepts["po-2006-39"], why="Zij wegen afval."))
    lesson.save()
    for code, pages in {
        "afval": {lesson.pk},
        "cc-by-40": {lesson.pk},
        "po-2006-39": {lesson.pk},
        "water": {knowledge.pk},
        "visie": set(),
    }.items():
        assert set(pages_with([concepts[code].pk]).values_list("pk", flat=True)) == pages, code
    assert pages_with([concepts["afval"].pk, concepts["water"].pk]).count() == 2
    html = admin.get(f"/admin/concepts/usage/{concepts['afval'].pk}/").content.decode()
    assert "Afval wegen" in html
    assert "Over water" not in html
