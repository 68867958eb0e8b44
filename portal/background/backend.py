"""Wagtail's background tasks (`django_tasks`, setting `TASKS`) on Celery, handed over after the commit.

Published back ends for Celery enqueue before the commit, and a quick worker then finds nothing. What is lost here (a broker away,
a worker killed) is mended at night: see `portal.background.tasks`.
"""

import logging
from typing import Any

from celery import shared_task
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id

from portal.background.handover import after_commit

log = logging.getLogger(__name__)


class CeleryAfterCommitBackend(BaseTaskBackend):
    """Queues a task for a Celery worker when the transaction commits. Results are not kept."""

    def validate_task(self, task: Task[..., Any]) -> None:
        """Raise InvalidTaskError for what this backend cannot do."""
        super().validate_task(task)
        if task.takes_context:
            raise InvalidTaskError("Backend gives no context to tasks.")

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Run the task after the commit. The arguments must be JSON."""
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        task_enqueued.send(type(self), task_result=result)
        after_commit(run, task.module_path, result.args, result.kwargs)
        return result


@shared_task
def run(path: str, arguments: list[Any], named: dict[str, Any]) -> None:
    """Run the `django_tasks` task at this dotted path. What it was about may be gone by now: then there is nothing left to do."""
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is not a task")
    try:
        task.call(*arguments, **named)
    except ObjectDoesNotExist as error:
        log.info("%s has nothing to do any more: %s", path, error)
