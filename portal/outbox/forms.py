"""The field for an address that will be mailed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.outbox.composing import UnsendableMail, address

_WRONG = _("Write an e-mail address such as naam@school.nl.")


class MailAddressField(forms.EmailField):
    """One mail address, in lower case; only what the outbox can send to."""

    def __init__(self, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "invalid", "max_length"), _WRONG)
        super().__init__(**{"max_length": 254, "error_messages": messages, **kwargs})

    def clean(self, value: Any) -> str:
        email: str = super().clean(value).lower()
        try:
            if email:
                address(email)
        except UnsendableMail as error:
            raise forms.ValidationError(_WRONG) from error
        return email
