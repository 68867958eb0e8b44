"""The small form below the results: an address to mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.outbox.composing import UnsendableMail, address

_WRONG = _("Write an e-mail address such as naam@school.nl.")


class SaveForm(forms.Form):
    """One mail address. The field nobody sees catches robots."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _WRONG, "invalid": _WRONG, "max_length": _WRONG},
    )
    website = forms.CharField(required=False)

    def clean_email(self) -> str:
        """In lower case; only what the outbox can send to."""
        email: str = self.cleaned_data["email"].lower()
        try:
            address(email)
        except UnsendableMail as error:
            raise forms.ValidationError(_WRONG) from error
        return email

    @property
    def robot(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))
