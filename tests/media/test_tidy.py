"""Files that nobody knows go, the others stay."""

import os
import time
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.models import UploadedFile

from portal.media.models import PortalImage
from portal.media.storing import store_document, store_image
from portal.media.tasks import sweep_files
from portal.media.tidy import tidy_files
from tests.media import files
from tests.media.files import files_in

pytestmark = pytest.mark.django_db


def age(folder: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def test_files_without_a_row_go_after_a_day(media_root: Path) -> None:
    store_image(ContentFile(files.camera_jpeg(), name="foto.jpg"), title="Foto", alt="Een klas")
    store_document(ContentFile(files.document("pdf"), name="blad.pdf"), title="Blad")
    known = files_in(media_root)
    for folder in ("original_images", "images", "documents", "wagtail_uploads"):
        (media_root / folder).mkdir(exist_ok=True)
        (media_root / folder / "nobody.jpg").write_bytes(b"x")
    (media_root / "elsewhere.txt").write_text("not ours")
    age(media_root, 23)
    assert tidy_files() == 0
    age(media_root, 25)
    assert tidy_files() == 4
    assert files_in(media_root) == sorted([*known, "elsewhere.txt"])
    assert PortalImage.objects.count() == 1


def test_uploads_that_nobody_finished_go_after_a_day(media_root: Path) -> None:
    kind = ContentType.objects.get_for_model(PortalImage)
    UploadedFile.objects.create(for_content_type=kind, file=ContentFile(files.camera_jpeg(), name="foto.jpg"))
    sweep_files()
    assert len(files_in(media_root)) == UploadedFile.objects.count() == 1
    age(media_root, 25)
    sweep_files()
    assert files_in(media_root) == []
    assert not UploadedFile.objects.exists()


def test_an_empty_site_has_nothing_to_tidy() -> None:
    assert tidy_files() == 0
