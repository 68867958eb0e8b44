"""What people fill in about their account."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.totp import forms as totp_forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.honeypot import Honeypot

LONG = _("At least 12 characters. A sentence of a few words is easy to remember.")


class SignupForm(Honeypot, allauth_forms.SignupForm):
    """An account for an address. For an address that has one already the answer costs the same work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We mail a link to this address. Use the address of your school if you have one.")
        self.fields["password1"].help_text = LONG

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; a robot gets the same answer and no account."""
        if self.robot:
            return None, get_adapter().respond_email_verification_sent(request, None)
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """A new password, typed once: browsers show it and keep it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = LONG


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """A new password by way of a link, typed once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = LONG


class SetPasswordForm(allauth_forms.SetPasswordForm):
    """A first password for who signed in by way of an organisation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = LONG


class ActivateAppForm(totp_forms.ActivateTOTPForm):
    """The first code of an app; allauth names it in English alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the app")
