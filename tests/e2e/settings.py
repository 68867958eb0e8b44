"""A laptop's settings, and one address that fails, so that the page for faults of our own can be looked at."""

from portal.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.e2e.urls"
