"""The form of a need, and the word one may add to a step."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept
from schools.enums import Priority
from schools.models.needs import SupportNeed

FURTHEST = timedelta(days=5 * 366)
MOST_TOPICS = 8


class NeedForm(forms.ModelForm[SupportNeed]):
    """What a school needs. Topics are chosen from one list; the vocabulary is in memory, so that it costs no query."""

    topics = forms.TypedMultipleChoiceField(
        label=_("Topics"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple, help_text=_("Choose at most 8.")
    )

    class Meta:
        model = SupportNeed
        fields = ("what", "domain", "explanation", "for_whom", "by_when", "priority")
        widgets = {
            "by_when": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "domain": forms.RadioSelect,
            "priority": forms.RadioSelect,
            "explanation": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = vocabulary()
        mine = {concept.pk for concept in self.instance.topics.all()} if self.instance.pk else set()
        topics = [concept for concept in words.scheme(Scheme.TOPIC, retired=True) if not concept.retired or concept.pk in mine]
        self.fields["topics"].choices = [(concept.pk, concept.title) for concept in topics]
        self.fields["topics"].initial = sorted(mine)
        domains = [(concept.pk, concept.label) for concept in words.scheme(Scheme.WSA)]
        self.fields["domain"] = forms.TypedChoiceField(
            label=_("Which part of the school?"), choices=domains, coerce=int, widget=forms.RadioSelect
        )
        self.fields["priority"] = forms.TypedChoiceField(
            label=_("How soon?"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL, widget=forms.RadioSelect
        )
        self.order_fields(["what", "domain", "priority", "for_whom", "by_when", "explanation", "topics"])

    def clean_domain(self) -> Concept:
        return Concept.objects.get(pk=self.cleaned_data["domain"])

    def clean_topics(self) -> list[int]:
        topics: list[int] = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(_("Choose at most 8."))
        return topics

    def clean_by_when(self) -> Any:
        day = self.cleaned_data["by_when"]
        today = timezone.localdate()
        if day and day != self.instance.by_when and not today <= day <= today + FURTHEST:
            raise forms.ValidationError(_("Choose a day in the coming years."))
        return day

    def _post_clean(self) -> None:
        """The service writes, so the object of the form stays as it is."""

    @property
    def chosen_topics(self) -> list[Concept]:
        """The concepts that were chosen."""
        return list(Concept.objects.filter(pk__in=self.cleaned_data["topics"]))


class StepForm(forms.Form):
    """A word with a step: what helped, or why it is dropped."""

    note = forms.CharField(label=_("A word about it"), required=False, max_length=300)
