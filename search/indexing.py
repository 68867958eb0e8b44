"""Keeping every index true to the database.

A change writes dirty rows in its own transaction; after the commit a worker reads the pages afresh and hands them to the engine;
beat sweeps what was missed. No engine is ever called inside a request's transaction, and no payload travels in a task.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page

from portal.background.handover import after_commit
from portal.content.snapshot import visible
from portal.stamps.models import CONTENT, bump, read
from search.breaker import Breaker
from search.documents import SearchDocument
from search.engines.base import Engine, EngineUnavailable
from search.finder import engine_for
from search.models import DocumentRevision, IndexRow
from search.registry import sources

Progress = Callable[[int, int], object]
BATCH = 200
# How long an engine that does not take documents is left alone: what waits must be there within a minute of its return.
WRITERS_REST_SECONDS = 15
LONGEST_WAIT = timedelta(minutes=5)
log = logging.getLogger(__name__)


def schedule(keys: Iterable[int | str]) -> None:
    """Mark these pages as dirty for every engine. Call it in the transaction of the change."""
    names = sorted({str(key) for key in keys})
    if not names:
        return
    with transaction.atomic():
        revision = bump(CONTENT)
        _mark(dict.fromkeys(names, revision), settings.SEARCH_SINKS)
        DocumentRevision.objects.bulk_create(
            [DocumentRevision(key=key, revision=revision) for key in names],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["revision"],
            batch_size=500,
        )
        _wake_after_commit()


def drain(sink: str, *, engine: Engine | None = None) -> int:
    """Bring every due document of one engine up to date; returns how many. Safe to run twice at once and to be killed anywhere:
    a row goes only when the engine has its revision. Raises nothing when the engine is away: the rows wait.

    What is committed later waits for the task that it asked for, so that a busy day never keeps the worker at one engine."""
    breaker = Breaker(f"{sink}-writing", rest=WRITERS_REST_SECONDS)
    if not breaker.allows():
        return 0
    engine = engine or engine_for(sink)
    done, until = 0, read().get(CONTENT, 0)
    rows: list[IndexRow] = []
    try:
        while rows := _due(sink, until):
            if engine.needs_rebuild():
                # A lost index, or one of another version: single documents would make it look complete.
                engine.rebuild(every_document())
            _bring_up_to_date(engine, rows)
            breaker.succeeded()
            done += len(rows)
    except EngineUnavailable as error:
        log.warning("%s is away, %s documents wait: %s", sink, len(rows), error)
        breaker.failed()
        IndexRow.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=F("attempts") + 1)
    except Exception:
        # One page that cannot be read must not hold up all that come after it.
        _postpone(rows)
        raise
    finally:
        if done:
            # Pages show similar pages: those that are kept must be made anew.
            bump(CONTENT)
    return done


def _bring_up_to_date(engine: Engine, rows: list[IndexRow]) -> None:
    revisions = {row.key: row.revision for row in rows}
    documents = list(documents_for(revisions))
    gone = revisions.keys() - {document.key for document in documents}
    engine.apply(upserts=documents, deletes=[(key, revisions[key]) for key in sorted(gone)])
    _forget(rows)


def _forget(rows: list[IndexRow]) -> None:
    """Delete those of these rows that nobody changed meanwhile."""
    unchanged = Q()
    for row in rows:
        unchanged |= Q(pk=row.pk, revision=row.revision)
    with transaction.atomic():
        # Held before they go: a queryset deletes by key what it read before, whatever was committed in between. A row that
        # someone holds is being changed; not to wait for it keeps the two from waiting for each other.
        held = IndexRow.objects.select_for_update(skip_locked=True).filter(unchanged)
        IndexRow.objects.filter(pk__in=[row.pk for row in held]).delete()


def documents_for(revisions: Mapping[str, int]) -> Iterator[SearchDocument]:
    """The documents of those of these pages that everybody may see, at the given revisions."""
    keys = [int(key) for key in revisions if key.isdigit()]
    for model, source in sources().items():
        pages = list(visible(model.objects.filter(pk__in=keys)))
        yield from source.documents(pages, revisions) if pages else ()


def every_document(progress: Progress = lambda done, of: None) -> Iterator[SearchDocument]:
    """All documents there should be, in batches, at their revisions; `progress` hears after each batch how many were read."""
    keys = visible_keys()
    for start in range(0, len(keys), BATCH):
        yield from documents_for(_revisions(keys[start : start + BATCH]))
        progress(min(start + BATCH, len(keys)), len(keys))


def visible_keys() -> list[str]:
    """The keys of all pages that should be found."""
    return sorted(str(pk) for model in sources() for pk in visible(model.objects.all()).values_list("pk", flat=True))


def rebuild(sink: str, *, engine: Engine | None = None, progress: Progress = lambda done, of: None) -> int:
    """Build the index of one engine anew beside the old one and swap; changes made meanwhile are replayed. Returns the number of
    documents. Raises EngineUnavailable."""
    engine = engine or engine_for(sink)
    before = read().get(CONTENT, 0)
    count = engine.rebuild(every_document(progress))
    # What was drained into the old index while the new one was built.
    _mark_again(sink, list(DocumentRevision.objects.filter(revision__gt=before).values_list("key", flat=True)))
    drain(sink, engine=engine)
    return count


def reconcile(sink: str, *, engine: Engine | None = None) -> int:
    """Compare an index with the database, both ways, and mend the differences; returns how many there were."""
    engine = engine or engine_for(sink)
    stands = engine.revisions()
    should = _revisions(visible_keys())
    waiting = set(IndexRow.objects.filter(sink=sink).values_list("key", flat=True))
    wrong = {key for key, revision in should.items() if stands.get(key) != revision} | (set(stands) - set(should))
    wrong -= waiting
    if wrong:
        untracked = sorted(key for key in wrong if key not in should or stands.get(key, -1) > should[key])
        schedule(untracked)
        _mark_again(sink, sorted(wrong - set(untracked)))
    drain(sink, engine=engine)
    return len(wrong)


def _mark(revisions: Mapping[str, int], sinks: Iterable[str]) -> None:
    """Write dirty rows: key → revision at which the document should stand."""
    rows = [IndexRow(key=key, sink=sink, revision=revision) for key, revision in revisions.items() for sink in sinks]
    IndexRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key", "sink"],
        update_fields=["revision", "attempts", "not_before"],
        batch_size=BATCH,
    )


def _mark_again(sink: str, keys: list[str]) -> None:
    """Dirty rows for one engine, at the revisions that the documents have."""
    with transaction.atomic():
        # Holds back whoever is about to write a newer row, so that this one does not overwrite it.
        bump(CONTENT)
        for some in _batches(keys):
            # New rows: one that a worker has in hands goes when it is done, though it wrote to the index that was replaced.
            IndexRow.objects.filter(sink=sink, key__in=some).delete()
        _mark(_revisions(keys), [sink])


def _revisions(keys: list[str]) -> dict[str, int]:
    """Key → revision at which the document should stand, 0 for one that never changed."""
    revisions = dict.fromkeys(keys, 0)
    for some in _batches(keys):
        revisions.update(DocumentRevision.objects.filter(key__in=some).values_list("key", "revision"))
    return revisions


def _due(sink: str, until: int) -> list[IndexRow]:
    due = IndexRow.objects.filter(sink=sink, revision__lte=until).filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))
    return list(due.order_by("revision", "pk")[:BATCH])


def _postpone(rows: list[IndexRow]) -> None:
    now = timezone.now()
    for row in rows:
        row.attempts += 1
        row.not_before = now + min(timedelta(seconds=2**row.attempts), LONGEST_WAIT)
    IndexRow.objects.bulk_update(rows, ["attempts", "not_before"])


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _wake_after_commit() -> None:
    # By name: the task imports this module.
    for sink in settings.SEARCH_SINKS:
        after_commit(current_app.tasks["search.tasks.drain"], sink)


def descendants(path: str) -> list[int]:
    """The keys of a page and all below it, by its place in the tree."""
    return list(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))
