"""Pictures and documents as visitors get them: only the sizes made for them, never an original or an unfinished upload."""

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

PUBLIC_FOLDER = "images/"
SHOWN = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the public folder; 404 for any other path, whatever it holds.

    The name of a rendition holds a digest of what it was made from, so a browser may keep it for ever. What is not a
    picture that we make ourselves is only offered for download.
    """
    if not path.startswith(PUBLIC_FOLDER) or posixpath.normpath(path) != path:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousOperation) as error:
        # Names that no file can have: NUL, lone surrogates, too long.
        raise Http404 from error
    content_type = SHOWN.get(posixpath.splitext(path)[1])
    response["Content-Type"] = content_type or "application/octet-stream"
    if content_type is None:
        response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return _as_it_is(response)


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document as a download with `nosniff`, when Wagtail says that this visitor may have it."""
    return _as_it_is(serve_document(request, document_id, document_filename))


def _as_it_is(response: HttpResponseBase) -> HttpResponseBase:
    """Keeps the gzip middleware off bytes that are compressed already, and mends the word None that Wagtail 8.0.1 writes here."""
    response["Content-Encoding"] = "identity"
    return response
