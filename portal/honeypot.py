"""A field that people do not see and robots fill in."""

from collections.abc import Mapping
from typing import Any


class Honeypot:
    """Part of a form whose template has an `<input name="website">` that nobody sees. No field of the form: nothing that is typed
    there is wrong, or worth keeping."""

    data: Mapping[str, Any]

    @property
    def robot(self) -> bool:
        """Whether it was filled in."""
        return bool(self.data.get("website"))
