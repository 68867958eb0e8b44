"""The broker in a folder: a worker that looks while a message is being written finds all of it or nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from celery import current_app
from kombu import Connection
from kombu.transport import filesystem

from portal.background import broker
from portal.settings.env import load
from portal.settings.machine import machine_settings

Connecting = Callable[..., Connection]


@pytest.fixture
def connect(tmp_path: Path) -> Connecting:
    """A connection to a broker in an empty folder."""
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path / "control")}

    def connection(transport: Any = "folder") -> Connection:
        return Connection(transport=transport, transport_options={**folders, "polling_interval": 0.01})

    return connection


class Look:
    """Looks into the folder while it is being written as part of a message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: list[str] = []

    def __json__(self) -> str:
        self.seen = [path.read_text() for path in self.folder.glob("*.msg")]
        return "looked"


def write(connection: Connection, look: Look) -> None:
    with connection:
        connection.channel()._put("celery", {"body": look})


def test_nothing_is_there_before_all_of_it_is(connect: Connecting, tmp_path: Path) -> None:
    look = Look(tmp_path)
    write(connect(), look)
    assert look.seen == []
    assert [path.read_text() for path in tmp_path.glob("*.msg")] == ['{"body": "looked"}']


def test_control_kombu_itself_shows_a_message_that_is_not_there_yet(connect: Connecting, tmp_path: Path) -> None:
    look = Look(tmp_path)
    write(connect(filesystem.Transport), look)
    assert look.seen == [""]


def test_what_is_put_in_comes_out_whole_and_in_order(connect: Connecting) -> None:
    numbers = list(range(200))

    def put() -> None:
        with connect() as connection, connection.SimpleQueue("celery", no_ack=True) as queue:
            for number in numbers:
                queue.put({"number": number, "ballast": "x" * 20_000})

    with connect() as connection, connection.SimpleQueue("celery", no_ack=True) as queue:
        writer = Thread(target=put)
        writer.start()
        taken = [queue.get(timeout=20).payload["number"] for _ in numbers]
        writer.join()
    assert taken == numbers


def test_the_portal_uses_it_where_there_is_no_message_server(tmp_path: Path) -> None:
    values = machine_settings(replace(load(production=False), broker_url="", var_dir=tmp_path))
    assert current_app.connection_for_write(values["CELERY_BROKER_URL"]).get_transport_cls() is broker.Transport
