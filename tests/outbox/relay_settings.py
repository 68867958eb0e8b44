"""A process that only sends mail, and so starts in a moment."""

from portal.settings.dev import *  # noqa: F403

INSTALLED_APPS = ["portal.background", "portal.outbox"]
