"""Who signs in and how: django-allauth, with its pages under Dutch addresses (`portal.accounts.urls`)."""

from datetime import timedelta
from typing import Any

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.accounts.passwords.LongEnoughValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
# Read by Wagtail alone: after the password of a closed page or collection, when the address to go back to is not ours.
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=4).total_seconds())

ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.accounts.names.NameForm"
ACCOUNT_FORMS = {
    "signup": "portal.accounts.forms.SignupForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Only in the browser that signed up: there the password was just given.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Whether an address has an account is told by mail alone, to that address.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
# A school is one address on the internet: limits per address leave room for a team that signs up together.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # The key is name and address together: whoever guesses locks nobody else out.
    "login_failed": "6/15m/key",
    "signup": "60/h/ip",
    "reset_password": "60/h/ip,5/h/key",
    "reset_password_from_key": "60/h/ip",
    "confirm_email": "1/3m/key",
}

MFA_ADAPTER = "portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "portal.accounts.forms.ActivateAppForm",
    "login_webauthn": "portal.accounts.passkeys.LoginForm",
    "authenticate_webauthn": "portal.accounts.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "portal.accounts.passkeys.ReauthenticateForm",
    "add_webauthn": "portal.accounts.passkeys.AddForm",
    "edit_webauthn": "portal.accounts.passkeys.EditForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Duurzaam op school"

SOCIALACCOUNT_ADAPTER = "portal.accounts.adapters.OutsideAdapter"
# Switched on by OIDC_… in the environment; `portal.settings.machine` fills it.
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
# The codes of those that are believed when they say who works at which school.
OPENID_VOUCHERS: list[str] = []

# The desk has no doors of its own.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# An administrator makes an account without a password; its owner chooses one by way of "password forgotten".
WAGTAILUSERS_PASSWORD_REQUIRED = False
