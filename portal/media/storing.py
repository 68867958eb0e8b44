"""The one way for code to store an image or a document: the same checks as the editors' forms."""

from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile, File

from portal.media.documents import check_document
from portal.media.images import clean_picture
from portal.media.models import PortalDocument, PortalImage
from portal.media.names import clean_name


def store_image(
    source: Path | File,
    *,
    title: str,
    alt: str = "",
    decorative: bool = False,
    credit: str = "",
    user: AbstractBaseUser | None = None,
) -> PortalImage:
    """Store an image file, re-encoded from its pixels. Its small sizes are ready at once, the site's are made after the commit.

    Raises ValidationError when the file is not an image that may be uploaded, or when neither `alt` nor `decorative` is given.
    """
    picture = clean_picture(_opened(source))
    image = PortalImage(
        title=clean_name(title),
        file=picture,
        description=clean_name(alt),
        is_decorative=decorative,
        credit=clean_name(credit),
        uploaded_by_user=user,
    )
    image.full_clean()
    image.save()
    return image


def store_document(source: Path | File, *, title: str, user: AbstractBaseUser | None = None) -> PortalDocument:
    """Store a document file. Raises ValidationError when it is not a document that may be uploaded."""
    document = PortalDocument(
        title=clean_name(title),
        file=check_document(_opened(source)),
        uploaded_by_user=user,
    )
    document.full_clean()
    document.save()
    return document


def _opened(source: Path | File) -> File:
    return ContentFile(source.read_bytes(), name=source.name) if isinstance(source, Path) else source
