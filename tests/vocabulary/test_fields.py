"""The fields that tag: their migrations, their form fields and what these refuse."""

from typing import Any

import pytest
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory
from django.test import Client
from wagtail.admin.forms import WagtailAdminModelForm

from lessons.models import CurriculumLink, LessonPage
from portal.content.models import KnowledgePage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.models import Concept
from portal.vocabulary.widgets import ConceptCheckboxes, ConceptChooser


def form_of(page: Any, data: dict[str, Any] | None = None) -> Any:
    """An editor's form with the concepts of a page."""
    fields = [name for name in ("topics", "sectors", "licence") if hasattr(page, name)]
    return modelform_factory(type(page), form=WagtailAdminModelForm, fields=fields)(data, instance=page)


def errors_of(page: Any, **data: Any) -> dict[str, Any]:
    return form_of(page, data).errors


@pytest.mark.parametrize(
    "field", [ConceptField(Scheme.TOPIC, verbose_name="onderwerpen"), ConceptKey("licence", null=True, blank=True)]
)
def test_a_migration_names_the_scheme_and_gives_the_same_field_back(field: models.Field) -> None:
    field.set_attributes_from_name("tags")
    _name, path, args, kwargs = field.deconstruct()
    assert path == f"portal.vocabulary.fields.{type(field).__name__}"
    assert args == [str(field.scheme)]
    assert set(kwargs) <= {"verbose_name", "null", "blank"}
    again = type(field)(*args, **kwargs)
    assert again.scheme == field.scheme
    assert again.remote_field.limit_choices_to == {"scheme": str(field.scheme)}
    assert f'{type(field).__name__}("{field.scheme}"' in MigrationWriter.serialize(field)[0].replace("'", '"')


def test_each_page_type_has_a_table_of_its_own_for_an_inherited_field() -> None:
    tables = {model._meta.get_field("topics").m2m_db_table() for model in (LessonPage, KnowledgePage)}
    assert tables == {"lessons_lessonpage_topics", "content_knowledgepage_topics"}


def test_an_unknown_scheme_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="onzin"):
        ConceptField("onzin")


def test_widgets_fit_the_length_of_the_scheme() -> None:
    assert isinstance(LessonPage._meta.get_field("topics").formfield().widget, ConceptCheckboxes)
    assert isinstance(CurriculumLink._meta.get_field("concept").formfield().widget, ConceptChooser)
    assert type(LessonPage._meta.get_field("licence").formfield().widget).__name__ == "Select"


def test_a_form_offers_the_concepts_of_its_scheme(lesson: LessonPage, concepts: dict[str, Concept]) -> None:
    form = form_of(lesson)
    assert [str(label) for _value, label in form["topics"].field.choices] == ["Afval", "Energie", "Water"]
    assert str(form["topics"]).count(" checked") == 2
    assert str(form["topics"]).count("Energie") == 1
    assert 'data-words="afval  vuilnis"' in str(form["topics"])
    assert "concepts--long" in str(form["topics"])
    assert "concepts--long" not in str(form["sectors"])


def test_another_scheme_is_refused(lesson: LessonPage, concepts: dict[str, Concept]) -> None:
    assert errors_of(lesson, topics=[concepts["water"].pk], licence=concepts["cc-by-40"].pk) == {}
    assert set(errors_of(lesson, topics=[concepts["po"].pk])) == {"topics"}
    assert set(errors_of(lesson, licence=concepts["po"].pk)) == {"licence"}
    assert set(errors_of(lesson, topics=["x", "99999999999999999999"])) == {"topics"}


def test_a_retired_concept_stays_where_it_was_and_is_offered_nowhere_else(
    lesson: LessonPage, knowledge: KnowledgePage, concepts: dict[str, Concept]
) -> None:
    for code in ("afval", "cc-by-40"):
        concepts[code].retired = True
        concepts[code].save()
    kept = LessonPage.objects.get()
    assert errors_of(kept, topics=[concepts["afval"].pk], licence=concepts["cc-by-40"].pk) == {}
    assert "Afval" in str(form_of(kept)["topics"])
    assert "Afval" not in str(form_of(knowledge)["topics"])
    assert set(errors_of(knowledge, topics=[concepts["afval"].pk])) == {"topics"}
    kept.full_clean()


@pytest.mark.parametrize("model", [LessonPage, KnowledgePage])
def test_the_editor_opens(admin: Client, lesson: LessonPage, knowledge: KnowledgePage, model: type) -> None:
    lesson.curriculum.add(CurriculumLink(concept=Concept.objects.get(code="po-2006-39"), why="Zij wegen afval."))
    lesson.save_revision()
    response = admin.get(f"/admin/pages/{model.objects.get().pk}/edit/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "js/admin-concepts.js" in html
    assert ("PO Kerndoel 39 · Milieu" in html) == (model is LessonPage)
