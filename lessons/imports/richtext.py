"""Rich text as a cell holds it: paragraphs, lists, headings, bold, italic and links as plain text that people can type.

Between Wagtail's HTML and the text of a cell stand `Block`s, so that each direction is a reader and a writer of its own. The text
is the part of Markdown (CommonMark) that rich text of a lesson can hold, with two liberties for people in a spreadsheet: a line
break in the cell is a line break, and • marks an item of a list (a spreadsheet takes "- " at the start for a formula).
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

NOT_OURS = ["autolink", "backticks", "blockquote", "code", "entity", "fence", "hr", "html_block", "html_inline", "image"]
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 12}).disable([*NOT_OURS, "lheading", "reference"])
HEADINGS = {"h2": "## ", "h3": "### "}
LISTS = {"ul": "bullet_list", "ol": "ordered_list"}
BULLET = re.compile(r"^(\s*)[•◦▪‣] ?", re.M)
ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s")
LINE_START = re.compile(r"(?P<before>\d{1,9})?(?P<mark>[.)](?=\s)|[-+*](?=\s|$)|#{1,6}(?=\s|$))")


class Run(NamedTuple):
    """A piece of text in one style. `href` is a link as `Links` knows it: an address, or `page:12` and `document:12`."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`p`), a heading (`h2`, `h3`) or an item of a list (`ul`, `ol`) at some depth."""

    kind: str
    runs: tuple[Run, ...]
    depth: int = 0


def from_html(source: str) -> list[Block]:
    """The blocks of rich text as Wagtail stores it; what a lesson's text cannot hold keeps its words alone."""
    reader = _HtmlReader()
    reader.feed(source)
    reader.close()
    return reader.finished()


def to_html(blocks: Iterable[Block], anchor: Callable[[str], str]) -> str:
    """Rich text as Wagtail stores it. `anchor` gives the opening tag of a link."""
    parts: list[str] = []
    open_lists: list[str] = []
    for block in blocks:
        depth = block.depth + 1 if block.kind in LISTS else 0
        while len(open_lists) > depth or (open_lists and len(open_lists) == depth and open_lists[-1] != block.kind):
            parts.append(f"</li></{open_lists.pop()}>")
        if depth and len(open_lists) == depth:
            parts.append("</li><li>")
        while len(open_lists) < depth:
            open_lists.append(block.kind)
            parts.append(f"<{block.kind}><li>")
        words = "".join(_html_run(run, anchor) for run in block.runs)
        parts.append(words if depth else f"<{block.kind}>{words}</{block.kind}>")
    parts += [f"</li></{kind}>" for kind in reversed(open_lists)]
    return "".join(parts)


def from_text(source: str) -> list[Block]:
    """The blocks of the text of a cell."""
    return _normal(_walk(PARSER.parse(_with_gaps(BULLET.sub(r"\1- ", source)))))


def to_text(blocks: Iterable[Block]) -> str:
    """The text of a cell; `from_text` gives the blocks back."""
    parts: list[str] = []
    before = ""
    counts: dict[int, int] = {}
    for block in blocks:
        listed = block.kind in LISTS
        if before:
            parts.append("\n" if listed and before in LISTS else "\n\n")
        if listed:
            counts = {depth: count for depth, count in counts.items() if depth <= block.depth}
            counts[block.depth] = counts.get(block.depth, 0) + 1
            mark = "• " if block.kind == "ul" else f"{counts[block.depth]}. "
            indent = "    " * block.depth
            parts.append(indent + mark + _text_runs(block.runs).replace("\n", f"\n{indent}    "))
        else:
            counts = {}
            words = _text_runs(block.runs)
            # Signs at the end of a heading would close it.
            words = re.sub(r"(?<!\S)(?=#+$)", r"\\", words) if block.kind in HEADINGS else words
            parts.append(HEADINGS.get(block.kind, "") + words)
        before = block.kind
    return "".join(parts)


def _html_run(run: Run, anchor: Callable[[str], str]) -> str:
    words = html.escape(run.text, quote=False).replace("\n", "<br/>")
    words = f"<i>{words}</i>" if run.italic else words
    words = f"<b>{words}</b>" if run.bold else words
    return f"{anchor(run.href)}{words}</a>" if run.href else words


