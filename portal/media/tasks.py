"""Work on images after the request, and what beat mends."""

from celery import shared_task

from portal.background.handover import after_commit
from portal.media.models import PortalImage
from portal.media.renditions import ensure_renditions, unfinished_images
from portal.media.tidy import tidy_files

SWEEP_LIMIT = 20


def queue_renditions(image_id: int) -> None:
    """Have the sizes of this image made after the commit. A broker that does not answer harms nothing: the sweep finds it."""
    after_commit(make_renditions, image_id)


@shared_task
def make_renditions(image_id: int) -> None:
    """Make all missing sizes of one image; delivered twice, or after the image is gone, it does nothing."""
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is not None:
        ensure_renditions(image)


@shared_task
def sweep_renditions() -> None:
    """Ask again for images whose task was lost, or whose formats were declared anew; a few at a time between other work."""
    for image_id in list(unfinished_images()[:SWEEP_LIMIT]):
        after_commit(make_renditions, image_id)


@shared_task
def sweep_files() -> None:
    """Remove files and unfinished uploads that nothing refers to any more."""
    tidy_files()
