"""The account page, and the doors that the desk once had of its own."""

import logging

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from portal.accounts.erasing import LastAdministrator, erase, export
from portal.accounts.models import User
from portal.accounts.names import NameForm
from portal.accounts.staff import DESK, has_second_factor

log = logging.getLogger(__name__)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account in one place; the floors above add to it by the slot `account`."""
    user = request.user
    values = {"second_factor": has_second_factor(user), "staff": user.has_perm(DESK)}
    return render(request, "account/overview.html", values)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    """One's own name."""
    user = _person(request)
    given = {"first_name": user.first_name, "last_name": user.last_name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        user.first_name, user.last_name = form.cleaned_data["first_name"], form.cleaned_data["last_name"]
        user.save(update_fields=["first_name", "last_name"])
        messages.success(request, _("Your name was changed."))
        return redirect("account")
    return render(request, "account/name.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest) -> HttpResponse:
    """Everything that the portal knows about somebody, as a file; they show once more that it is them."""
    if request.method == "POST":
        return _download(request)
    return render(request, "account/download.html")


@reauthentication_required
def _download(request: HttpRequest) -> HttpResponse:
    name = f"mijn-gegevens-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(export(_person(request)), content_type="application/zip", headers=headers)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Erase one's account and all that leads to it, after the password."""
    user = _person(request)
    if request.method == "POST":
        try:
            erase(user, by=user)
        except LastAdministrator:
            messages.error(request, _("You are the only administrator. Make somebody else administrator first."))
            return redirect("account")
        logout(request)
        return redirect("account_left")
    return render(request, "account/leave.html")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """What somebody reads who has left."""
    return render(request, "account/left.html")


def _person(request: HttpRequest) -> User:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - the decorators saw to it
    return user


def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the sign-in of an organisation; where nobody answers there, to the page that says that it did not work."""
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except RequestException as error:
        log.error("The organisation %s cannot be asked: %s", provider_id, error)
        return redirect("socialaccount_login_error")
    return answer


@never_cache
def old_sign_in(request: HttpRequest) -> HttpResponse:
    """From `/admin/login/` to the sign-in, and from there back to the desk."""
    back = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("wagtailadmin_home")
    return redirect_to_login(back)


@never_cache
def old_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    """From `/admin/password_reset/…` to the one way to a new password."""
    return redirect("account_reset_password")
