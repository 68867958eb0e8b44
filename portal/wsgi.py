"""The WSGI application: `gunicorn portal.wsgi`."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django_application = get_wsgi_application()

# What asks for the settings of the line above cannot be imported before it.
from portal.content.hostile import in_our_encoding  # noqa: E402


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django, behind a door that it cannot put there itself: it makes its request before any middleware sees it."""
    return django_application(in_our_encoding(environ), start_response)
