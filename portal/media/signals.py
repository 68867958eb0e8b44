"""The net under every door: whatever way a file comes in, it is clean before it is written, and what it replaces goes.

The forms and `store_image` clean first, so that a person reads what is wrong; then nothing is left to do here.
"""

import hashlib
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import UploadedFile

from portal.media.documents import check_document
from portal.media.formats import EDITOR_SPECS
from portal.media.images import clean_picture
from portal.media.models import PortalDocument, PortalImage
from portal.media.renditions import ensure_renditions, made_from
from portal.media.tasks import queue_renditions

CLEANERS = {PortalImage: clean_picture, PortalDocument: check_document}


@receiver(pre_save, sender=UploadedFile, dispatch_uid="media-waiting-room")
def clean_waiting_upload(instance: UploadedFile, **kwargs: Any) -> None:
    """Wagtail keeps an upload here as it came in until its form is filled in, and then stores this very file."""
    clean = CLEANERS.get(instance.for_content_type.model_class()) if instance.for_content_type else None
    if clean and _is_new(instance):
        instance.file = clean(instance.file.file)


@receiver(pre_save, sender=PortalImage, dispatch_uid="media-clean-image")
def clean_image(instance: PortalImage, raw: bool = False, **kwargs: Any) -> None:
    """Only pixels are stored. A new file or focal point means that sizes are to be made again."""
    if _is_new(instance) and not raw:
        picture = clean_picture(instance.file.file)
        instance.file = picture
        instance.file_size, instance.file_hash = picture.size, picture.sha1
        if _forget_replaced_file(instance):
            instance.renditions.all().delete()
    if made_from(instance) not in instance.renditions_key:
        instance.renditions_key = ""


@receiver(post_save, sender=PortalImage, dispatch_uid="media-close-image")
@receiver(post_save, sender=PortalDocument, dispatch_uid="media-close-document")
def close_file(instance: models.Model, **kwargs: Any) -> None:
    """Wagtail leaves the file open that it reads for size and digest, and a stored upload would stay in memory."""
    if getattr(instance.file, "_file", None) is not None:
        instance.file.close()
        del instance.file.file


@receiver(post_save, sender=PortalImage, dispatch_uid="media-make-sizes")
def make_sizes(instance: PortalImage, raw: bool = False, **kwargs: Any) -> None:
    """The editors' small sizes at once, as the next screen shows them; the site's sizes after the commit."""
    if not raw and not instance.renditions_key:
        ensure_renditions(instance, EDITOR_SPECS)
        queue_renditions(instance.pk)


@receiver(pre_save, sender=PortalDocument, dispatch_uid="media-check-document")
def check_new_document(instance: PortalDocument, raw: bool = False, **kwargs: Any) -> None:
    if _is_new(instance) and not raw:
        instance.file = check_document(instance.file.file)
        instance.file_size = instance.file.size
        instance.file.seek(0)
        instance.file_hash = hashlib.file_digest(instance.file, "sha1").hexdigest()
        instance.file.seek(0)
        _forget_replaced_file(instance)


def _is_new(instance: models.Model) -> bool:
    return bool(instance.file) and not instance.file._committed


def _forget_replaced_file(instance: models.Model) -> bool:
    """Delete the file that this one replaces, once that is certain; whether there was one."""
    replaced = (
        type(instance)._default_manager.filter(pk=instance.pk).values_list("file", flat=True).first() if instance.pk else None
    )
    if replaced:
        storage: Storage = instance.file.storage
        transaction.on_commit(partial(storage.delete, replaced))
    return bool(replaced)
