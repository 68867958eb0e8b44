"""What an XLSX file may hold before openpyxl gets to see it.

openpyxl keeps a row, a table of texts or a list of sheets whole in memory, walks through every row number that is skipped, and
reads each sheet that the file names. So every part is read once as a stream and measured first.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

from lessons.imports.cells import TableError
from portal.media.pixels import BROKEN as BROKEN_FILE

MAX_PART = 40 * 1024 * 1024
MAX_SMALL_PART = 2 * 1024 * 1024
MAX_ELEMENTS = 1_500_000
# An XLSX sheet is at most 16,384 columns wide and 1,048,576 rows long, and a cell holds 32,767 characters (ECMA-376, Excel).
MAX_CHILDREN = 16_384
MAX_ROW = 1_048_576
MAX_TEXT = 40_000
MAX_SHEETS = 20
MAX_MERGES = 1_000
# Bytes without any element or text: one attribute or comment of megabytes.
MAX_SILENCE = 256 * 1024
CHUNK = 64 * 1024
LARGE_PARTS = frozenset({"worksheet", "sst"})

# What the standard library and openpyxl raise on files that are broken, cut short or made to break them.
BROKEN = (*BROKEN_FILE, zipfile.BadZipFile, NotImplementedError, AttributeError, SAXException)


@dataclass(slots=True)
class Part:
    """One XML file of an archive: how many rows of a sheet hold something, and which of its cells are merged."""

    rows: int = 0
    merges: list[str] = field(default_factory=list)


class _RefusedError(Exception):
    """Raised inside the parser, to stop it."""


class _Measure(ContentHandler):
    """Counts what passes, and stops at what would cost too much."""

    def __init__(self, part: Part, elements: int, size: int) -> None:
        super().__init__()
        self.part, self.elements, self.size = part, elements, size
        self.depth = self.children = self.sheets = self.text = self.events = 0
        self.filled = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        local = name.rpartition(":")[2]
        self.events += 1
        self.elements += 1
        self.depth += 1
        self.text = 0
        if self.depth == 1 and (local == "chartsheet" or (self.size > MAX_SMALL_PART and local not in LARGE_PARTS)):
            raise _RefusedError
        if local == "row":
            self.children, self.filled = 0, False
            if not re.fullmatch(r"\d{1,7}", attrs.get("r", "1")) or int(attrs.get("r", "1")) > MAX_ROW:
                raise _RefusedError
        elif local == "c":
            self.children += 1
        elif local in ("v", "is", "f") and not self.filled:
            self.filled = True
            self.part.rows += 1
        elif local == "mergeCell":
            self.part.merges.append(attrs.get("ref", "")[:40])
        elif local == "sheet":
            self.sheets += 1
        if (
            self.elements > MAX_ELEMENTS
            or self.depth > 100
            or self.children > MAX_CHILDREN
            or self.sheets > MAX_SHEETS
            or len(self.part.merges) > MAX_MERGES
        ):
            raise _RefusedError

    def endElement(self, name: str) -> None:  # noqa: N802
        self.events += 1
        self.depth -= 1

    def characters(self, content: str) -> None:
        self.events += 1
        self.text += len(content)
        if self.text > MAX_TEXT:
            raise _RefusedError


def measure(file: BinaryIO) -> dict[str, Part]:
    """The XML parts of an XLSX file by name, when all of them stay within bounds. Raises TableError."""
    parts: dict[str, Part] = {}
    elements = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if member.file_size > MAX_PART:
                    raise _RefusedError
                with archive.open(member) as stream:
                    # What does not begin like XML is no XML: a picture, the settings of a printer.
                    if not stream.read(CHUNK).strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
                        continue
                with archive.open(member) as stream:
                    parts[member.filename], elements = _measured(stream, elements, member.file_size)
    except _RefusedError as error:
        raise TableError(
            _("This spreadsheet holds far more than a table of lessons. Copy the cells to a new, empty file and save that.")
        ) from error
    except BROKEN as error:
        raise unreadable() from error
    return parts


def unreadable() -> TableError:
    """What a broken spreadsheet is answered with."""
    return TableError(_("This spreadsheet is broken or incomplete. Save it again and try once more."))


def _measured(stream: IO[bytes], elements: int, size: int) -> tuple[Part, int]:
    part = Part()
    handler = _Measure(part, elements, size)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    silent = seen = 0
    while chunk := stream.read(CHUNK):
        parser.feed(chunk)
        silent = silent + len(chunk) if handler.events == seen else 0
        seen = handler.events
        if silent > MAX_SILENCE:
            raise _RefusedError
    parser.close()
    return part, handler.elements
