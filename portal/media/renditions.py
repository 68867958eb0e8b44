"""Making the sizes of an image ahead of time, and finding the ones that are ready."""

import hashlib
import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from PIL import Image
from wagtail.images.image_operations import ImageTransform
from wagtail.images.models import Filter, SourceImageIOError

from portal.media.formats import ENCODINGS, VERSION, specs_for
from portal.media.images import LONGEST_SIDE
from portal.media.models import PortalImage, PortalRendition
from portal.media.pixels import BROKEN, decode, encode

logger = logging.getLogger(__name__)

SENT_AS = {"avif": "AVIF", "webp": "WEBP"}
PILLOW_KINDS = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"}
UNREADABLE = f"{VERSION}:unreadable:"
STEM_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ReadySize:
    """One size of a picture that exists: Wagtail's name for it, its address, and its width and height in pixels."""

    spec: str
    url: str
    width: int
    height: int


def ensure_renditions(image: PortalImage, specs: Iterable[str] | None = None) -> int:
    """Make what is missing of these sizes (all that the site declares, unless told) from one decoding of the stored original.

    Returns the number made. With all sizes, those that are no longer declared go, and the image is marked as complete. Safe to
    call at the same time from several processes: rows are compared again under a lock of the image, and files that are not
    needed are never written. An original that cannot be read is logged and marked, so that the sweep leaves it alone.
    """
    wanted = [(spec, Filter(spec).get_cache_key(image)) for spec in (specs or specs_for(image))]
    ready = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    try:
        made = _make(image, [key for key in wanted if key not in ready])
    except (SourceImageIOError, *BROKEN):
        logger.exception("The original of image %s cannot be read", image.pk)
        PortalImage.objects.filter(pk=image.pk).update(renditions_key=UNREADABLE)
        return 0
    return _store(image, made, complete=wanted if specs is None else None)


def unfinished_images() -> QuerySet[PortalImage, int]:
    """Keys of the images whose sizes are not all made, or made by older declarations; the newest first."""
    return PortalImage.objects.exclude(renditions_key__startswith=VERSION).order_by("-pk").values_list("pk", flat=True)


def with_renditions(images: Iterable[PortalImage]) -> list[PortalImage]:
    """The images, each with its ready sizes at hand: no query when this process has met them all, else one for all of them."""
    images = list(images)
    cache = caches["renditions"]
    kept = cache.get_many([_cache_key(image) for image in images if image.renditions_key])
    unmet = {image.pk: image for image in images if _cache_key(image) not in kept}
    found = _find(unmet) if unmet else {}
    # Only complete sets are kept: their key changes with every change of them, so what is kept never grows stale.
    cache.set_many({_cache_key(unmet[pk]): sizes for pk, sizes in found.items() if unmet[pk].renditions_key}, timeout=None)
    for image in images:
        image.ready_sizes = kept.get(_cache_key(image)) or found.get(image.pk, ())
    return images


def ready_sizes(image: PortalImage) -> tuple[ReadySize, ...]:
    """The sizes of one image that exist, small to large; looked up now unless `with_renditions` did so before."""
    if not hasattr(image, "ready_sizes"):
        with_renditions([image])
    return image.ready_sizes


