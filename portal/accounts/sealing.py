"""Secrets of second factors, sealed: who has a copy of the database and not the key of the site can make no codes with it."""

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "portal.accounts.sealing"
log = logging.getLogger(__name__)


def seal(text: str) -> str:
    """The text as only this site can read it."""
    return _lock().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed with SECRET_KEY or one of SECRET_KEY_FALLBACKS.

    What no key opens (the site got another one) becomes a secret that nobody knows: no code is right, the person is helped as
    somebody who lost the telephone, and no page breaks.
    """
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken:
        log.error("A second factor was sealed with a key that this site does not have any more")
        return b32encode(secrets.token_bytes(20)).decode()


def _lock() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac(SALT, "second factor", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
