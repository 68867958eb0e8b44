"""The portal's own pages and facets, made findable; and how any page with tags becomes a document."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.content.models import (
    AnswerPage,
    DomainPage,
    ExamplePage,
    KnowledgePage,
    NewsPage,
    OrganisationPage,
    PageRelation,
    PracticalHelpPage,
)
from portal.content.snapshot import current
from portal.stamps.models import VOCABULARY, read
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import ConceptValue, Vocabulary, vocabulary
from portal.vocabulary.tags import concepts_of
from search.documents import SearchDocument
from search.facets import FacetSpec
from search.registry import PageSource, SynonymSource, register_facet, register_page, register_synonyms

# Field of a page → facet of the finder.
FACET_OF_FIELD = {
    "sectors": "sector",
    "grades": "grade",
    "subjects": "subject",
    "wsa": "wsa",
    "sdg47": "sdg47",
    "sdgs": "sdg",
    "topics": "topic",
    "places": "place",
    "languages": "language",
    "materials_kinds": "material",
}
# Facets whose concepts are words a teacher types ("groep 6 biologie"), and so belong to the text.
SPOKEN = ("sector", "grade", "subject")


def tag_facets(tags: Mapping[str, Iterable[ConceptValue]], words: Vocabulary | None = None) -> dict[str, tuple[str, ...]]:
    """Facet → codes of a page with these tags. A narrower concept is found under its broader ones; a phase of school
    ("onderbouw") is found under each of its years as well."""
    words = words or vocabulary()
    facets: dict[str, tuple[str, ...]] = {}
    for field, facet in FACET_OF_FIELD.items():
        codes: dict[str, None] = {}
        for concept in tags.get(field, ()):
            wider = words.ancestors(concept)
            inside = words.descendants(concept) if facet == "grade" else ()
            codes.update(dict.fromkeys(one.code for one in (concept, *wider, *inside)))
        if codes:
            facets[facet] = tuple(codes)
    return facets


def links_of(pages: Sequence[Any]) -> dict[int, list[str]]:
    """Page key → what is said of the page elsewhere: titles of public pages related to it, either way, and notes. One query."""
    keys = {page.pk for page in pages}
    relations = PageRelation.objects.filter(Q(source__in=keys) | Q(target__in=keys), source__live=True, target__live=True)
    found: dict[int, list[str]] = {}
    closed = current().is_restricted
    for row in relations.select_related("source", "target"):
        if not closed(row.source.path) and not closed(row.target.path):
            found.setdefault(row.source_id, []).extend([row.target.title, row.note])
            found.setdefault(row.target_id, []).extend([row.source.title, row.note])
    return found


def tagged_documents(
    pages: Sequence[Any],
    revisions: Mapping[str, int],
    *,
    kind: str,
    more: Mapping[int, Mapping[str, tuple[str, ...]]] | None = None,
    texts: Mapping[int, Sequence[str]] | None = None,
) -> list[SearchDocument]:
    """Documents of pages with tags: one query for all tags, one for all relations. `more` adds facets by page key, `texts` what
    else visitors read on the page."""
    tags = concepts_of(pages)
    links = links_of(pages)
    words = vocabulary()
    documents = []
    for page in pages:
        mine = tags.get(page.pk, {})
        facets = {"kind": (kind,), **tag_facets(mine, words), **(more or {}).get(page.pk, {})}
        spoken = [concept.label for field, facet in FACET_OF_FIELD.items() if facet in SPOKEN for concept in mine.get(field, ())]
        topics = [name for concept in mine.get("topics", ()) for name in (concept.label, *concept.alt_labels)]
        documents.append(
            SearchDocument(
                key=str(page.pk),
                revision=revisions[str(page.pk)],
                kind=kind,
                title=page.title,
                intro=page.summary,
                body=" ".join([*page.searchable_text(), *(texts or {}).get(page.pk, ())]),
                audience=" ".join(spoken),
                links="\n".join(links.get(page.pk, ())),
                labels=" ".join(topics),
                facets=facets,
                minutes=getattr(page, "minutes", None),
                updated=page.first_published_at,
            )
        )
    return documents


def register_content() -> None:
    """Tell the registry about the pages of the ground floor and the facets that all pages share."""
    for spec in (
        FacetSpec("kind", _("Kind")),
        FacetSpec("sector", _("Sector"), scheme=Scheme.SECTOR, open_values=11),
        FacetSpec("grade", _("Group or year"), scheme=Scheme.GRADE, open_values=8),
        FacetSpec("subject", _("Subject"), scheme=Scheme.SUBJECT, open_values=8),
        FacetSpec("wsa", _("Whole School Approach"), scheme=Scheme.WSA),
        FacetSpec("sdg47", _("Theme of SDG 4.7"), scheme=Scheme.SDG47, open_values=7),
        FacetSpec("topic", _("Topic"), scheme=Scheme.TOPIC, folded=True),
        FacetSpec("sdg", _("Sustainable Development Goal"), scheme=Scheme.SDG, folded=True),
        FacetSpec("place", _("Place"), scheme=Scheme.PLACE, folded=True),
        FacetSpec("language", _("Language"), scheme=Scheme.LANGUAGE, folded=True),
    ):
        register_facet(spec)
    for model in (KnowledgePage, AnswerPage, ExamplePage, PracticalHelpPage, OrganisationPage, NewsPage, DomainPage):
        register_page(PageSource(model, model.kind, model.kind_label, partial(tagged_documents, kind=model.kind)))
    register_synonyms(SynonymSource("topics", topic_stamp, topic_names))


def topic_stamp() -> int:
    """Changes whenever a topic or its names change."""
    return read().get(VOCABULARY, 0)


def topic_names() -> list[tuple[str, ...]]:
    """Every topic as a group of wordings: its name, its other names, and how people misspell it."""
    topics = vocabulary().scheme(Scheme.TOPIC)
    return [(topic.label, *topic.alt_labels, *topic.hidden_labels) for topic in topics]
