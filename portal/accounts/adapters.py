"""Where django-allauth asks this portal how things are done here."""

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.models import EmailConfirmation, Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.sealing import seal, unseal
from portal.accounts.staff import has_second_factor, needs_second_factor
from portal.senders import address

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use the code of the app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and what is mailed about them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not belong together. Check both, or choose a new password."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait a quarter of an hour, or choose a new password."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that our own proxy saw."""
        return address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Name and address together: whoever guesses the password of somebody else locks out themselves alone.
        name = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        pair = f"{settings.SECRET_KEY}:{name}:{address(request)}"
        return hashlib.sha256(pair.encode("utf-8", "replace")).hexdigest()

    def is_login_by_code_required(self, login: Login) -> bool:
        """A code by mail for staff without a second factor: with the password alone somebody else could set one up."""
        user = login.user
        if user is None or not needs_second_factor(user) or has_second_factor(user):
            return False
        if any(record["method"] == "code" for record in get_authentication_records(self.request, user)):
            return False
        # Whoever was made by hand has no confirmed address yet; typing the code confirms it.
        sync_user_email_address(user)
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show once more that it is you, under the names that our pages use."""
        return [
            {**way, "description": WAYS.get(way["id"], way["description"])} for way in super().get_reauthentication_methods(user)
        ]

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """On the site's own address, whatever host the request named."""
        return settings.WAGTAILADMIN_BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address, whatever host the request named. `key` is what stands behind the last slash but one."""
        uid, _sep, token = key.partition("-")
        return settings.WAGTAILADMIN_BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the page that somebody was on the way to, who signs in by a passkey too; else to the account page."""
        return get_next_redirect_url(request) or reverse("account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To the account page."""
        return reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the account page, where the message is seen."""
        return reverse("account")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Apps, passkeys and codes for emergencies."""

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A name for who gives none."""
        known = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey %(number)s") % {"number": known + 1})

    def encrypt(self, text: str) -> str:
        """How the key of an app and the seed of the codes stand in the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The same to work with."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one."""
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=("totp", "webauthn")).exclude(pk=authenticator.pk)
        return not needs_second_factor(user) or others.exists()

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("You work at the editors' desk: set up another second step before you remove this one."),
    }


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Sign-in by way of an organisation that knows the person."""
