"""Titles and file names as people type them, made safe to store and to show."""

import unicodedata
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import string_to_ascii

from portal.characters import REFUSED_IN_LINE

STEM_LENGTH = 60


def clean_name(text: str) -> str:
    """The text in Unicode's composed form (NFC), without space around it.

    Raises ValidationError when it holds NUL, another control character or a character that turns the reading direction.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if REFUSED_IN_LINE.search(text):
        raise ValidationError(_("This name holds invisible control characters. Type it again."), code="control_characters")
    return text


def extension_of(name: str) -> str:
    """The last extension of a file name in lower case, without its dot; empty when there is none."""
    return PurePosixPath(name).suffix[1:].lower()


def safe_file_name(name: str, extension: str) -> str:
    """A file name of lower-case ASCII letters, digits and hyphens with this extension, at most 60 characters before it."""
    stem = slugify(string_to_ascii(PurePosixPath(name.replace("\\", "/")).stem))
    return f"{stem[:STEM_LENGTH].strip('-_') or 'bestand'}.{extension}"
