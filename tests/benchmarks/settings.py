"""Settings for measurements: production's code paths on the database of DATABASE_URL (SQLite without one), plus a stock Wagtail
page to compare with. ELASTICSEARCH_URL_TEST adds the second engine."""

import os
from dataclasses import replace
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.env import load
from portal.settings.machine import machine_settings

_folder = Path(os.environ["BENCH_DIR"])
_env = load(production=False)
_url = os.environ.get("DATABASE_URL", f"sqlite:///{_folder}/bench.sqlite3")
_server = os.environ.get("ELASTICSEARCH_URL_TEST", "")
_searching = {"elasticsearch_urls": [_server] if _server else [], "elasticsearch_prefix": f"bench-{_folder.name.lower()}"}
globals().update(machine_settings(replace(_env, var_dir=_folder, database_url=_url, log_level="ERROR", **_searching)))
if _server:
    # A measurement that gives up would say nothing of the others.
    ELASTICSEARCH = {**globals()["ELASTICSEARCH"], "patience": 60.0}
# At sizes that the embedded engine is not made for: BENCH_SINKS=elasticsearch.
SEARCH_SINKS = os.environ.get("BENCH_SINKS", ",".join(globals()["SEARCH_SINKS"])).split(",")

DEBUG = False
DEMO = False
INSTALLED_APPS = ["tests.benchmarks.stock", *INSTALLED_APPS]  # noqa: F405
ROOT_URLCONF = "tests.benchmarks.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# The worker's part is measured by itself, with a process that has BENCH_WORKER in its environment.
if "BENCH_WORKER" not in os.environ:
    CELERY_BROKER_URL = "memory://"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