def _text_runs(runs: tuple[Run, ...]) -> str:
    words = ""
    for run in runs:
        # Marks count only when they touch the word, so space goes outside of them.
        inner = run.text.strip()
        left = run.text[: len(run.text) - len(run.text.lstrip())]
        right = run.text[len(run.text.rstrip()) :] if inner else ""
        inner = _escaped(inner)
        if inner and run.italic:
            inner = f"*{inner}*"
        if inner and run.bold:
            inner = f"**{inner}**"
        if inner and run.href:
            inner = f"[{inner}]({run.href.replace(' ', '%20').replace('(', '%28').replace(')', '%29')})"
        words += left + inner + right
    return "\n".join(_safe_start(part) for part in words.split("\n"))


def _escaped(words: str) -> str:
    words = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", words)
    words = re.sub(r"\*(?!\s)|(?<!\s)\*|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", words)
    return words.replace("](", r"\](")


def _safe_start(words: str) -> str:
    found = LINE_START.match(words)
    if not found or (found["mark"][0] in ".)") != bool(found["before"]):
        return words
    return f"{words[: found.start('mark')]}\\{words[found.start('mark') :]}"


def _with_gaps(source: str) -> str:
    """A line behind a list that is not indented is a paragraph of its own; Markdown would add it to the last item."""
    lines: list[str] = []
    in_list = False
    for line in source.split("\n"):
        item = bool(ITEM.match(line))
        if in_list and line.strip() and not item and not line[0].isspace():
            lines.append("")
        in_list = bool(line.strip()) and (item or (in_list and line[0].isspace()))
        lines.append(line)
    return "\n".join(lines)


def _walk(tokens: list[Token]) -> Iterator[Block]:
    lists: list[str] = []
    kind = "p"
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append("ul" if token.type == "bullet_list_open" else "ol")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "heading_open":
                kind = "h2" if token.tag in ("h1", "h2") else "h3"
            case "paragraph_open":
                kind = "p"
            case "inline":
                runs = tuple(_runs(token.children or []))
                yield Block(lists[-1], runs, len(lists) - 1) if lists else Block(kind, runs)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                href = str(token.attrs.get("href", ""))
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                yield Run("\n", bool(bold), bool(italic), href)
            case _:
                yield Run(token.content, bool(bold), bool(italic), href)


def _normal(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks with runs of one style joined, space made single and nothing empty left."""
    found = []
    for block in blocks:
        runs: list[Run] = []
        for run in block.runs:
            words = re.sub(r" *\n *", "\n", re.sub(r"[^\S\n\u00a0]+", " ", run.text))
            if runs and runs[-1][1:] == run[1:]:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + words)
            elif words:
                runs.append(run._replace(text=words))
        if runs:
            runs[0] = runs[0]._replace(text=runs[0].text.lstrip())
            runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
        if any(run.text.strip() for run in runs):
            found.append(Block(block.kind, tuple(run for run in runs if run.text), block.depth))
    return found


class _HtmlReader(HTMLParser):
    """Collects the blocks of rich text."""

    BLOCKS = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.lists: list[str] = []
        self.runs: list[Run] = []
        self.kind = "p"
        self.bold = self.italic = 0
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        match tag:
            case "ul" | "ol":
                self._end_block()
                self.lists.append(tag)
            case "li":
                self._end_block()
            case "b" | "strong":
                self.bold += 1
            case "i" | "em":
                self.italic += 1
            case "a":
                linktype, key = values.get("linktype"), values.get("id")
                self.href = f"{linktype}:{key}" if linktype and key else values.get("href") or ""
            case "br":
                self._add("\n")
            case _ if tag in self.BLOCKS:
                self._end_block()
                self.kind = self.BLOCKS[tag]

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self._end_block()
                if self.lists:
                    self.lists.pop()
            case "b" | "strong":
                self.bold = max(0, self.bold - 1)
            case "i" | "em":
                self.italic = max(0, self.italic - 1)
            case "a":
                self.href = ""
            case _ if tag == "li" or tag in self.BLOCKS:
                self._end_block()

    def handle_data(self, data: str) -> None:
        # A line break of the source is a space; one of the text comes as <br>.
        self._add(data.replace("\n", " "))

    def _add(self, words: str) -> None:
        self.runs.append(Run(words, bool(self.bold), bool(self.italic), self.href))

    def _end_block(self) -> None:
        runs, self.runs = tuple(self.runs), []
        self.blocks.append(Block(self.lists[-1], runs, len(self.lists) - 1) if self.lists else Block(self.kind, runs))
        self.kind = "p"

    def finished(self) -> list[Block]:
        """All blocks, once everything has been fed."""
        self._end_block()
        return _normal(self.blocks)
