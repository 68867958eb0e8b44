from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from PIL import Image
from pytest_django import Settings

from portal.accounts.models import User


@pytest.fixture(autouse=True)
def media_root(settings: Settings, tmp_path: Path) -> Path:
    """An empty media folder for each test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    caches["renditions"].clear()
    return tmp_path / "media"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("editor@example.org", "a-long-enough-password")


@pytest.fixture
def admin(client: Client, editor: User) -> Client:
    """A browser that is signed in to the editors' screens; it answers 500 instead of raising, as a server does."""
    client.force_login(editor)
    client.raise_request_exception = False
    return client


def files_in(folder: Path) -> list[str]:
    """All files below a folder, by their relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image
