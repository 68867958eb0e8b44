from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User


@pytest.fixture
def media_root(settings: Settings) -> Path:
    """The media folder, empty for each test."""
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """A browser that is signed in to the editors' screens; it answers 500 instead of raising, as a server does."""
    client.force_login(User.objects.create_superuser("editor@example.org", "a-long-enough-password"))
    client.raise_request_exception = False
    return client
