"""Celery's broker in a folder, for one machine without a message server: kombu's, with messages that are whole or not there.

Kombu opens a message under the name by which workers find it and writes it then. A worker that looks in between reads nothing
and ends with an error, and on a busy machine that happens within the hour.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes a message beside its place and moves it there."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # named as in the class above
        folder = Path(self.data_folder_out)
        # Workers take the messages in the order of their names.
        name = f"{monotonic_ns():020}_{uuid4()}"
        try:
            draft = folder / f"{name}.draft"
            draft.write_bytes(str_to_bytes(dumps(payload)))
            draft.rename(folder / f"{name}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"No message can be written to {folder}") from error


class Transport(filesystem.Transport):
    """For broker addresses that begin with `folder://`."""

    Channel = Channel
