"""The test suite: SQLite unless DATABASE_URL names another server, fast password hashes, tasks run where they are queued."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS, MIDDLEWARE
from portal.settings.env import load
from portal.settings.machine import machine_settings

_var = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)
# Services in the environment are for the tests that ask for them: one cache for all would mix tests that run side by side.
_machine = machine_settings(replace(load(production=False), var_dir=_var, redis_url="", broker_url="", elasticsearch_urls=[]))
_database = _machine["DATABASES"]["default"]
# A file, as in production: SQLite's database in memory has other locks, and no journal.
_database["TEST"] = {"NAME": str(_var / "test.sqlite3")} if "sqlite" in _database["ENGINE"] else {}
globals().update(_machine)

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [*MIDDLEWARE, "tests.nplusone.watch"]

DEBUG = False
DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files straight from their sources, found when they are asked for.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["*"]
# The people of the factories; the tests of the second factor leave them out.
STAFF_WITHOUT_SECOND_FACTOR = ("example.org", "example.com", "demo.example")
