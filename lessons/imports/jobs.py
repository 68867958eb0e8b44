"""An import in the background: a worker takes it, reads and writes, and can be killed at any moment.

A worker holds an import by a lease that it renews while it reads. The writing is one transaction that begins by locking the row
of the import, so whoever takes an import over finds it either done or untouched.
"""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from celery import current_app
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from lessons.imports.cells import TableError
from lessons.imports.files import opened
from lessons.imports.planning import Planner, Work
from lessons.imports.reports import ReportBuilder
from lessons.imports.writing import LessonsChangedError, index_pages, write
from lessons.models import ImportJob, LessonIndexPage
from lessons.models.import_job import BUSY, KEPT, TRANSITIONS, ImportState, import_storage
from portal.accounts.models import User
from portal.background.handover import after_commit
from portal.media.names import clean_name, extension_of

LEASE = timedelta(seconds=60)
TICK_SECONDS = 1.0
MAX_ATTEMPTS = 3
# A file without a row is left by a process that was killed while it stored one.
STRAY = timedelta(days=1)


class LeaseLostError(Exception):
    """Another worker has taken this import over."""


def indexes_for(user: User) -> QuerySet[LessonIndexPage]:
    """The pages below which this person may add lessons."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
    return LessonIndexPage.objects.filter(pk__in=allowed.values("pk")).order_by("path")


def submit(*, file: File, name: str, index: LessonIndexPage, user: User) -> ImportJob:
    """Take in a checked file; a worker makes the dry run. Raises OSError when the file cannot be stored: then nothing is left."""
    job = ImportJob(user=user, index=index, name=clean_name(name)[:255])
    stored = f"{uuid4()}.{extension_of(name)}"
    try:
        job.file.save(stored, file, save=False)
        with transaction.atomic():
            job.save()
    except BaseException:
        import_storage().delete(stored)
        raise
    _wake(job)
    return job


def confirm(job: ImportJob) -> bool:
    """Have a worker carry out what the dry run showed. False when there is nothing to carry out, or it was done already."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        if not job.may_run:
            return False
        _move(job, ImportState.RUNNING, rows_done=0, attempts=0, message="")
        _wake(job)
    return True


def work_on(key: int) -> None:
    """Do what an import waits for. Delivered twice, or to two workers, it is done once."""
    job = _claim(key)
    if job is None:
        return
    try:
        if job.state == ImportState.UPLOADED:
            _check(job)
        else:
            _run(job)
    except LeaseLostError:
        return
    except TableError as error:
        _finish(job, ImportState.FAILED, message=str(error))


def sweep() -> None:
    """Wake workers for imports that wait or whose worker has gone, and let go of what is old."""
    for job in _waiting(ImportJob.objects.all()):
        _wake(job)
    for job in ImportJob.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(state__in=BUSY):
        job.file.delete(save=False)
        job.delete()
    _sweep_files()


def index_written(key: int) -> None:
    """Make the pages that an import wrote findable for editors."""
    for written in ImportJob.objects.filter(pk=key).values_list("written", flat=True):
        index_pages(written)


def _wake(job: ImportJob) -> None:
    # By name: the task imports this module.
    after_commit(current_app.tasks["lessons.tasks.work_on_import"], job.pk)


def _waiting(jobs: QuerySet[ImportJob]) -> QuerySet[ImportJob]:
    return jobs.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()), state__in=BUSY)


def _claim(key: int) -> ImportJob | None:
    """The import, held by a new lease; None when there is nothing to do or a worker is at it."""
    with transaction.atomic():
        # A row that is locked is being written: its worker is alive.
        job = _waiting(ImportJob.objects.select_for_update(skip_locked=True).filter(pk=key)).first()
        if job is None:
            return None
        job.attempts += 1
        if job.attempts > MAX_ATTEMPTS:
            _move(job, ImportState.FAILED, message=_("Something went wrong on our side. Tell the administrator."))
            return None
        job.lease, job.lease_until = uuid4(), timezone.now() + LEASE
        job.save(update_fields=["attempts", "lease", "lease_until"])
    return job


def _check(job: ImportJob, message: str = "") -> None:
    _works, report = _planned(job, keep=False)
    _finish(job, ImportState.CHECKED, report=report, message=message)


def _run(job: ImportJob) -> None:
    if not indexes_for(job.user).filter(pk=job.index_id).exists():
        _finish(job, ImportState.FAILED, message=_("You may no longer add lessons here."))
        return
    works, report = _planned(job, keep=True)
    changed = _("The lessons have changed since the check. Look at the new one and confirm again.")
    if report["digest"] != job.report["digest"]:
        _finish(job, ImportState.CHECKED, report=report, message=changed)
        return
    try:
        with transaction.atomic():
            _lock(job)
            written = write(works, index=job.index, user=job.user)
            _move(job, ImportState.DONE, written=written, finished_at=timezone.now())
            after_commit(current_app.tasks["lessons.tasks.index_import"], job.pk)
    except LessonsChangedError:
        _check(job, changed)


def _planned(job: ImportJob, *, keep: bool) -> tuple[list[Work], dict[str, Any]]:
    """What there is to write (when it is to be kept) and the report. Tells how far it is, and keeps the lease, once a second."""
    builder = ReportBuilder()
    works: list[Work] = []
    with opened(Path(job.file.path)) as source:
        planner = Planner(job.index, job.user)
        _tick(job, rows_total=source.total, rows_done=0)
        told = time.monotonic()
        for done, plan in enumerate(planner.plans(source), 1):
            builder.add(plan.report)
            if keep and plan.work:
                works.append(plan.work)
            if time.monotonic() - told > TICK_SECONDS:
                _tick(job, rows_done=done)
                told = time.monotonic()
        _tick(job, rows_done=source.total)
        report = builder.finished(digest=planner.digest, unknown=source.heading.unknown)
    return works, report


def _tick(job: ImportJob, **values: Any) -> None:
    held = ImportJob.objects.filter(pk=job.pk, lease=job.lease)
    if not held.update(lease_until=timezone.now() + LEASE, **values):
        raise LeaseLostError


def _lock(job: ImportJob) -> None:
    if not ImportJob.objects.select_for_update().filter(pk=job.pk, lease=job.lease).exists():
        raise LeaseLostError


def _finish(job: ImportJob, state: ImportState, **values: Any) -> None:
    with transaction.atomic():
        _lock(job)
        _move(job, state, **values)


def _move(job: ImportJob, state: ImportState, **values: Any) -> None:
    """To another state, without a lease. Raises ValueError for a state that cannot follow."""
    if state not in TRANSITIONS[ImportState(job.state)]:
        raise ValueError(f"{state} cannot follow {job.state}")
    for name, value in {**values, "state": state, "lease": None, "lease_until": None}.items():
        setattr(job, name, value)
    job.save(update_fields=[*values, "state", "lease", "lease_until"])


def _sweep_files() -> None:
    storage = import_storage()
    names = storage.listdir("")[1] if storage.exists("") else []
    for name in set(names) - set(ImportJob.objects.values_list("file", flat=True)):
        try:
            stray = storage.get_modified_time(name) < timezone.now() - STRAY
        except FileNotFoundError:
            # Taken away since the listing, by a sweep beside this one.
            continue
        if stray:
            storage.delete(name)
