"""`{% picture %}`: what stands in the page, and what it costs."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.images.blocks import ImageBlock

from portal.media import picture as picture_module
from portal.media.formats import EDITOR_SPECS
from portal.media.models import PortalImage, PortalRendition
from portal.media.renditions import ensure_renditions, with_renditions
from portal.media.storing import store_image
from tests.media import files
from tests.media.files import files_in

pytestmark = pytest.mark.django_db


def stored(*, made: bool = True, **fields: object) -> PortalImage:
    content = files.camera_jpeg(files.scene(1000, 750))
    image = store_image(ContentFile(content, name="foto.jpg"), title="Foto", **{"alt": "Een klas", **fields})
    if made:
        ensure_renditions(image)
    return PortalImage.objects.get(pk=image.pk)


def html(image: PortalImage | None, arguments: str = '"card"') -> str:
    return Template("{% load portal_media %}{% picture image " + arguments + " %}").render(Context({"image": image})).strip()


def parsed(image: PortalImage | None, arguments: str = '"card"') -> Tag:
    found = BeautifulSoup(html(image, arguments), "html.parser").find("picture")
    assert isinstance(found, Tag)
    return found


def test_both_encodings_with_width_and_height_and_lazy() -> None:
    found = parsed(stored(), '"inline"')
    source = found.source
    assert source["type"] == "image/avif"
    assert re.findall(r" (\d+)w", source["srcset"]) == ["320", "480", "640", "960"]
    assert source["srcset"].count(".avif ") == 4
    image = found.img
    assert image["srcset"].count(".webp ") == 4
    assert source["sizes"] == image["sizes"]
    assert image["src"].startswith("/media/images/")
    assert (image["width"], image["height"]) == ("960", "720")
    assert image["loading"] == "lazy"
    assert image["alt"] == "Een klas"
    assert "fetchpriority" not in image.attrs


def test_the_card_has_one_shape() -> None:
    image = parsed(stored()).img
    assert (image["width"], image["height"]) == ("640", "426")


def test_numbers_are_not_localised(settings: Settings) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    assert 'width="1000"' in html(stored(), '"wide"')


def test_eager_on_top_of_a_page() -> None:
    image = parsed(stored(), '"hero" loading="eager" class="top" sizes="50vw"').img
    assert image["fetchpriority"] == "high"
    assert "loading" not in image.attrs
    assert image["class"] == ["top"]
    assert image["sizes"] == "50vw"


def test_whose_text_a_screen_reader_speaks() -> None:
    image = stored()
    assert parsed(image, '"card" alt="Groep 6 in de tuin"').img["alt"] == "Groep 6 in de tuin"
    assert parsed(image, '"card" alt=""').img["alt"] == ""
    assert parsed(stored(alt="", decorative=True)).img["alt"] == ""
    assert parsed(stored(alt='Een "klas" <b>')).img["alt"] == 'Een "klas" <b>'
    block = ImageBlock()
    in_block = block.to_python({"image": image.pk, "alt_text": "In dit blok", "decorative": False})
    assert parsed(in_block).img["alt"] == "In dit blok"
    assert parsed(block.to_python({"image": image.pk, "alt_text": "", "decorative": True})).img["alt"] == ""


def test_no_image_no_picture() -> None:
    assert html(None) == ""


def test_no_query_when_warm(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    image = stored()
    with django_assert_num_queries(1):
        first = html(image)
    again = PortalImage.objects.get(pk=image.pk)
    with django_assert_num_queries(0):
        assert html(again) == first


def test_one_query_for_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        stored()
    images = list(PortalImage.objects.all())
    with django_assert_num_queries(1):
        with_renditions(images)
        pages = [html(image) for image in images]
    assert all("<picture>" in page for page in pages)
    with django_assert_num_queries(0):
        with_renditions(PortalImage.objects.none())
        assert [html(image) for image in with_renditions(images)] == pages


def test_a_replaced_or_recut_picture_is_not_remembered() -> None:
    image = stored()
    before = html(image)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 900, 100, 50, 50
    image.save()
    ensure_renditions(image)
    after = html(PortalImage.objects.get(pk=image.pk))
    assert after != before
    names = set(image.renditions.values_list("file", flat=True))
    assert {address.removeprefix("/media/") for address in re.findall(r"/media/[^\s\"]+", after)} <= names


def test_a_missing_size_is_asked_for_and_never_made(media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(picture_module, "queue_renditions", asked.append)
    image = stored(made=False)
    before = files_in(media_root)
    found = parsed(image).img
    smallest = image.renditions.order_by("width").first()
    assert smallest
    assert found["src"] == smallest.url
    assert (found["width"], found["height"]) == (str(smallest.width), str(smallest.height))
    for _ in range(5):
        html(PortalImage.objects.get(pk=image.pk))
    assert asked == [image.pk], "once a minute, not once a visitor"
    assert files_in(media_root) == before
    assert PortalRendition.objects.count() == len(EDITOR_SPECS)


def test_sizes_appear_as_soon_as_they_are_made() -> None:
    image = stored(made=False)
    assert "srcset" not in html(image)
    ensure_renditions(image)
    assert "srcset" in html(PortalImage.objects.get(pk=image.pk))


def test_a_picture_without_any_size_leaves_no_broken_image() -> None:
    image = stored(made=False)
    image.renditions.all().delete()
    assert html(PortalImage.objects.get(pk=image.pk)) == ""
