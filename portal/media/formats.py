"""The sizes in which pictures appear, declared once: what is made when an image is stored and what templates may ask for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.images.models import AbstractImage

# Best first: a browser takes the first encoding it knows. Values go to Pillow's encoders.
ENCODINGS = {"avif": {"quality": 50, "speed": 8}, "webp": {"quality": 76, "method": 4}}
# What the editors' screens of Wagtail 8.0.1 show; a test compares this with Wagtail's own templates. Written as WebP.
EDITOR_SPECS = ("max-165x165", "max-150x150", "max-400x400", "max-800x600")


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A place for pictures on the site: widths in pixels, the shape they are cut to round the focal point (None: as they
    are), and how wide the place is on which screens (the `sizes` attribute of HTML)."""

    name: str
    widths: tuple[int, ...]
    sizes: str
    ratio: tuple[int, int] | None = None

    def specs(self, image: AbstractImage, encoding: str) -> Iterator[str]:
        """Wagtail's names for the sizes of this image in this encoding, small to large; never larger than the image, whose
        own size stands for the first width that it does not fill."""
        available = image.width
        if self.ratio:
            available = min(available, image.height * self.ratio[0] // self.ratio[1])
        for width in self.widths:
            yield f"{self._operation(width)}|format-{encoding}"
            if width >= available:
                return

    def _operation(self, width: int) -> str:
        if self.ratio is None:
            return f"width-{width}"
        return f"fill-{width}x{width * self.ratio[1] // self.ratio[0]}"


FORMATS = {
    format.name: format
    for format in (
        PictureFormat("card", (320, 480, 640), "(min-width: 60em) 20em, (min-width: 40em) 45vw, 95vw", ratio=(3, 2)),
        PictureFormat("inline", (320, 480, 640, 960), "(min-width: 44em) 40em, 95vw"),
        PictureFormat("wide", (320, 640, 960, 1280), "(min-width: 75em) 70em, 95vw"),
        PictureFormat("hero", (480, 640, 960, 1280), "(min-width: 60em) 50vw, 100vw"),
    )
}
# Changes with every declaration above, so that images made by older ones are found and made again.
VERSION = hashlib.sha1(repr((ENCODINGS, EDITOR_SPECS, FORMATS)).encode(), usedforsecurity=False).hexdigest()[:10]


def specs_for(image: AbstractImage) -> tuple[str, ...]:
    """Everything that is made of this image: the editors' sizes first, then each format's sizes in each encoding, once."""
    site = (spec for form in FORMATS.values() for encoding in ENCODINGS for spec in form.specs(image, encoding))
    return tuple(dict.fromkeys((*EDITOR_SPECS, *site)))
