"""Forms in which a browser hands over what a passkey said. Who writes them by hand gets an error beside the form, not a fault."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms

# What parsing something else than the answer of a passkey may raise.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


class _WellFormed:
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


class AddForm(forms.AddWebAuthnForm):
    """A new passkey."""

    def clean(self) -> dict[str, Any]:
        """The answer of the passkey, checked."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
