"""Markdown of content files as the rich text that Wagtail keeps."""

import html
import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "html_block", "html_inline"])
# Line ends between paragraphs and items, which the page editor leaves out.
_BETWEEN = re.compile(r"(</?(?:p|ul|ol|li|h[1-6]|blockquote)>)\n+")
_INTERNAL = re.compile(r'<a href="(/[^"]*)"[^>]*>')


class UnknownAddress(LookupError):  # noqa: N818 - it says what is the matter
    """A link to an address that no page of the site has."""


def rich_text(source: str, pages: Mapping[str, int]) -> str:
    """Rich text of a piece of Markdown. Links to addresses of this site become links to pages (`pages`: address → key), so
    that they survive a change of slug. Raises UnknownAddress for an address without a page."""

    def link(match: re.Match[str]) -> str:
        address = html.unescape(match[1])
        if address.startswith("/zoeken/"):
            return match[0]
        if address not in pages:
            raise UnknownAddress(address)
        return f'<a linktype="page" id="{pages[address]}">'

    rendered: str = _PARSER.render(source)
    rendered = rendered.replace("<strong>", "<b>").replace("</strong>", "</b>").replace("<em>", "<i>").replace("</em>", "</i>")
    return _INTERNAL.sub(link, _BETWEEN.sub(r"\1", rendered.replace("<hr />", ""))).strip()
