"""The test suite: SQLite unless DATABASE_URL names another server, fast password hashes, tasks run where they are queued."""

import tempfile
from dataclasses import replace
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.env import load
from portal.settings.machine import machine_settings

globals().update(machine_settings(replace(load(production=False), var_dir=Path(tempfile.mkdtemp(prefix="portal-test-")))))

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
ALLOWED_HOSTS = ["*"]
