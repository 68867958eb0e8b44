"""The form of a profile: a field for each domain of the Whole School Approach, then whom to ask and who may see it."""

from typing import Any

from django import forms

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models.profile import Practice, SchoolProfile

PREFIX = "domain-"
LONGEST = Practice._meta.get_field("text").max_length


class ProfileForm(forms.ModelForm[SchoolProfile]):
    """What the school does already, per domain."""

    class Meta:
        model = SchoolProfile
        fields = ("contact_name", "contact_email", "visibility")
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, practices: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains = vocabulary().scheme(Scheme.WSA)
        for concept in self.domains:
            self.fields[f"{PREFIX}{concept.code}"] = forms.CharField(
                label=concept.label,
                required=False,
                max_length=LONGEST,
                initial=practices.get(concept.code, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields([f"{PREFIX}{concept.code}" for concept in self.domains])

    @property
    def practices(self) -> dict[str, str]:
        """The texts by code of the domain."""
        return {concept.code: self.cleaned_data[f"{PREFIX}{concept.code}"] for concept in self.domains}

    def _post_clean(self) -> None:
        """The service writes, so the object of the form stays as it is."""
