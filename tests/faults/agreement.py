"""Do the indexes hold what the database holds? Needs Django set up, with the trial's environment."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from wagtail.models import PageLogEntry

from search import indexing
from search.documents import SearchDocument
from search.engines.base import EngineUnavailable
from search.finder import engine_for
from search.models import IndexRow
from search.query import SearchQuery
from tests import database, factories
from tests.faults.editor import title

LESSONS = 60
# What an editor does, as Wagtail writes it down.
_CHANGES = ("wagtail.publish", "wagtail.unpublish", "wagtail.delete")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many changes were made, how many seconds it took until all was true, and in what it is not."""

    changes: int
    documents: int
    seconds: float
    differences: tuple[str, ...]

    @classmethod
    def wait(cls, patience: float) -> "Agreement":
        """Look until index and database agree, at most `patience` seconds; nobody may change anything meanwhile."""
        begin = time.monotonic()
        should = list(indexing.every_document())
        while (differences := differ(should)) and time.monotonic() - begin < patience:
            time.sleep(0.5)
        changes = PageLogEntry.objects.filter(action__in=_CHANGES).count() - LESSONS
        return cls(changes, len(should), time.monotonic() - begin, tuple(differences[:10]))

    @classmethod
    def when_idle(cls, patience: float) -> "Agreement":
        """Look once the worker has nothing more to do."""
        begin = time.monotonic()
        while IndexRow.objects.exists() and time.monotonic() - begin < patience:
            time.sleep(0.2)
        return cls.wait(0)

    @property
    def holds(self) -> bool:
        """Is everything as it should be?"""
        return not self.differences

    def line(self) -> str:
        """For people."""
        said = "agree" if self.holds else "do not agree"
        return f"{self.changes} changes, {self.documents} documents {said} after {self.seconds:.0f} s"


def differ(should: list[SearchDocument]) -> list[str]:
    """What each index holds otherwise than the database: documents by key and revision, and the words of their titles."""
    found = [f"{row} waits" for row in IndexRow.objects.all()]
    for sink in settings.SEARCH_SINKS:
        engine = engine_for(sink)
        try:
            stands, wanted = engine.revisions(), {document.key: document.revision for document in should}
            wrong = [key for key in wanted.keys() | stands.keys() if stands.get(key) != wanted.get(key)]
            found += [f"{sink}: {key} stands at {stands.get(key)} instead of {wanted.get(key)}" for key in wrong]
            for document in () if found else should:
                word = document.title.split()[-1]
                hits = [hit.key for hit in engine.search(SearchQuery(word, correct=False)).hits]
                if document.key not in hits:
                    found.append(f"{sink}: {document.key} is not found by {word!r}")
        except EngineUnavailable as error:
            found.append(f"{sink}: {error}")
    return found


def fill() -> None:
    """An empty database with a site and LESSONS lessons, and an index of them in every engine."""
    if not _kept_database():
        call_command("migrate", verbosity=0)
        call_command("flush", interactive=False, verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    index = factories.LessonIndexFactory(parent=factories.make_site())
    chance = random.Random()
    for _ in range(LESSONS):
        factories.LessonFactory(parent=index, title=title(chance))
    for sink in settings.SEARCH_SINKS:
        indexing.rebuild(sink)


def _kept_database() -> bool:
    values = settings.DATABASES["default"]
    return values["ENGINE"].endswith("sqlite3") and database.restore(Path(values["NAME"]))
