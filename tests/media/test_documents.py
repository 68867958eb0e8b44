"""Which documents are taken, and what is said of those that are not."""

import struct
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from portal.media.documents import KINDS, MAX_BYTES, MAX_MEMBERS, check_document
from tests.media import files


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as error:
        check_document(ContentFile(content, name=name))
    assert str(error.value.message)
    return str(error.value.code)


def locked(content: bytes) -> bytes:
    """The archive with the flag "encrypted" set on each member, in both of its directories (APPNOTE 4.4.4)."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 1)
    return bytes(changed)


def lying(content: bytes) -> bytes:
    """The archive whose central directory says that its last member is one byte long."""
    changed = bytearray(content)
    changed[changed.rindex(b"PK\x01\x02") + 24 :][:4]
    at = changed.rindex(b"PK\x01\x02") + 24
    changed[at : at + 4] = struct.pack("<I", 1)
    return bytes(changed)


@pytest.mark.parametrize("extension", KINDS)
def test_whole_documents_are_taken_as_they_are(extension: str) -> None:
    content = files.document(extension)
    checked = check_document(ContentFile(content, name=f"Werkblad Één.{extension.upper()}"))
    assert checked.name == f"werkblad-een.{extension}"
    assert checked.read() == content


def test_text_of_an_older_spreadsheet() -> None:
    assert check_document(ContentFile("naam;café\r\n€;ë\r\n".encode("cp1252"), name="lijst.csv"))
    assert check_document(ContentFile(b"\xef\xbb\xbfnaam;plaats\r\n", name="lijst.csv"))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leeg.pdf", "empty"),
        (b"<html><script>alert(1)</script>", "blad.pdf", "not_a_document"),
        (b"<script>alert(1)</script>" + files.pdf(), "blad.pdf", "not_a_document"),
        (b"\n" + files.pdf(), "blad.pdf", "not_a_document"),
        (files.pdf()[:120], "blad.pdf", "broken"),
        (b"%PDF-1.7\n" + b"<script>alert(1)</script>" * 9, "blad.pdf", "broken"),
        (files.pdf(password="geheim"), "blad.pdf", "locked"),
        (files.pdf(), "blad.docx", "not_a_document"),
        (files.pdf(), "blad.html", "not_a_document"),
        (files.pdf(), "blad", "not_a_document"),
        (files.document("docx"), "blad.pdf", "not_a_document"),
        (files.document("docx"), "blad.xlsx", "broken"),
        (files.document("docx"), "blad.odt", "broken"),
        (files.document("odt"), "blad.ods", "broken"),
        (files.document("docx"), "blad.docm", "not_a_document"),
        (files.document("docx"), "blad.zip", "not_a_document"),
        (files.document("docx")[:200], "blad.docx", "broken"),
        (lying(files.document("docx")), "blad.docx", "broken"),
        (locked(files.document("docx")), "blad.docx", "locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "blad.docx", "not_a_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "blad.doc", "not_a_document"),
        (b"MZ\x90\x00", "blad.txt", "not_a_document"),
        (b"#!/bin/sh\nrm -rf /\n", "blad.txt", "not_a_document"),
        (b"<!DOCTYPE html><p>hallo", "blad.txt", "not_a_document"),
        (b" \r\n<svg onload=alert(1)>", "lijst.csv", "not_a_document"),
        ("naam;plaats".encode("utf-16"), "lijst.csv", "not_a_document"),
        (b"naam;plaats\n" * 100 + b"\x00", "lijst.csv", "broken"),
        (b"naam;\x81\x8d\n", "lijst.csv", "broken"),
        (files.photo("png"), "foto.png", "not_a_document"),
        (files.photo("jpg"), "foto.pdf", "not_a_document"),
        (files.pdf() + b"\x00" * MAX_BYTES, "groot.pdf", "too_big"),
        (files.pdf(), "blad\u202efdp.pdf", "control_characters"),
        (files.pdf(), "blad\x00.pdf", "control_characters"),
    ],
)
def test_what_is_refused(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name) == code


def test_macros_are_refused() -> None:
    plain = files.office_members()
    assert refusal(files.archive({**plain, "word/vbaProject.bin": b"x"}), "blad.docx") == "macros"
    enabled = {**plain, "[Content_Types].xml": plain["[Content_Types].xml"].replace(b"main+xml", b"macroEnabled.main+xml")}
    assert refusal(files.archive(enabled), "blad.docx") == "macros"
    assert refusal(files.archive({**files.odf_members(), "Basic/Standard/Module1.xml": b"<x/>"}), "blad.odt") == "macros"


def test_entities_in_an_office_file_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Types>&b;</Types>'
    assert refusal(files.archive({**files.office_members(), "[Content_Types].xml": bomb}), "blad.docx") == "broken"


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    plain = files.office_members()
    many = {f"word/{number}.xml": b"x" for number in range(MAX_MEMBERS)}
    assert refusal(files.archive({**plain, **many}), "blad.docx") == "too_big_inside"
    zeros = files.archive({**plain, "word/media.bin": b"\x00" * 30_000_000})
    assert len(zeros) < 100_000
    assert refusal(zeros, "blad.docx") == "too_big_inside"
    assert refusal(files.archive({**plain, "../../etc/cron.d/x": b"x"}), "blad.docx") == "broken"


def test_a_locked_open_document() -> None:
    members = files.odf_members()
    manifest = members["META-INF/manifest.xml"].replace(b"/>", b"><manifest:encryption-data/></manifest:manifest>")
    assert refusal(files.archive({**members, "META-INF/manifest.xml": manifest}), "blad.odt") == "locked"


def test_a_member_that_does_not_match_its_checksum() -> None:
    content = bytearray(files.archive({**files.office_members(), "word/a.bin": b"A" * 100}, compression=zipfile.ZIP_STORED))
    at = content.index(b"A" * 100)
    content[at] ^= 1
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        assert archive.testzip() == "word/a.bin"
    assert refusal(bytes(content), "blad.docx") == "broken"
