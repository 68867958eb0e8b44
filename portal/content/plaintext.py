"""Text without markup, for the search index."""

import re
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

_SPACE = re.compile(r"\s+")


def rich_text(source: str) -> str:
    """The words of a piece of rich text."""
    return _SPACE.sub(" ", get_text_for_indexing(source or "")).strip()


def stream_text(stream: Any) -> list[str]:
    """The words of every block of a stream, in reading order; blocks say themselves what is searchable."""
    if not stream:
        return []
    texts = (_SPACE.sub(" ", str(text)).strip() for text in _texts(stream.stream_block, list(stream.raw_data)))
    return [text for text in texts if text]


def _texts(block: blocks.Block, raw: Any) -> Iterator[Any]:
    """The searchable texts in the stored form of a block. Its values would fetch every image, page and document they name."""
    if not getattr(block, "search_index", True):
        return
    match block:
        case blocks.StreamBlock():
            for child in raw or ():
                if child["type"] in block.child_blocks:
                    yield from _texts(block.child_blocks[child["type"]], child["value"])
        case blocks.ListBlock():
            for child in raw or ():
                yield from _texts(block.child_block, _item(child))
        case blocks.StructBlock():
            for name, child_block in block.child_blocks.items():
                yield from _texts(child_block, (raw or {}).get(name))
        case blocks.ChooserBlock():
            return
        case _:
            yield from block.get_searchable_content(block.to_python(raw)) if raw is not None else ()


def _item(child: Any) -> Any:
    """What a list holds; items that were stored long ago stand there bare."""
    return child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
