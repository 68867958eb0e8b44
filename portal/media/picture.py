"""One picture in a page: which of its ready sizes stand in the HTML, and how."""

from dataclasses import dataclass

from django.core.cache import caches

from portal.media.formats import ENCODINGS, FORMATS, PictureFormat
from portal.media.models import PortalImage
from portal.media.renditions import ReadySize, ready_sizes
from portal.media.tasks import queue_renditions

ASK_AGAIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template of a picture needs. `sources` are (MIME type, srcset) pairs, best encoding first; `srcset` and `src`
    are the fallback's; width and height are those of its largest size, so that nothing on the page jumps."""

    sources: tuple[tuple[str, str], ...]
    srcset: str
    src: str
    width: int
    height: int
    sizes: str


def picture_of(image: PortalImage, format_name: str) -> Picture | None:
    """The picture in one of the site's formats, of the sizes that are ready; None when not a single one is.

    Sizes that are missing are asked for and not waited for; without any of the format the smallest ready size stands in.
    """
    form = FORMATS[format_name]
    ready = {size.spec: size for size in ready_sizes(image)}
    sets = {encoding: _sizes(form, image, encoding, ready) for encoding in ENCODINGS}
    if any(None in sizes for sizes in sets.values()):
        _ask_for_sizes(image)
    found = {encoding: [size for size in sizes if size] for encoding, sizes in sets.items()}
    *better, fallback = ENCODINGS
    shown = found[fallback] or list(ready_sizes(image)[:1])
    if not shown:
        return None
    return Picture(
        sources=tuple((f"image/{encoding}", _srcset(found[encoding])) for encoding in better if found[encoding]),
        srcset=_srcset(shown) if len(shown) > 1 else "",
        src=shown[0].url,
        width=shown[-1].width,
        height=shown[-1].height,
        sizes=form.sizes,
    )


def _sizes(form: PictureFormat, image: PortalImage, encoding: str, ready: dict[str, ReadySize]) -> list[ReadySize | None]:
    return [ready.get(spec) for spec in form.specs(image, encoding)]


def _srcset(sizes: list[ReadySize]) -> str:
    return ", ".join(f"{size.url} {size.width}w" for size in sizes)


def _ask_for_sizes(image: PortalImage) -> None:
    """Once a minute for each process, as a page full of new pictures is asked for by many at once."""
    if caches["renditions"].add(f"asked:{image.pk}", True, ASK_AGAIN_SECONDS):
        queue_renditions(image.pk)
