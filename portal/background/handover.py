"""Handing work to Celery after the commit, so that a broker in trouble never harms a request.

What must not be lost stands in the database and is swept by beat; a task only makes it happen sooner. So a hand-over may fail: it
is logged, and for some seconds nothing more is handed over, because each try at a silent broker costs its whole time-out.
"""

import json
import logging
import time
from typing import Any

from celery import Task
from django.db import connection, transaction
from kombu.exceptions import OperationalError

PAUSE_SECONDS = 5.0

log = logging.getLogger(__name__)
_paused_until = 0.0


class _AfterCommit:
    """What one transaction leaves to do: each thing once, in the order in which it was first asked for."""

    def __init__(self) -> None:
        self.calls: dict[tuple[str, str], tuple[Task[..., Any], tuple[Any, ...]]] = {}
        self.done = False

    def add(self, task: "Task[..., Any]", arguments: tuple[Any, ...]) -> None:
        self.calls.setdefault((task.name, json.dumps(arguments)), (task, arguments))

    def __call__(self) -> None:
        self.done = True
        for task, arguments in self.calls.values():
            if not _hand_over(task, arguments):
                return


def after_commit(task: "Task[..., Any]", *arguments: Any) -> None:
    """Have a worker run this task once the transaction has committed; asked for twice in one transaction, it runs once.

    The arguments must be JSON. Raises nothing when the broker is away.
    """
    mine = (entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _AfterCommit))
    # One that ran already stays in the list when a test runs what waits without a commit.
    waiting = next((entry for entry in mine if not entry.done), None)
    if waiting is None:
        waiting = _AfterCommit()
        waiting.add(task, arguments)
        transaction.on_commit(waiting, robust=True)
    else:
        waiting.add(task, arguments)


def _hand_over(task: "Task[..., Any]", arguments: tuple[Any, ...]) -> bool:
    global _paused_until
    if time.monotonic() < _paused_until:
        return False
    try:
        task.delay(*arguments)
    except OperationalError as error:
        _paused_until = time.monotonic() + PAUSE_SECONDS
        log.warning("The broker does not answer; the sweeps of beat will do what is waiting: %s", error)
        return False
    return True
