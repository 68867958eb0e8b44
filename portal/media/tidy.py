"""Files that no row knows, and uploads that nobody finished."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from wagtail.models import UploadedFile

from portal.media.models import PortalDocument, PortalImage, PortalRendition

# Long enough to fill in the forms of many pictures, short enough for a photograph that its maker decided not to keep.
GRACE = timedelta(days=1)
FOLDERS: dict[str, type[models.Model]] = {
    "original_images": PortalImage,
    "images": PortalRendition,
    "documents": PortalDocument,
    "wagtail_uploads": UploadedFile,
}
BATCH = 500


def tidy_files() -> int:
    """Delete unfinished uploads, and files without a row, that are older than a day. Returns the number of files deleted.

    A file is written before its row, so a process that is killed in between, or a full disk, leaves a file that nobody knows.
    """
    deleted = 0
    for upload in UploadedFile.objects.iterator():
        if not default_storage.exists(upload.file.name) or _is_old(upload.file.name):
            upload.file.delete(save=False)
            upload.delete()
            deleted += 1
    for folder, model in FOLDERS.items():
        names = [f"{folder}/{name}" for name in _listing(folder)]
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            known = set(model._default_manager.filter(file__in=batch).values_list("file", flat=True))
            for name in batch:
                if name not in known and _is_old(name):
                    default_storage.delete(name)
                    deleted += 1
    return deleted


def _listing(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - GRACE
    except FileNotFoundError:
        return False
