"""A laptop: SQLite, the embedded search engine, a broker in a folder. Never for a public site."""

from portal.settings.base import *  # noqa: F403
from portal.settings.env import load
from portal.settings.machine import machine_settings

_env = load(production=False)
globals().update(machine_settings(_env))

# Where `manage.py run` serves.
PORT = _env.port
DEBUG = False
DEMO = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The people of the demo work at the editors' desk without a second factor. No public site has these two settings.
STAFF_WITHOUT_SECOND_FACTOR = ("demo.example",)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
