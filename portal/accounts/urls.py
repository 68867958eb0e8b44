"""Addresses below /account/: django-allauth's views under the names it knows them by, with addresses that a teacher can read."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path

from portal.accounts import views
from portal.accounts.staff import proven_by_mail

entrance = [
    path("aanmelden/", account.login, name="account_login"),
    path("aanmelden/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("aanmelden/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("aanmelden/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("afmelden/", account.logout, name="account_logout"),
    path("nieuw/", account.signup, name="account_signup"),
    path("nieuw/mail/", account.email_verification_sent, name="account_email_verification_sent"),
    path("bevestigen/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/mail/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord-vergeten/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

own = [
    path("", views.overview, name="account"),
    path("naam/", views.change_name, name="account_name"),
    path("e-mail/", account.email, name="account_email"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("sessies/", list_usersessions, name="usersessions_list"),
    path("gegevens/", views.download, name="account_download"),
    path("verwijderen/", views.leave, name="account_leave"),
    path("verwijderd/", views.left, name="account_left"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("opnieuw/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("opnieuw/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("app/", proven_by_mail(totp.activate_totp), name="mfa_activate_totp"),
    path("app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("noodcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("noodcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("noodcodes/bestand/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/nieuw/", proven_by_mail(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/weg/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]

elsewhere = [
    path("", outside.connections, name="socialaccount_connections"),
    path("gegevens/", outside.signup, name="socialaccount_signup"),
    path("gestopt/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("mislukt/", outside.login_error, name="socialaccount_login_error"),
    path("oidc/<str:provider_id>/login/", views.sign_in_elsewhere, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
]

urlpatterns = [
    *entrance,
    *own,
    path("tweede-stap/", include(second_factor)),
    path("elders/", include(elsewhere)),
]
