"""Form fields that offer concepts, and the form in which editors change a concept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.vocabulary.choosers import concept_chooser
from portal.vocabulary.enums import LONG_SCHEMES
from portal.vocabulary.models import Concept
from portal.vocabulary.widgets import ConceptCheckboxes


def choosable(scheme: str, chosen: Iterable[Any]) -> QuerySet[Concept]:
    """The concepts of a scheme that may be chosen: those in use by everybody, and what was chosen here before."""
    keys = {getattr(choice, "pk", choice) for choice in chosen}
    return Concept.objects.filter(Q(retired=False) | Q(pk__in=keys), scheme=scheme)


class ConceptMultipleChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Many concepts of one scheme."""

    def __init__(self, *, scheme: str, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(**{"widget": ConceptCheckboxes(scheme), **kwargs})

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        # The first moment at which a field meets the object that it edits, before it is rendered or validated.
        self.queryset = choosable(self.scheme, form.get_initial_for_field(self, field_name) or ())
        return super().get_bound_field(form, field_name)


class ConceptChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One concept of one scheme."""

    def __init__(self, *, scheme: str, **kwargs: Any) -> None:
        self.scheme = scheme
        widget = concept_chooser.widget_class(scheme=scheme) if scheme in LONG_SCHEMES else forms.Select()
        super().__init__(**{"widget": widget, **kwargs})

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        chosen = form.get_initial_for_field(self, field_name)
        self.queryset = choosable(self.scheme, [chosen] if chosen else ())
        return super().get_bound_field(form, field_name)


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return _lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and _lines(data or "") != (initial or [])


class ConceptForm(WagtailAdminModelForm):  # type: ignore[misc]
    """What an editor changes here is remembered in `Concept.edited`, so that loading a file leaves it alone."""

    alt_labels = LinesField(
        label=_("Other names"), required=False, help_text=_("One per line. Visitors find the concept by these words as well.")
    )
    hidden_labels = LinesField(
        label=_("Misspellings"), required=False, help_text=_("One per line. Searched like other names, never shown.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            # Chosen once: addresses, files and narrower concepts refer to them.
            self.fields["scheme"].disabled = self.fields["code"].disabled = True
            del self.fields["broader"]

    def save(self, commit: bool = True) -> Concept:
        concept: Concept = self.instance
        concept.edited = sorted({*concept.edited, *(set(self.changed_data) & set(Concept.EDITABLE))})
        if concept.pk is None:
            last = Concept.objects.filter(scheme=concept.scheme).aggregate(last=Max("order"))["last"]
            concept.order = 0 if last is None else last + 1
        saved: Concept = super().save(commit)
        return saved


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
