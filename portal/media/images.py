"""What may be uploaded as an image, and what is kept of it: its pixels."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image

from portal.media.names import clean_name, extension_of, safe_file_name
from portal.media.pixels import BROKEN, bare_pixels, encode
from portal.media.signatures import jpeg_scans, kind_of

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 2560
# Some ten passes make up a progressive JPEG. One of 64 bytes costs 30 ms on a large picture, so thousands are an attack.
MAX_JPEG_SCANS = 40


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A kind of image: the extensions it may have, its name in Pillow, and what it is stored as."""

    extensions: tuple[str, ...]
    pillow: str
    stored_as: str
    stored_extension: str


# An animated GIF becomes its first frame, as nothing on this site moves by itself. SVG may hold scripts and is not listed.
KINDS = {
    "jpeg": PictureKind(("jpg", "jpeg"), "JPEG", "JPEG", "jpg"),
    "png": PictureKind(("png",), "PNG", "PNG", "png"),
    "gif": PictureKind(("gif",), "GIF", "PNG", "png"),
    "webp": PictureKind(("webp",), "WEBP", "WEBP", "webp"),
    "avif": PictureKind(("avif",), "AVIF", "AVIF", "avif"),
}


class CleanPicture(ContentFile):
    """An image file made here from pixels alone: what the media folder takes. `sha1` is Wagtail's `file_hash` of it."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content, name=name)
        self.sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()


def clean_picture(file: File) -> CleanPicture:
    """The picture in an uploaded file, made anew: upright, in sRGB, at most 2560 pixels on its long side, without metadata.

    Raises ValidationError, with a sentence for the person who uploads, when the file is not a whole image of a kind we take, when
    its name does not fit what it is, or when it is over 10 MB or 25 megapixels.
    """
    if isinstance(file, CleanPicture):
        return file
    name = clean_name(file.name or "")
    content = _read(file)
    kind = _kind(content, name)
    try:
        with Image.open(BytesIO(content), formats=[kind.pillow]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels()
            cleaned = encode(bare_pixels(image, longest=LONGEST_SIDE), kind.stored_as)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise ValidationError(_("This image is broken or incomplete. Save it again and try once more."), code="broken") from error
    return CleanPicture(cleaned, safe_file_name(name, kind.stored_extension))


def _read(file: File) -> bytes:
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not content:
        raise ValidationError(_("This file is empty."), code="empty")
    if len(content) > MAX_BYTES:
        limit = filesizeformat(MAX_BYTES)
        raise ValidationError(_("This file is too big. An image may be at most %(limit)s.") % {"limit": limit}, code="too_big")
    return content


def _kind(content: bytes, name: str) -> PictureKind:
    kind = KINDS.get(kind_of(content))
    if kind is None:
        raise ValidationError(
            _("This is not an image we can use. Choose a JPEG, PNG, WebP, AVIF or GIF file."), code="not_an_image"
        )
    if extension_of(name) not in kind.extensions:
        message = _("The name ends in .%(extension)s, but this is a %(kind)s image. Give it its own extension.")
        raise ValidationError(message % {"extension": extension_of(name), "kind": kind.pillow}, code="wrong_extension")
    if kind.pillow == "JPEG" and jpeg_scans(content) > MAX_JPEG_SCANS:
        raise ValidationError(_("This image is broken or incomplete. Save it again and try once more."), code="broken")
    return kind


def _too_many_pixels() -> ValidationError:
    message = _("This image has too many pixels. At most %(limit)s megapixels fit, for example 6000 by 4000.")
    return ValidationError(message % {"limit": MAX_PIXELS // 1_000_000}, code="too_many_pixels")
