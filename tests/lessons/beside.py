"""A second process on the database of the tests, for what cannot be seen from inside: memory, and the death of a worker."""

import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection

BEGIN = "import django\ndjango.setup()\n"


def environment() -> dict[str, str]:
    """What a process needs to work on the same database and the same files."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        who = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@" if database["USER"] else ""
        host = quote(database["HOST"], safe="") + (f":{database['PORT']}" if database["PORT"] else "")
        url = f"postgres://{who}{host}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": url,
        "PORTAL_VAR_DIR": str(settings.VAR_DIR),
        "REDIS_URL": "",
        "BROKER_URL": "",
    }


def start(code: str) -> "subprocess.Popen[str]":
    """A process that runs this code with Django set up."""
    command = [sys.executable, "-c", BEGIN + code]
    return subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)


def run(code: str) -> str:
    """What the code prints. Raises CalledProcessError when it fails."""
    with start(code) as process:
        printed, _nothing = process.communicate(timeout=600)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "code", printed)
    return printed
