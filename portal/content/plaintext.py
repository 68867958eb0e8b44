"""Text without markup, for the search index."""

import re
from typing import Any

from wagtail.rich_text import get_text_for_indexing

_SPACE = re.compile(r"\s+")


def rich_text(source: str) -> str:
    """The words of a piece of rich text."""
    return _SPACE.sub(" ", get_text_for_indexing(source or "")).strip()


def stream_text(stream: Any) -> list[str]:
    """The words of every block of a stream, in reading order; blocks say themselves what is searchable."""
    texts: list[str] = []
    for child in stream or ():
        texts.extend(_SPACE.sub(" ", str(text)).strip() for text in child.block.get_searchable_content(child.value))
    return [text for text in texts if text]
