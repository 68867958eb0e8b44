"""Forms in which a browser hands over what a passkey said. Who writes them by hand gets an error beside the form, not a fault."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from django.forms import Form, HiddenInput, JSONField
from django.utils.translation import gettext_lazy as _

# What parsing something else than the answer of a passkey may raise.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)

NAME = _("Name of this passkey")


class _Decoder(json.JSONDecoder):
    """Says of all that cannot be read that it is no JSON: of a number of five thousand digits and of deep brackets too, for which
    Python has other errors, that Django's field does not know."""

    def decode(self, text: str, *args: Any) -> Any:
        """What the text stands for."""
        try:
            return super().decode(text, *args)
        except (ValueError, RecursionError) as error:
            raise json.JSONDecodeError("unreadable", text, 0) from error


class _WithCredential(Form):
    credential = JSONField(decoder=_Decoder, widget=HiddenInput)


class _WellFormed(_WithCredential):
    def clean_credential(self) -> Authenticator:
        """The passkey that was used."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return found


class LoginForm(_WellFormed, forms.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class AuthenticateForm(_WellFormed, forms.AuthenticateWebAuthnForm):
    """A passkey as second step."""


class ReauthenticateForm(_WellFormed, forms.ReauthenticateWebAuthnForm):
    """A passkey to show once more that it is you."""


class AddForm(_WithCredential, forms.AddWebAuthnForm):
    """A new passkey; allauth has no Dutch name for its name, and calls the rest a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["passwordless"].label = _("Sign in with this passkey alone")
        self.fields["passwordless"].help_text = _("Without your password. Your device then asks for a finger, a face or its PIN.")

    def clean(self) -> dict[str, Any]:
        """The answer of the passkey, checked."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class EditForm(forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
