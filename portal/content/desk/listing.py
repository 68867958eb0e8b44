"""All pages with tags in one list, whatever their type and place: found by type, state, domain, theme and sector."""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from portal.content.cards import tagged_models
from portal.content.desk.states import State, in_state
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.tags import concepts_of
from portal.vocabulary.usage import pages_with


def tagged_types(request: Any = None) -> QuerySet[ContentType]:
    """The content types of pages with tags."""
    types = ContentType.objects.get_for_models(*tagged_models()).values()
    return ContentType.objects.filter(pk__in=[kind.pk for kind in types]).order_by("model")


def _choices(scheme: str) -> list[tuple[str, str]]:
    return [(concept.code, concept.title) for concept in vocabulary().scheme(scheme, retired=True)]


class ConceptFilter(MultipleChoiceFilter):
    """Pages with at least one of the chosen concepts of a scheme, by their codes."""

    def __init__(self, *, scheme: str, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(choices=partial(_choices, scheme), widget=CheckboxSelectMultiple, **kwargs)

    def filter(self, pages: QuerySet[Page], codes: list[str]) -> QuerySet[Page]:
        found = [vocabulary().get(self.scheme, code) for code in codes]
        return pages.filter(pk__in=pages_with([concept.pk for concept in found if concept]).values("pk")) if codes else pages


class StateFilter(ChoiceFilter):
    """Pages in one state."""

    def filter(self, pages: QuerySet[Page], state: str) -> QuerySet[Page]:
        return pages.filter(pk__in=in_state(state).values("pk")) if state else pages


class PageFilters(WagtailFilterSet):
    """What the list of all pages is narrowed by."""

    content_type = MultipleContentTypeFilter(label=_("Page type"), queryset=tagged_types, widget=CheckboxSelectMultiple)
    state = StateFilter(label=_("State"), choices=State.choices, empty_label=_("All"), widget=RadioSelect)
    wsa = ConceptFilter(label=_("Domain"), scheme=Scheme.WSA)
    sdg47 = ConceptFilter(label=_("Theme"), scheme=Scheme.SDG47)
    sector = ConceptFilter(label=_("Sector"), scheme=Scheme.SECTOR)

    class Meta:
        model = Page
        fields: list[str] = []


class PageList(IndexView):
    """The list. What it asks of the database does not grow with the number of pages."""

    page_title = _("All pages")
    base_columns = [
        *IndexView.base_columns[:2],
        Column("kind", label=_("Type"), accessor="kind_label", width="10%"),
        Column("domains", label=_("Domain"), accessor="desk_domains", width="14%"),
        Column("review_on", label=_("Review date"), accessor="review_on", width="10%"),
        *IndexView.base_columns[3:],
    ]

    def get_base_queryset(self) -> QuerySet[Page]:
        return super().get_base_queryset().filter(content_type__in=tagged_types())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        tags = concepts_of(context["object_list"])
        for page in context["object_list"]:
            page.desk_domains = ", ".join(concept.label for concept in tags[page.pk]["wsa"])
        return context


def works_on_pages(user: Any) -> bool:
    """Whether this person may open the lists of pages: who writes, publishes or locks one somewhere."""
    return bool(page_permission_policy.user_has_any_permission(user, PageList.any_permission_required))


class ForEditors(MenuItem):
    """Leads to a list of pages; others would be sent away there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_pages(request.user)
