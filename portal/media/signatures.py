"""What a file really is, told by its first bytes instead of by its name.

Sources: the file formats' own specifications (PNG 3rd ed. §5.2, JPEG T.81 B.1, RFC 9649 for WebP, ISO/IEC 23008-12 for AVIF,
ISO 32000 §7.5.2 for PDF, APPNOTE 4.3.7 for ZIP, MS-CFB 2.2 for the old Office files).
"""

import re

HEAD = 512
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe", b"<!--")

# (kind, [(offset, bytes), …]): all bytes must be there. Kinds that nothing accepts are listed so that text never passes for one.
SIGNATURES: tuple[tuple[str, tuple[tuple[int, bytes], ...]], ...] = (
    ("jpeg", ((0, b"\xff\xd8\xff"),)),
    ("png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    ("gif", ((0, b"GIF87a"),)),
    ("gif", ((0, b"GIF89a"),)),
    ("webp", ((0, b"RIFF"), (8, b"WEBP"))),
    ("avif", ((4, b"ftypavif"),)),
    ("avif", ((4, b"ftypavis"),)),
    ("avif", ((4, b"ftypmif1"),)),
    ("pdf", ((0, b"%PDF-"),)),
    ("zip", ((0, b"PK\x03\x04"),)),
    ("old-office", ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)),
    ("executable", ((0, b"MZ"),)),
    ("executable", ((0, b"\x7fELF"),)),
    ("executable", ((0, b"\xcf\xfa\xed\xfe"),)),
    ("executable", ((0, b"\xca\xfe\xba\xbe"),)),
    ("executable", ((0, b"#!"),)),
    ("rtf", ((0, b"{\\rtf"),)),
)


def kind_of(head: bytes) -> str:
    """The kind of file that begins with these bytes (512 suffice): a kind of the table, "markup", "text" or "binary"."""
    for kind, marks in SIGNATURES:
        if all(head[offset : offset + len(mark)] == mark for offset, mark in marks):
            return kind
    start = head[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(MARKUP):
        return "markup"
    return "binary" if b"\x00" in head[:HEAD] else "text"


# A marker of a JPEG stream (T.81 B.1.1.2): not a stuffed FF00, a fill byte, or a restart inside a scan.
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
JPEG_END, JPEG_SCAN, JPEG_BARE = 0xD9, 0xDA, (0x01, 0xD8)


def jpeg_scans(content: bytes) -> int:
    """The number of passes over the picture in a JPEG stream; what cameras append after its end (film, depth) is not read."""
    scans = position = 0
    while marker := JPEG_MARKER.search(content, position):
        position = marker.end()
        code = content[position - 1]
        if code == JPEG_END:
            break
        if code not in JPEG_BARE:
            position += int.from_bytes(content[position : position + 2], "big")
        scans += code == JPEG_SCAN
    return scans
