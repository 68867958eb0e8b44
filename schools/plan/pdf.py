"""HTML as PDF/UA-1 (ISO 14289-1), by WeasyPrint: tagged, with a language and a title, so that a screen reader can read it.

WeasyPrint needs Pango from the system, so it is imported when a PDF is asked for and not before.
"""

import importlib
from functools import cache
from typing import Any

from django.conf import settings
from PIL import ImageFile

STYLES = settings.BASE_DIR / "static" / "css" / "plan-pdf.css"


class PdfUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """This machine cannot make PDF: WeasyPrint or Pango is missing."""


@cache
def _weasyprint() -> Any:
    """WeasyPrint, or None on a machine without Pango."""
    try:
        module = importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return None
    # Importing it makes Pillow take half a picture for a whole one, in all of this process: uploads would no longer be refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return module


def can_make_pdf() -> bool:
    """Whether this machine has what a PDF needs."""
    return _weasyprint() is not None


def make_pdf(html: str) -> bytes:
    """A PDF/UA document of an HTML document that names its language and title. Nothing is fetched: pictures have to lie in the
    HTML itself. Raises PdfUnavailable on a machine without Pango."""
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise PdfUnavailable
    document = weasyprint.HTML(string=html, url_fetcher=weasyprint.URLFetcher(allowed_protocols=("data",)))
    styles = [weasyprint.CSS(filename=str(STYLES))]
    pdf: bytes = document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return pdf
