"""The concepts of pages: one query for any number of pages of any mix of types, labels from the memory of `lookup`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.db import connection, models

from portal.vocabulary.fields import ConceptField
from portal.vocabulary.lookup import ConceptValue, Vocabulary, vocabulary

Tags = dict[str, tuple[ConceptValue, ...]]


@cache
def concept_fields(model: type[models.Model]) -> tuple[ConceptField, ...]:
    """The fields of a model that tag it with many concepts, in the order of their declaration."""
    return tuple(field for field in model._meta.many_to_many if isinstance(field, ConceptField))


def concepts_of(pages: Iterable[models.Model]) -> dict[int, Tags]:
    """The stored tags of pages as primary key → field name → concepts in the order of the vocabulary.

    Every page and every field of its type is there, if only with an empty tuple. One query (none when nothing can have tags),
    beside those of `vocabulary()`. A page may be a plain `Page`: its own type is looked up.
    """
    pages_by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for page in pages:
        pages_by_model[_type_of(page)].append(page.pk)
    found: dict[int, dict[str, list[int]]] = {
        pk: {field.name: [] for field in concept_fields(model)} for model, pks in pages_by_model.items() for pk in pks
    }
    for name, page_pk, concept_pk in _rows(pages_by_model):
        found[page_pk][name].append(concept_pk)
    words = vocabulary()
    return {pk: {name: _resolve(words, concepts) for name, concepts in tags.items()} for pk, tags in found.items()}


def concepts_of_page(page: models.Model) -> Tags:
    """The tags of one page as it is in memory: of a preview what the editor chose, else what is stored."""
    # Where django-modelcluster keeps the relations of a page that a form or a revision has filled.
    chosen: Mapping[str, Sequence[models.Model]] = page.__dict__.get("_cluster_related_objects", {})
    fields = concept_fields(type(page))
    unread = page.pk is not None and any(field.name not in chosen for field in fields)
    tags: Tags = concepts_of([page])[page.pk] if unread else {field.name: () for field in fields}
    words = vocabulary()
    for field in fields:
        if field.name in chosen:
            tags[field.name] = _resolve(words, (concept.pk for concept in chosen[field.name]))
    return tags


def _type_of(page: models.Model) -> type[models.Model]:
    if concept_fields(type(page)):
        return type(page)
    return getattr(page, "specific_class", None) or type(page)


def _rows(pages_by_model: Mapping[type[models.Model], Sequence[int]]) -> Iterable[tuple[str, int, int]]:
    """(field name, page, concept) of all pages, by one UNION ALL over the through tables.

    Written by hand: building the same query from eleven querysets takes the ORM longer than the database needs to answer it.
    """
    quote = connection.ops.quote_name
    selects: list[str] = []
    parameters: dict[str, int] = {}
    for model, pks in pages_by_model.items():
        fields = concept_fields(model)
        if not fields:
            continue
        # Named parameters, as each is used once per field: SQLite allows a limited number of them in a query.
        names = [f"page{len(parameters) + index}" for index in range(len(pks))]
        parameters.update(zip(names, pks, strict=True))
        among = ", ".join(f"%({name})s" for name in names)
        for field in fields:
            page, concept, table = map(quote, (field.m2m_column_name(), field.m2m_reverse_name(), field.m2m_db_table()))
            # Identifiers come from the models and are quoted; a field name is a Python identifier.
            selects.append(f"SELECT '{field.name}', {page}, {concept} FROM {table} WHERE {page} IN ({among})")  # noqa: S608
    if not selects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), parameters)
        rows: list[tuple[str, int, int]] = cursor.fetchall()
        return rows


def _resolve(words: Vocabulary, concept_pks: Iterable[int]) -> tuple[ConceptValue, ...]:
    concepts = (words.by_id(pk) for pk in concept_pks)
    return tuple(sorted((concept for concept in concepts if concept is not None), key=lambda concept: concept.position))
