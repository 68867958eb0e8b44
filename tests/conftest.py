"""What every test stands on: folders of its own, nothing remembered from the test before it, and a small site to ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as rules_of_play
from pytest_django import DjangoDbBlocker, Settings

from lessons.models import LessonIndexPage, LessonPage
from portal.content import snapshot
from portal.content.models import DomainPage, HomePage, KnowledgePage, SectionPage
from portal.stamps.models import VOCABULARY, bump
from portal.vocabulary import lookup
from portal.vocabulary.models import Concept
from search import finder
from tests import database, factories
from tests.processes import WebProcess

# How fast examples come is a property of the machine, which may be busy; not of what is tried.
rules_of_play.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
rules_of_play.load_profile("portal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `postgresql` are skipped on SQLite; `make test` runs the suite a second time where PostgreSQL is named."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL_POSTGRESQL"))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """On SQLite the tests start from a database that an earlier run migrated, when it did so with the migrations of today."""
    if connection.vendor != "sqlite":
        return False
    return database.restore(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of the tests, migrated; kept for the next run."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            database.keep(Path(connection.settings_dict["NAME"]))


@pytest.fixture(autouse=True)
def own_machine(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty media folder and search index, and a process that remembers nothing: a test rolls back rows, not memories."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    for cache in caches.all(initialized_only=True):
        cache.clear()
    monkeypatch.setattr(snapshot, "_kept", {})
    monkeypatch.setattr(snapshot, "_hosts", (-1, {}, 0))
    monkeypatch.setattr(lookup, "_kept", None)
    monkeypatch.setattr(finder, "_planner", None)


@pytest.fixture
def django_capture_on_commit_callbacks(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> Callable[..., AbstractContextManager[list[Any]]]:
    """Pytest-django's own, as if what was done before had been committed: the portal asks for each task once a transaction."""

    def capture(**options: Any) -> AbstractContextManager[list[Any]]:
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(**options)

    return capture


@pytest.fixture
def vocabulary(db: None, concept_rows: list[Concept]) -> lookup.Vocabulary:
    """All concepts of the project's vocabulary files."""
    if concept_rows:
        Concept.objects.bulk_create(concept_rows)
        bump(VOCABULARY)
    else:
        call_command("load_vocabulary", verbosity=0)
        concept_rows += Concept.objects.all()
    return lookup.vocabulary()


@pytest.fixture(scope="session")
def concept_rows() -> list[Concept]:
    """What the first test that needs the vocabulary read from its files, which takes more than a second."""
    return []


@pytest.fixture
def site(vocabulary: lookup.Vocabulary) -> HomePage:
    """The home page of a site that has nothing below it yet."""
    return factories.make_site()


@pytest.fixture
def lesson_index(site: HomePage) -> LessonIndexPage:
    """The live page `/lessen/`."""
    return factories.LessonIndexFactory(parent=site)


@pytest.fixture
def lesson(lesson_index: LessonIndexPage) -> LessonPage:
    """A live lesson with everything a lesson needs, at `/lessen/les-…/`."""
    return factories.LessonFactory(parent=lesson_index)


@pytest.fixture
def section(site: HomePage) -> SectionPage:
    """The live page `/kennis/`."""
    return factories.SectionFactory(parent=site, title="Kennis", slug="kennis")


@pytest.fixture
def article(section: SectionPage) -> KnowledgePage:
    """A live article below the section."""
    return factories.KnowledgeFactory(parent=section)


@pytest.fixture
def domain_page(site: HomePage) -> DomainPage:
    """The live page of the domain curriculum."""
    return factories.DomainFactory(parent=site)


@pytest.fixture
def processes() -> tuple[WebProcess, WebProcess]:
    """Two web processes that share a database and nothing else."""
    return WebProcess("one"), WebProcess("two")
