"""An import in the background: checked, confirmed, carried out once, and taken over from a worker that died."""

import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Page, ReferenceIndex, Revision

from lessons.imports import jobs
from lessons.models import ImportJob, LessonIndexPage, LessonPage
from lessons.models.import_job import KEPT, ImportState, import_storage
from portal.accounts.models import User
from tests import factories
from tests.lessons import beside
from tests.lessons.tables import lessons, waiting_job, xlsx
from tests.worker import MEMORY, REFUSED, broker, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(lesson_index: LessonIndexPage) -> User:
    return factories.UserFactory(is_superuser=True)


def fresh(job: ImportJob) -> ImportJob:
    return ImportJob.objects.get(pk=job.pk)


def checked_job(path: Path, index: LessonIndexPage, user: User) -> ImportJob:
    job = waiting_job(path, index, user)
    jobs.work_on(job.pk)
    job = fresh(job)
    assert job.state == ImportState.CHECKED, job.message
    return job


def counted() -> tuple[int, int]:
    return Page.objects.count(), Revision.objects.count()


def test_an_import_from_beginning_to_end(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    before = counted()
    job = checked_job(xlsx(tmp_path / "a.xlsx", lessons(3)), lesson_index, author)
    assert counted() == before
    assert job.report["counts"] == {"new": 3, "changed": 0, "unchanged": 0, "error": 0}
    assert (job.rows_total, job.rows_done, job.lease) == (3, 3, None)
    assert jobs.confirm(job)
    assert fresh(job).state == ImportState.RUNNING
    jobs.work_on(job.pk)
    job = fresh(job)
    assert (job.state, len(job.written), job.lease) == (ImportState.DONE, 3, None)
    assert set(LessonPage.objects.filter(pk__in=job.written).values_list("live", "owner")) == {(False, author.pk)}
    # Delivered again, confirmed again: nothing.
    after = counted()
    jobs.work_on(job.pk)
    assert not jobs.confirm(job)
    assert counted() == after


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_it_by_itself(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lessons(2))
    with broker(MEMORY):
        job = jobs.submit(file=ContentFile(path.read_bytes()), name="a.xlsx", index=lesson_index, user=author)
        assert work() == ["lessons.tasks.work_on_import"]
        jobs.confirm(fresh(job))
        assert work() == ["lessons.tasks.work_on_import", "lessons.tasks.index_import"]
    assert fresh(job).state == ImportState.DONE
    assert LessonPage.objects.search("nummer").count() == 2
    # The licence of each lesson.
    assert ReferenceIndex.objects.filter(object_id__in=map(str, fresh(job).written)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_only_delays(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lessons(2))
    with broker(REFUSED):
        job = jobs.submit(file=ContentFile(path.read_bytes()), name="a.xlsx", index=lesson_index, user=author)
    assert fresh(job).state == ImportState.UPLOADED
    with broker(MEMORY):
        jobs.sweep()
        assert work() == ["lessons.tasks.work_on_import"]
    assert fresh(job).state == ImportState.CHECKED


def test_faults_keep_it_from_being_carried_out(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    rows = lessons(3)
    rows[1]["Minuten"] = "veel"
    job = checked_job(xlsx(tmp_path / "a.xlsx", rows), lesson_index, author)
    assert job.report["counts"]["error"] == 1
    assert not jobs.confirm(job)
    assert fresh(job).state == ImportState.CHECKED


def test_a_file_that_cannot_be_read_is_a_sentence(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", [{"Kop": "x"}]), lesson_index, author)
    jobs.work_on(job.pk)
    job = fresh(job)
    assert job.state == ImportState.FAILED
    assert "Titel" in job.message


def test_lessons_that_changed_after_the_check_are_not_overwritten(lesson: LessonPage, author: User, tmp_path: Path) -> None:
    index = lesson.get_parent().specific
    path = xlsx(tmp_path / "a.xlsx", [{"Titel": "Andere titel", "Slug": lesson.slug}])
    job = checked_job(path, index, author)
    page = LessonPage.objects.get(pk=lesson.pk)
    page.goal = "Van een andere redacteur."
    page.save_revision()
    jobs.confirm(job)
    jobs.work_on(job.pk)
    job = fresh(job)
    assert job.state == ImportState.CHECKED
    assert job.message
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().goal == "Van een andere redacteur."
    # Confirmed once more, it is carried out, and the other editor's text is kept.
    jobs.confirm(job)
    jobs.work_on(job.pk)
    assert fresh(job).state == ImportState.DONE
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert (draft.title, draft.goal) == ("Andere titel", "Van een andere redacteur.")


def test_who_lost_the_right_no_longer_imports(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = checked_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    jobs.confirm(job)
    User.objects.filter(pk=author.pk).update(is_superuser=False)
    before = counted()
    jobs.work_on(job.pk)
    assert fresh(job).state == ImportState.FAILED
    assert counted() == before


def test_a_lease_keeps_others_away_until_it_runs_out(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    held = jobs._claim(job.pk)
    assert held
    assert jobs._claim(job.pk) is None
    with freeze_time(timezone.now() + jobs.LEASE + timedelta(seconds=1)):
        other = jobs._claim(job.pk)
        assert other
        # The first one finds out, and writes nothing any more.
        with pytest.raises(jobs.LeaseLostError):
            jobs._tick(held, rows_done=1)
        with pytest.raises(jobs.LeaseLostError):
            jobs._finish(held, ImportState.CHECKED)


def test_an_import_that_kills_its_worker_is_given_up(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    now = timezone.now()
    for attempt in range(jobs.MAX_ATTEMPTS):
        with freeze_time(now + attempt * (jobs.LEASE + timedelta(seconds=1))):
            assert jobs._claim(job.pk)
    with freeze_time(now + timedelta(hours=1)):
        jobs.work_on(job.pk)
    assert fresh(job).state == ImportState.FAILED


def test_a_state_follows_only_where_it_may(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(1)), lesson_index, author)
    with pytest.raises(ValueError, match="cannot follow"):
        jobs._move(job, ImportState.DONE)


def test_a_full_disk_leaves_no_file_and_no_row(lesson_index: LessonIndexPage, author: User, monkeypatch: Any) -> None:
    import_storage().listdir("")

    class Full(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"the beginning"
            raise OSError(28, "No space left on device")

    stored = set(import_storage().listdir("")[1])
    with pytest.raises(OSError, match="No space left"):
        jobs.submit(file=Full(b"x"), name="a.xlsx", index=lesson_index, user=author)
    assert not ImportJob.objects.exists()
    assert set(import_storage().listdir("")[1]) == stored
    with pytest.raises(ValidationError):
        jobs.submit(file=ContentFile(b"x"), name="a\u202e.xlsx", index=lesson_index, user=author)


def test_old_imports_and_their_files_are_let_go(lesson_index: LessonIndexPage, author: User, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", lessons(1))
    old, young, busy = (
        checked_job(path, lesson_index, author),
        checked_job(path, lesson_index, author),
        waiting_job(path, lesson_index, author),
    )
    ImportJob.objects.exclude(pk=young.pk).update(created_at=timezone.now() - KEPT - timedelta(hours=1))
    import_storage().save("stray.xlsx", ContentFile(b"x"))
    jobs.sweep()
    assert set(ImportJob.objects.all()) == {young, busy}
    assert not import_storage().exists(old.file.name)
    assert import_storage().exists(young.file.name)
    assert import_storage().exists("stray.xlsx")
    with freeze_time(timezone.now() + jobs.STRAY + timedelta(hours=1)):
        jobs._sweep_files()
    assert not import_storage().exists("stray.xlsx")


def test_a_file_that_another_sweep_took_away_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    import_storage().save("stray.xlsx", ContentFile(b"x"))
    listing = FileSystemStorage.listdir

    def outdated(self: FileSystemStorage, path: str) -> tuple[list[str], list[str]]:
        folders, names = listing(self, path)
        return folders, [*names, "gone.xlsx", "zz-gone.xlsx"]

    monkeypatch.setattr(FileSystemStorage, "listdir", outdated)
    with freeze_time(timezone.now() + jobs.STRAY + timedelta(hours=1)):
        jobs._sweep_files()
    assert not import_storage().exists("stray.xlsx")


SLOWLY = """
import sys, time
from django.db.models.signals import post_save
from lessons.imports import jobs
from lessons.models import LessonPage
written = []
def wait(**kwargs):
    written.append(1)
    if len(written) == 5:
        print("half way", flush=True)
        time.sleep(60)
post_save.connect(wait, sender=LessonPage)
jobs.work_on(int({key}))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_nothing_and_another_takes_over(
    lesson_index: LessonIndexPage, author: User, tmp_path: Path
) -> None:
    job = checked_job(xlsx(tmp_path / "a.xlsx", lessons(8)), lesson_index, author)
    before = counted()
    with broker(MEMORY):
        jobs.confirm(job)
        worker = beside.start(SLOWLY.format(key=job.pk))
        assert worker.stdout
        assert worker.stdout.readline() == "half way\n"
        if connection.vendor == "postgresql":
            # While it lives and writes, nobody else gets the import, not even when the lease has run out.
            with freeze_time(timezone.now() + timedelta(hours=1)):
                assert jobs._claim(job.pk) is None
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        assert counted() == before
        assert fresh(job).state == ImportState.RUNNING
        with freeze_time(timezone.now() + jobs.LEASE + timedelta(seconds=1)):
            jobs.sweep()
            assert "lessons.tasks.work_on_import" in work()
    assert (fresh(job).state, len(fresh(job).written)) == (ImportState.DONE, 8)
    assert Page.find_problems() == ([], [], [], [], [])


def test_progress_is_told_while_a_worker_reads(
    lesson_index: LessonIndexPage, author: User, tmp_path: Path, monkeypatch: Any
) -> None:
    job = waiting_job(xlsx(tmp_path / "a.xlsx", lessons(5)), lesson_index, author)
    told = []
    monkeypatch.setattr(jobs, "TICK_SECONDS", -1.0)
    tick = jobs._tick
    monkeypatch.setattr(jobs, "_tick", lambda job, **values: (told.append(values), tick(job, **values)))
    jobs.work_on(job.pk)
    assert [values["rows_done"] for values in told] == [0, 1, 2, 3, 4, 5, 5]
