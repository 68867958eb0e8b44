"""Sizes made ahead of time: all of them, from one decoding, never larger than the picture, and nowhere else."""

import re
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images.formats import get_image_formats
from wagtail.images.models import Image as StockImage
from wagtail.models import Collection
from wagtail.rich_text import expand_db_html

from portal.content.models import KnowledgePage
from portal.media import renditions
from portal.media.formats import EDITOR_SPECS, FORMATS, VERSION, specs_for
from portal.media.models import PortalImage, PortalRendition
from portal.media.renditions import ensure_renditions, unfinished_images
from portal.media.storing import store_image
from portal.media.tasks import make_renditions, sweep_renditions
from tests.media import files
from tests.media.files import files_in

pytestmark = pytest.mark.django_db


def stored(width: int = 800, height: int = 600, name: str = "foto.jpg", **fields: Any) -> PortalImage:
    return store_image(
        ContentFile(files.camera_jpeg(files.scene(width, height)), name=name), title="Foto", alt="Een klas", **fields
    )


def specs_of(image: PortalImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_the_editors_sizes_are_ready_at_once_and_the_rest_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = stored()
        assert specs_of(image) == set(EDITOR_SPECS)
    assert specs_of(image) == set(specs_for(image))


def test_every_declared_size_exists_in_both_encodings_and_none_is_enlarged() -> None:
    image = stored(700, 500)
    ensure_renditions(image)
    for form in FORMATS.values():
        for encoding in ("avif", "webp"):
            rows = [image.renditions.get(filter_spec=spec) for spec in form.specs(image, encoding)]
            widths = [row.width for row in rows]
            assert widths == sorted(set(widths))
            assert widths[0] == form.widths[0]
            assert widths[-1] == min(700, form.widths[-1])
            assert all(row.file.name.endswith(f".{encoding}") for row in rows)
    for row in image.renditions.all():
        assert row.width <= 700
        assert row.height <= 500
        with row.file.open() as file, Image.open(BytesIO(file.read())) as picture:
            assert picture.size == (row.width, row.height)
            assert picture.format == ("AVIF" if "avif" in row.filter_spec else "WEBP")


def test_a_picture_smaller_than_every_width_has_one_size_of_its_own() -> None:
    image = stored(100, 80)
    ensure_renditions(image)
    assert {(row.width, row.height) for row in image.renditions.filter(filter_spec__startswith="width")} == {(100, 80)}
    assert image.renditions.filter(filter_spec__startswith="width", filter_spec__endswith="avif").count() == 2


@pytest.mark.parametrize("size", [(20_000, 1), (1, 3000), (3, 2)])
def test_odd_shapes_have_all_sizes(size: tuple[int, int]) -> None:
    image = store_image(ContentFile(files.encoded(Image.new("RGB", size), "PNG"), name="lijn.png"), title="Lijn", alt="Een lijn")
    ensure_renditions(image)
    assert specs_of(image) == set(specs_for(image))


def test_the_card_is_cut_round_the_focal_point() -> None:
    image = stored(1200, 300)
    ensure_renditions(image)
    before = image.renditions.get(filter_spec="fill-320x213|format-webp")
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 1100, 50, 60, 60
    image.save()
    assert image.renditions_key == ""
    ensure_renditions(image)
    row = image.renditions.get(filter_spec="fill-320x213|format-webp")
    assert row.file.name != before.file.name
    with row.file.open() as file, Image.open(BytesIO(file.read())) as picture:
        red, green, _ = picture.convert("RGB").getpixel((picture.width // 2, 20))
        assert green > red, "the focal point lies in the green quarter"
    assert not image.renditions.filter(pk=before.pk).exists()


def test_all_sizes_come_from_one_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[tuple[int, int]] = []
    decode = renditions.decode

    def counted(*args: Any, **kwargs: Any) -> Image.Image:
        pixels = decode(*args, **kwargs)
        decoded.append(pixels.size)
        return pixels

    image = stored(2560, 1920)
    monkeypatch.setattr(renditions, "decode", counted)
    ensure_renditions(image)
    assert decoded == [(1280, 960)], "and not larger than the largest size needs"


def test_made_again_means_nothing_to_do() -> None:
    image = stored()
    made = ensure_renditions(image)
    before = list(image.renditions.order_by("pk").values_list("pk", "file"))
    for _ in range(3):
        make_renditions(image.pk)
    assert made == len(specs_for(image)) - len(EDITOR_SPECS)
    assert list(image.renditions.order_by("pk").values_list("pk", "file")) == before


def test_a_task_for_a_deleted_image_does_nothing(media_root: Path) -> None:
    make_renditions(12345)
    image = stored()
    gone = PortalImage.objects.get(pk=image.pk)
    PortalImage.objects.filter(pk=image.pk).update(file="original_images/other.jpg")
    before = files_in(media_root)
    assert ensure_renditions(gone) == 0, "the picture was replaced while its sizes were made"
    assert files_in(media_root) == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_file_each(media_root: Path) -> None:
    """Both find everything missing; the second looks again under the lock and keeps nothing of its own."""
    # A test that commits leaves an empty database to the next: without the first collection.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    with transaction.atomic():
        image = stored(900, 600)
        transaction.get_connection().run_on_commit.clear()
    barrier, failures = threading.Barrier(2), []

    def work() -> None:
        try:
            mine = PortalImage.objects.get(pk=image.pk)
            barrier.wait(10)
            ensure_renditions(mine)
        except BaseException as error:  # noqa: BLE001 (told to the test's own thread)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    names = set(image.renditions.values_list("file", flat=True))
    assert len(names) == len(specs_for(image))
    assert {image.file.name, *names} == set(files_in(media_root))


def test_a_full_disk_leaves_no_half_of_the_sizes(media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = stored()
    before = files_in(media_root)
    save, saved = FileSystemStorage._save, []

    def disk_full_after_three(self: FileSystemStorage, name: str, content: Any) -> str:
        if len(saved) == 3:
            raise OSError(28, "No space left on device")
        saved.append(name)
        return save(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", disk_full_after_three)
    with pytest.raises(OSError, match="No space"):
        ensure_renditions(image)
    assert len(saved) == 3
    assert files_in(media_root) == before
    assert specs_of(image) == set(EDITOR_SPECS)


def test_the_sweep_mends_a_lost_task_and_stops_when_all_is_made(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks():
        image = stored()
    assert list(unfinished_images()) == [image.pk]
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sweep_renditions()
    assert list(unfinished_images()) == []
    assert specs_of(image) == set(specs_for(image))


def test_the_sweep_makes_what_a_new_declaration_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    image = stored()
    ensure_renditions(image)
    image.refresh_from_db()
    assert image.renditions_key.startswith(VERSION)
    monkeypatch.setattr(renditions, "VERSION", "0123456789")
    assert list(unfinished_images()) == [image.pk]


def test_an_original_that_is_lost_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    image = stored()
    default_storage.delete(image.file.name)
    assert ensure_renditions(PortalImage.objects.get(pk=image.pk)) == 0
    assert "cannot be read" in caplog.text
    assert list(unfinished_images()) == []


def test_the_command_makes_and_makes_again(capsys: pytest.CaptureFixture[str]) -> None:
    image = stored()
    call_command("make_renditions")
    assert "1/1 Foto" in capsys.readouterr().out
    before = set(image.renditions.values_list("pk", flat=True))
    key = PortalImage.objects.get().renditions_key
    call_command("make_renditions", again=True)
    assert not before & set(image.renditions.values_list("pk", flat=True))
    assert specs_of(image) == set(specs_for(image))
    assert PortalImage.objects.get().renditions_key.split(":")[:2] == key.split(":")[:2]


def test_wagtails_own_door_makes_nothing(media_root: Path) -> None:
    image = stored(1000, 750)
    before = files_in(media_root)
    lent = image.get_rendition("fill-333x333")
    assert default_storage.exists(lent.file.name)
    assert lent.pk is None
    several = image.get_renditions("width-100", "max-165x165")
    assert several["max-165x165"].pk
    original = image.get_rendition("original")
    assert (original.width, original.height) == (1000, 750)
    assert original.file.name == image.renditions.get(filter_spec="max-800x600").file.name, "and not the original itself"
    assert files_in(media_root) == before
    assert image.renditions.count() == len(EDITOR_SPECS)


def test_without_a_single_size_wagtail_gets_its_broken_picture() -> None:
    image = stored()
    image.renditions.all().delete()
    assert image.get_rendition("max-165x165").file.name == "not-found"


def test_rich_text_and_blocks_make_nothing(media_root: Path) -> None:
    image = stored()
    before = files_in(media_root)
    text = expand_db_html(f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="Een klas">')
    assert 'alt="Een klas"' in text
    block = render_to_string("wagtailimages/widgets/image.html", {"value": image})
    assert "<picture>" in block or "<img" in block
    assert files_in(media_root) == before
    assert PortalRendition.objects.count() == len(EDITOR_SPECS)


def test_every_size_that_wagtails_screens_show_is_made_or_lent_on_purpose() -> None:
    """Fails when a new version of Wagtail asks for another size: add it to EDITOR_SPECS."""
    root = Path(wagtail.__file__).parent
    templates = [path for path in root.rglob("*.html") if "/test/" not in str(path) and "styleguide" not in str(path)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in templates)
    python = "\n".join(
        (root / "images" / name).read_text(encoding="utf-8") for name in ("components.py", "widgets.py", "views/chooser.py")
    )
    asked = set(re.findall(r"{% (?:image|picture|srcset_image) \S+ ([\w-]+)", text)) | set(re.findall(r'"(max-\d+x\d+)"', python))
    ours = {"fill-600x338"}  # our own wagtailimages/widgets/image.html stands in for it
    assert "max-165x165" in asked
    assert asked - ours - set(EDITOR_SPECS) == {"original"}
    assert {form.filter_spec for form in get_image_formats()} <= set(EDITOR_SPECS)


def test_the_editors_screens_make_nothing(admin: Client, media_root: Path) -> None:
    image = stored()
    before = files_in(media_root)
    for name, arguments in (
        ("wagtailimages:index", ()), ("wagtailimages:edit", (image.pk,)), ("wagtailimages:delete", (image.pk,)),
        ("wagtailimages_chooser:choose", ()), ("wagtailimages_chooser:select_format", (image.pk,)),
        ("wagtailimages_chooser:chosen", (image.pk,)), ("wagtailimages:image_usage", (image.pk,)),
    ):  # fmt: skip
        for layout in ("grid", "list"):
            response = admin.get(reverse(name, args=arguments), {"layout": layout})
            assert response.status_code == 200, name
            assert image.file.name not in response.content.decode(), "an original is never linked"
    assert files_in(media_root) == before
    assert image.renditions.count() == len(EDITOR_SPECS)


def test_a_public_page_makes_nothing(article: KnowledgePage, client: Client, media_root: Path) -> None:
    article.image = stored()
    article.save_revision().publish()
    before = files_in(media_root)
    response = client.get(article.get_url())
    assert response.status_code == 200
    assert "/media/images/" in response.content.decode()
    assert files_in(media_root) == before
    assert PortalRendition.objects.count() == len(EDITOR_SPECS)


def test_control_stock_wagtail_makes_a_size_when_it_is_looked_at(media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[File] = []
    generate = StockImage.generate_rendition_file
    monkeypatch.setattr(
        StockImage, "generate_rendition_file", lambda *args, **kwargs: made.append(generate(*args, **kwargs)) or made[-1]
    )
    stock = StockImage(title="Foto", file=ContentFile(files.camera_jpeg(), name="foto.jpg"))
    stock.save()
    before = files_in(media_root)
    Template("{% load wagtailimages_tags %}{% image image max-165x165 %}").render(Context({"image": stock}))
    assert len(files_in(media_root)) == len(before) + 1
    made[0].close()