def _make(image: PortalImage, keys: list[tuple[str, str]]) -> list[PortalRendition]:
    """Unsaved renditions with their files in memory."""
    if not keys:
        return []
    plans = [(spec, key, Filter(spec).get_transform(image)) for spec, key in keys]
    with image.open_file() as file:
        source = BytesIO(file.read())
    kind = PILLOW_KINDS[PurePosixPath(image.file.name).suffix]
    pixels = decode(source, kind, longest=_longest_needed(image, [plan[2] for plan in plans]))
    scale_x, scale_y = pixels.width / image.width, pixels.height / image.height
    made = []
    resized: dict[tuple[object, ...], Image.Image] = {}
    for spec, key, transform in plans:
        left, top, right, bottom = transform.get_rect()
        box = (
            max(0.0, left * scale_x),
            max(0.0, top * scale_y),
            min(pixels.width, right * scale_x),
            min(pixels.height, bottom * scale_y),
        )
        shape = (transform.size, box)
        if shape not in resized:
            resized[shape] = pixels.resize(transform.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        encoding = spec.partition("|format-")[2] or "webp"
        content = encode(resized[shape], SENT_AS[encoding], **ENCODINGS[encoding])
        file = ContentFile(content, name=_file_name(image, spec, key, encoding))
        made.append(PortalRendition(image=image, filter_spec=spec, focal_point_key=key, file=file))
    return made


def _longest_needed(image: PortalImage, transforms: list[ImageTransform]) -> int:
    """Pixels on the long side of a decoding that is large enough for all of these, so that nothing is enlarged."""
    scale = max(transform.size[0] / transform.get_rect().width for transform in transforms)
    return min(LONGEST_SIDE, math.ceil(scale * max(image.width, image.height)))


def _store(image: PortalImage, made: list[PortalRendition], *, complete: list[tuple[str, str]] | None) -> int:
    written: list[PortalRendition] = []
    try:
        with transaction.atomic():
            current = PortalImage.objects.select_for_update().filter(pk=image.pk).first()
            if current is None or made_from(current) != made_from(image):
                # Deleted or replaced while its sizes were made: whoever replaced it has asked for new ones.
                return 0
            ready = {(row.filter_spec, row.focal_point_key): row for row in current.renditions.all()}
            for rendition in made:
                key = (rendition.filter_spec, rendition.focal_point_key)
                if key not in ready:
                    written.append(rendition)
                    rendition.save()
                    ready[key] = rendition
            if complete is not None:
                for key in ready.keys() - set(complete):
                    ready.pop(key).delete()
                image.renditions_key = f"{VERSION}:{made_from(image)}:{_digest(*sorted(row.file.name for row in ready.values()))}"
                if current.renditions_key != image.renditions_key:
                    PortalImage.objects.filter(pk=image.pk).update(renditions_key=image.renditions_key)
    except BaseException:
        for rendition in written:
            rendition.file.delete(save=False)
        raise
    return len(written)


def made_from(image: PortalImage) -> str:
    """A digest of what the sizes of an image depend on: its file and its focal point."""
    return _digest(image.file.name, image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height)


def _find(images: dict[int, PortalImage]) -> dict[int, tuple[ReadySize, ...]]:
    """The ready sizes of each image by its key: one query. A size cut round an earlier focal point has no name."""
    storage = PortalRendition._meta.get_field("file").storage
    focal_keys = {pk: ("", Filter("fill-1x1").get_cache_key(image)) for pk, image in images.items()}
    found: dict[int, list[ReadySize]] = {}
    rows = PortalRendition.objects.filter(image__in=images).order_by("width", "pk")
    for pk, spec, key, name, width, height in rows.values_list(
        "image_id", "filter_spec", "focal_point_key", "file", "width", "height"
    ):
        spec = spec if key in focal_keys[pk] else ""
        found.setdefault(pk, []).append(ReadySize(spec, storage.url(name), width, height))
    return {pk: tuple(sizes) for pk, sizes in found.items()}


def _cache_key(image: PortalImage) -> str:
    return f"sizes:{image.pk}:{image.renditions_key}"


def _file_name(image: PortalImage, spec: str, key: str, encoding: str) -> str:
    """A name that changes with whatever changes the bytes, so that browsers may keep the file for ever."""
    digest = _digest(image.file_hash, key, VERSION)
    return f"{PurePosixPath(image.file.name).stem[:STEM_LENGTH]}-{digest}.{spec.partition('|')[0]}.{encoding}"


def _digest(*parts: object) -> str:
    return hashlib.sha1("|".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()[:10]
