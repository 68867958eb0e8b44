"""A lesson in plain form, as a revision stores it, so that columns can read and change it without a query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lessons.models import LessonPage

STREAMS = ("steps", "materials")
PICTURES = frozenset({"image", "video"})
# How much of a block's identifier a cell shows.
SHORT = 8


@dataclass(slots=True)
class LessonContent:
    """`data` is keyed by field as in `Revision.content`; concepts are primary keys, dates ISO strings. A step is None when it is
    taken out, until `stored`."""

    data: dict[str, Any]
    # The blocks of the steps that a cell cannot hold, by the beginning of their identifiers.
    pictures: dict[str, dict[str, Any]]

    @classmethod
    def of_revision(cls, content: Mapping[str, Any]) -> "LessonContent":
        """The content of a revision, decoded. Its values are shared: a column replaces them and never changes them."""
        data = dict(content)
        for name in STREAMS:
            value = data.get(name) or []
            data[name] = json.loads(value) if isinstance(value, str) else value
        children = [child for step in data["steps"] for child in step["value"].get("body") or []]
        return cls(data, {child["id"][:SHORT]: child for child in children if child.get("id") and child["type"] in PICTURES})

    @classmethod
    def of_page(cls, page: LessonPage) -> "LessonContent":
        """The content of a page as it is in memory, or in the database for what is not."""
        return cls.of_revision(page.serializable_data())

    @classmethod
    def empty(cls) -> "LessonContent":
        """The content of a lesson about which nothing is known yet."""
        return cls.of_revision(_blank())

    def stored(self) -> dict[str, Any]:
        """What a revision stores."""
        return {
            name: json.dumps([block for block in value if block]) if name in STREAMS else value
            for name, value in self.data.items()
        }


@cache
def _blank() -> dict[str, Any]:
    # Asks the database once for each relation of a page that is not there.
    return dict(LessonPage(live=False).serializable_data())
