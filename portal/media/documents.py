"""What may be uploaded as a document: by its first bytes, its name and a real reading, never by its name alone."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from portal.media.names import clean_name, extension_of, safe_file_name
from portal.media.pixels import BROKEN
from portal.media.signatures import HEAD, kind_of

MAX_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 500
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
# Small files of much repetition (an empty table) pack far better than 1 : 100 and do no harm.
RATIO_FREE = 1024 * 1024
MAX_INDEX = 2 * 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MACRO_FOLDERS = ("Basic/", "Scripts/")


class CheckedDocument(File):
    """A file that passed `check_document`, under the name it is stored by."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: what its first bytes say, what it is sent as, and how it is read to see whether it is whole."""

    signature: str
    mime: str
    read: Callable[[BinaryIO, "DocumentKind"], None]


def check_document(file: File) -> CheckedDocument:
    """The file itself, with a safe name, when it is a document that we take.

    Raises ValidationError, with a sentence for the person who uploads, when the kind is not in KINDS or not what the name says,
    when the file is broken, locked with a password, over 20 MB, holds macros or unpacks to more than we accept.
    """
    if isinstance(file, CheckedDocument):
        return file
    name = clean_name(file.name or "")
    extension = extension_of(name)
    if not file.size:
        raise ValidationError(_("This file is empty."), code="empty")
    if file.size > MAX_BYTES:
        limit = filesizeformat(MAX_BYTES)
        raise ValidationError(_("This file is too big. A document may be at most %(limit)s.") % {"limit": limit}, code="too_big")
    file.seek(0)
    kind = KINDS.get(extension)
    if kind is None or kind_of(file.read(HEAD)) != kind.signature:
        message = _("This is not a document we can use, or its name does not fit what it is. Choose one of: %(kinds)s.")
        raise ValidationError(message % {"kinds": ", ".join(KINDS)}, code="not_a_document")
    file.seek(0)
    kind.read(file, kind)
    file.seek(0)
    return CheckedDocument(file.file or file, name=safe_file_name(name, extension))


def _read_pdf(file: BinaryIO, kind: DocumentKind) -> None:
    try:
        reader = PdfReader(file, strict=False)
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
    except (PyPdfError, *BROKEN) as error:
        raise _broken() from error
    if locked:
        raise _locked()
    if not pages:
        raise _broken()


def _read_office(file: BinaryIO, kind: DocumentKind) -> None:
    with _open_archive(file) as archive:
        names = set(archive.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _macros()
        types = _parse(_member(archive, CONTENT_TYPES))
        declared = {element.get("ContentType", "") for element in types.iter()}
        if any("macroenabled" in value.lower() or "vbaproject" in value.lower() for value in declared):
            raise _macros()
        if f"{kind.mime}.main+xml" not in declared:
            raise _broken()


def _read_open_document(file: BinaryIO, kind: DocumentKind) -> None:
    with _open_archive(file) as archive:
        if any(name.startswith(MACRO_FOLDERS) for name in archive.namelist()):
            raise _macros()
        if _member(archive, "mimetype").decode("latin-1").strip() != kind.mime:
            raise _broken()
        manifest = _parse(_member(archive, "META-INF/manifest.xml"))
        if any(element.tag.endswith("encryption-data") for element in manifest.iter()):
            raise _locked()
        if "content.xml" not in archive.namelist():
            raise _broken()


def _read_text(file: BinaryIO, kind: DocumentKind) -> None:
    """Text in UTF-8, or in Windows' Western European encoding (cp1252), which spreadsheets here still write."""
    content = file.read()
    if b"\x00" in content:
        raise _broken()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    raise _broken()


def _open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, once all of its members have been unpacked within bounds and against their checksums."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise _locked()
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > max(RATIO_FREE, MAX_RATIO * packed):
            raise ValidationError(_("This file unpacks to far more than a document should."), code="too_big_inside")
        if any(member.filename.startswith(("/", "\\")) or ".." in member.filename.split("/") for member in members):
            raise _broken()
        if archive.testzip() is not None:
            raise _broken()
    except (zipfile.BadZipFile, NotImplementedError, *BROKEN) as error:
        raise _broken() from error
    return archive


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One of the small files that say what an archive is."""
    try:
        if archive.getinfo(name).file_size > MAX_INDEX:
            raise _broken()
        return archive.read(name)
    except (zipfile.BadZipFile, *BROKEN) as error:
        raise _broken() from error


def _parse(content: bytes) -> Element:
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, *BROKEN) as error:
        raise _broken() from error


def _broken() -> ValidationError:
    return ValidationError(_("This document is broken or incomplete. Save it again and try once more."), code="broken")


def _locked() -> ValidationError:
    return ValidationError(_("This document is locked with a password. Save it without one."), code="locked")


def _macros() -> ValidationError:
    return ValidationError(_("This document holds macros. Save it without them."), code="macros")


KINDS = {
    "pdf": DocumentKind("pdf", "application/pdf", _read_pdf),
    "docx": DocumentKind("zip", f"{OFFICE}wordprocessingml.document", _read_office),
    "xlsx": DocumentKind("zip", f"{OFFICE}spreadsheetml.sheet", _read_office),
    "pptx": DocumentKind("zip", f"{OFFICE}presentationml.presentation", _read_office),
    "odt": DocumentKind("zip", f"{ODF}text", _read_open_document),
    "ods": DocumentKind("zip", f"{ODF}spreadsheet", _read_open_document),
    "odp": DocumentKind("zip", f"{ODF}presentation", _read_open_document),
    "csv": DocumentKind("text", "text/csv", _read_text),
    "txt": DocumentKind("text", "text/plain", _read_text),
}
