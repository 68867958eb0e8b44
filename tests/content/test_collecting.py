"""Static files are collected when one of their sources has changed, and only then."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings

from portal.content.collecting import collect_static


@pytest.fixture
def source(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The one folder with static files; they are collected into `collected` beside it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "site.css").write_text("body {}")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    finders.get_finder.cache_clear()
    yield folder
    finders.get_finder.cache_clear()


def test_only_a_change_makes_work(source: Path, settings: Settings) -> None:
    collected = Path(settings.STATIC_ROOT)
    assert collect_static() is True
    assert collect_static() is False
    (source / "site.css").write_text("body { margin: 0 }")
    assert collect_static() is True
    assert (collected / "site.css").read_text() == "body { margin: 0 }"
    (source / "print.css").write_text("")
    (source / "site.css").unlink()
    assert collect_static() is True
    assert [path.name for path in collected.glob("*.css")] == ["print.css"]


def test_a_collection_that_was_thrown_away_is_made_again(source: Path, settings: Settings) -> None:
    collect_static()
    shutil.rmtree(settings.STATIC_ROOT)
    assert collect_static() is True
    assert Path(settings.STATIC_ROOT, "site.css").exists()
