"""Choosing one concept of a long scheme in Wagtail's admin: a searchable list in a window."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from portal.vocabulary.widgets import ConceptChooser


class ConceptFilterForm(BaseFilterForm):  # type: ignore[misc]
    """Search within the one scheme that the field offers."""

    q = forms.CharField(label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")}))
    scheme = forms.ChoiceField(choices=Scheme.choices, required=False, widget=forms.HiddenInput)

    def filter(self, objects: QuerySet[Concept]) -> QuerySet[Concept]:
        if scheme := self.cleaned_data["scheme"]:
            objects = objects.filter(scheme=scheme)
        for word in self.cleaned_data["q"].split()[:10]:
            self.is_searching, self.search_query = True, self.cleaned_data["q"]
            objects = objects.filter(
                Q(label_nl__icontains=word) | Q(notation__icontains=word) | Q(code__icontains=word)
                | Q(subject_area__icontains=word) | Q(broader__label_nl__icontains=word)
            )  # fmt: skip
        return objects


class ConceptChoosing:
    """The list of a chooser: concepts in use, each with the set that it belongs to."""

    filter_form_class = ConceptFilterForm

    def get_object_list(self) -> QuerySet[Concept]:
        return Concept.objects.filter(retired=False).select_related("broader")

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("broader", label=_("Part of"), accessor="broader.label_nl"),
            Column("subject_area", label=_("Subject area"), accessor="subject_area"),
        ]


class ConceptChooseView(ConceptChoosing, ChooseView):  # type: ignore[misc]
    """The chooser as it opens."""


class ConceptChooseResultsView(ConceptChoosing, ChooseResultsView):  # type: ignore[misc]
    """Its list after a search or on another page."""


class ConceptChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    model = Concept
    name = "concept_chooser"
    icon = "tag"
    choose_one_text = _("Choose a concept")
    choose_another_text = _("Choose another concept")
    per_page = 20
    preserve_url_parameters = ("multiple", "scheme")
    choose_view_class = ConceptChooseView
    choose_results_view_class = ConceptChooseResultsView
    base_widget_class = ConceptChooser
    # ConceptKey picks the widget itself, as it knows the scheme.
    register_widget = False


concept_chooser = ConceptChooserViewSet()
