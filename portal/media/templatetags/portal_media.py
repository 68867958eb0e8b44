"""`{% picture image "card" %}`: a picture in one of the site's formats. Unlike Wagtail's tag it makes no sizes."""

from typing import Any

from django import template
from django.forms.utils import flatatt

from portal.media.models import PortalImage
from portal.media.picture import picture_of

register = template.Library()


@register.inclusion_tag("media/picture.html")
def picture(
    image: PortalImage | None,
    format_name: str,
    *,
    alt: str | None = None,
    loading: str = "lazy",
    sizes: str = "",
    **attributes: str,
) -> dict[str, Any]:
    """The <picture> of an image, or nothing without one.

    `format_name` is a name of `portal.media.formats.FORMATS`. `alt` overrides the image's own text for this place (empty: it only
    adorns here); `loading="eager"` is for the one large picture on top of a page; `sizes` overrides the format's; other
    attributes (class) go on the <img>.
    """
    shown = picture_of(image, format_name) if image else None
    return {
        "picture": shown,
        "alt": _alt(image, alt),
        "eager": loading == "eager",
        "sizes": sizes or (shown.sizes if shown else ""),
        "attributes": flatatt(attributes),
    }


def _alt(image: PortalImage | None, alt: str | None) -> str:
    """The text for this place, else the text of the block the image stands in, else its own."""
    if alt is not None or image is None:
        return alt or ""
    return "" if image.decorative else image.contextual_alt_text or image.default_alt_text
