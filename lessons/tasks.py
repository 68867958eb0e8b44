"""Work of beat and worker for lessons."""

from celery import shared_task

from lessons.imports import jobs


@shared_task
def work_on_import(key: int) -> None:
    """Check or carry out one import."""
    jobs.work_on(key)


@shared_task
def index_import(key: int) -> None:
    """Make the pages of an import findable for editors; what is lost here is mended at night."""
    jobs.index_written(key)


@shared_task
def sweep_imports() -> None:
    """Take up imports that nobody works on, and remove what is old."""
    jobs.sweep()
