"""The content of revisions: which concepts stand in it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Model
from modelcluster.models import get_all_child_relations

from portal.vocabulary.fields import ConceptField, ConceptKey


def concepts_in(content: Mapping[str, Any], model: type[Model]) -> set[int]:
    """The primary keys of all concepts in the content of a revision of a page of this type."""
    found: set[int] = set()

    def collect(value: Any) -> Any:
        found.update(value if isinstance(value, list) else [value])
        return value

    _mapped(content, model, collect)
    return found - {None}


def with_replaced(content: Mapping[str, Any], model: type[Model], old: int, new: int) -> dict[str, Any]:
    """The content of a revision of a page of this type with one concept in the place of another, wherever it stands."""

    def swap(value: Any) -> Any:
        if isinstance(value, list):
            return list(dict.fromkeys(new if key == old else key for key in value))
        return new if value == old else value

    return _mapped(content, model, swap)


def _mapped(content: Mapping[str, Any], model: type[Model], change: Callable[[Any], Any]) -> dict[str, Any]:
    """The content with `change` made to the value of every field that refers to concepts: a list of keys, a key, or None."""
    mapped = {**content, **_fields_mapped(content, model, change)}
    for relation, inline in _inline(model):
        mapped[relation] = [{**item, **_fields_mapped(item, inline, change)} for item in content.get(relation, ())]
    return mapped


def _fields_mapped(values: Mapping[str, Any], model: type[Model], change: Callable[[Any], Any]) -> dict[str, Any]:
    return {name: change(values[name]) for name in _fields(model) if name in values}


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return tuple(field.name for field in fields if isinstance(field, ConceptKey | ConceptField))


@cache
def _inline(model: type[Model]) -> tuple[tuple[str, type[Model]], ...]:
    """The relations to inline items that refer to concepts, each with the model of the items."""
    relations = ((relation.get_accessor_name(), relation.related_model) for relation in get_all_child_relations(model))
    return tuple((name, inline) for name, inline in relations if _fields(inline))
