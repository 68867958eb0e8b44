"""Addresses as they stand outside the site, in mails and feeds."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path on this site; from the settings, because the host of a request is what its sender says."""
    # Set by portal.settings.machine, which mypy does not read.
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"  # type: ignore[misc]
