"""People who may enter the editors' desk, and the second factor that they cannot do without.

A password can be guessed, read over a shoulder or used twice; so it alone opens no screen of the desk. Who signs in without a
second factor has to type a code from a mail first, and then sets one up (`SecondFactorAdapter`, `proven_by_mail`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts.models import User

DESK = "wagtailadmin.access_admin"
FACTORS = ["totp", "webauthn"]
View = Callable[..., HttpResponseBase]


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether a password is not enough for this person. `STAFF_WITHOUT_SECOND_FACTOR` names domains of mail addresses that are
    let in without; it exists in the settings of a laptop and of the tests, and a public site has no such setting."""
    if not user.is_active or not user.has_perm(DESK):
        return False
    without: tuple[str, ...] = getattr(settings, "STAFF_WITHOUT_SECOND_FACTOR", ())
    return user.email.rpartition("@")[2] not in without


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether an app or a passkey was set up."""
    return bool(get_adapter().is_mfa_enabled(user, FACTORS))


def used(request: HttpRequest, *methods: str) -> bool:
    """Whether one of these (`mfa`, `code`) was used to sign in, or to prove oneself again, in this session."""
    user = request.user
    return user.is_authenticated and any(record["method"] in methods for record in get_authentication_records(request, user))


def for_staff(view: View) -> View:
    """A view of the desk. Who is not signed in goes on to Wagtail's own check, which leads to the sign-in; for who has no
    business at the desk there is nothing here; and staff who did not use a second factor are sent to do so first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(DESK):
            raise Http404
        return _way_to_prove(request) or view(request, *args, **kwargs)

    return guarded


def staff_prove_first(view: View) -> View:
    """A view outside of the desk in which staff may do more than others: for them too a password is not enough."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _way_to_prove(request) or view(request, *args, **kwargs)

    return guarded


def _way_to_prove(request: HttpRequest) -> HttpResponse | None:
    """Where staff who did not use a second factor in this session have to go; None for everybody else."""
    if not needs_second_factor(request.user):
        return None
    if not has_second_factor(request.user):
        messages.info(request, _("Set up a second step first: without it nobody enters the editors' desk."))
        return redirect("mfa_index")
    return None if used(request, "mfa") else _back_after("mfa_reauthenticate", request)


def proven_by_mail(view: View) -> View:
    """A view that sets up a second factor. For the first one of a member of staff a session that began with a password alone is
    not enough: they sign in again, with a code from a mail."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if needs_second_factor(user) and not has_second_factor(user) and not used(request, "code"):
            logout(request)
            messages.info(request, _("Sign in once more. We mail you a code, so that we know it is you."))
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def _back_after(name: str, request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("wagtailadmin_home")
    return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: back})}")
