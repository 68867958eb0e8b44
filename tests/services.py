"""What a test may need beside Python: skipped with a reason on a laptop without it, an error where everything has to be there."""

import os
import shutil
from typing import NoReturn

import pytest

# Name of the service → the program that shows it is there, and the Debian package that brings it.
PROGRAMS = {
    "chromium": ("chromium", "chromium"),
    "exiftool": ("exiftool", "libimage-exiftool-perl"),
    "gettext": ("msgfmt", "gettext"),
}


def requires(service: str) -> str:
    """The path of this service's program. Without it the test is skipped, or fails when CI is set: there nothing may miss."""
    program, package = PROGRAMS[service]
    found = shutil.which(program)
    if found:
        return found
    return lacking(f"needs {program} (Debian: apt install {package})")


def requires_url(name: str) -> str:
    """The address of a service from this environment variable (`REDIS_URL_TEST`); skipped or failed like `requires` without."""
    return os.environ.get(name) or lacking(f"needs a service named by {name}")


def lacking(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
