"""A broker of a test's own, and a worker that does what stands in it when the test says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty

from celery import current_app

from portal.background import handover
from portal.settings.env import load
from portal.settings.machine import machine_settings

MEMORY = "memory://"
# Nobody listens on the port of the discard service.
REFUSED = "redis://127.0.0.1:9/0"


@contextmanager
def broker(url: str) -> Iterator[None]:
    """Tasks go to this broker, with the settings that a portal with such a broker has, instead of being run at once."""
    wanted = machine_settings(replace(load(production=False), broker_url=url))
    changes = {name.removeprefix("CELERY_").lower(): value for name, value in wanted.items() if name.startswith("CELERY_")}
    changes |= {"task_always_eager": False}
    before = {name: current_app.conf[name] for name in changes}
    _use(changes)
    try:
        yield
    finally:
        if url == MEMORY:
            waiting()
        _use(before)


def waiting() -> list[tuple[str, list[object]]]:
    """Takes everything out of the broker: name and arguments of each task, in order."""
    found = []
    with current_app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        while True:
            try:
                message = queue.get_nowait()
            except Empty:
                return found
            message.ack()
            found.append((message.headers["task"], message.payload[0]))


def work() -> list[str]:
    """Do everything that stands in the broker, and what it leads to; returns the names of the tasks."""
    done = []
    while tasks := waiting():
        for name, arguments in tasks:
            current_app.tasks[name](*arguments)
            done.append(name)
    return done


def _use(changes: dict[str, object]) -> None:
    current_app.conf.update(changes)
    current_app._pool = None
    current_app.amqp._producer_pool = None
    handover._paused_until = 0.0
