"""What `clean_picture` makes of an upload, and what it refuses."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from portal.media.images import MAX_JPEG_SCANS, clean_picture
from portal.media.signatures import jpeg_scans, kind_of
from tests.media import files

STORED = {"jpg": "JPEG", "png": "PNG", "gif": "PNG", "webp": "WEBP", "avif": "AVIF"}
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def cleaned(content: bytes, name: str) -> Image.Image:
    image = Image.open(BytesIO(clean_picture(ContentFile(content, name=name)).read()))
    image.load()
    return image


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as error:
        clean_picture(ContentFile(content, name=name))
    assert str(error.value.message)
    return str(error.value.code)


def colour(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a fraction of the width and height, to the nearest of the scene's colours."""
    seen = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    return min((RED, GREEN, BLUE, WHITE), key=lambda known: sum(abs(a - b) for a, b in zip(known, seen, strict=True)))


@pytest.mark.parametrize("extension", STORED)
def test_pixels_survive_and_nothing_else(extension: str) -> None:
    source = files.photo(extension)
    image = cleaned(source, f"foto.{extension}")
    assert image.format == STORED[extension]
    assert image.size == (600, 400)
    corners = [colour(image, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
    assert corners == [RED, GREEN, BLUE, WHITE]
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "photoshop", "Author", "XML:com.adobe.xmp"} & set(image.info)


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "avif"])
def test_control_the_sources_do_hold_metadata(extension: str) -> None:
    assert Image.open(BytesIO(files.photo(extension))).getexif().get_ifd(0x8825)[1] == "N"


def test_control_saving_again_with_pillow_keeps_a_comment() -> None:
    again = files.encoded(Image.open(BytesIO(files.camera_jpeg())), "JPEG")
    assert b"taken in Zaandam" in again


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(orientation: int) -> None:
    """The camera's orientation is applied to the pixels: the scene, stored turned, comes out as it was."""
    turns = [
        None,
        *(
            getattr(Image.Transpose, name)
            for name in ("FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM", "TRANSPOSE", "ROTATE_90", "TRANSVERSE", "ROTATE_270")
        ),
    ]
    turn = turns[orientation - 1]
    scene = files.scene()
    image = cleaned(files.camera_jpeg(scene.transpose(turn) if turn is not None else scene, orientation=orientation), "foto.jpg")
    assert image.size == (600, 400)
    assert [colour(image, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)] == [RED, GREEN, BLUE, WHITE]


def test_large_photographs_are_stored_at_2560_pixels_and_small_ones_as_they_are() -> None:
    large = files.encoded(files.scene(4000, 3000), "JPEG")
    assert cleaned(large, "groot.jpg").size == (2560, 1920)
    assert cleaned(files.encoded(files.scene(90, 60), "PNG"), "klein.png").size == (90, 60)


def test_colours_are_converted_to_srgb() -> None:
    """A profile in which red and blue changed places turns the red quarter blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    image = cleaned(files.encoded(files.scene(), "PNG", icc_profile=bytes(profile)), "foto.png")
    assert colour(image, 0.25, 0.25) == BLUE
    assert "icc_profile" not in image.info


def test_a_profile_that_does_not_fit_is_dropped() -> None:
    image = cleaned(files.encoded(files.scene(), "PNG", icc_profile=b"not a profile"), "foto.png")
    assert colour(image, 0.25, 0.25) == RED


def test_transparency_survives() -> None:
    image = files.scene(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 300, 200))
    assert cleaned(files.encoded(image, "PNG"), "logo.png").getpixel((10, 10))[3] == 0


@pytest.mark.parametrize(
    ("mode", "kind"), [("1", "PNG"), ("L", "JPEG"), ("LA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG"), ("I;16", "PNG")]
)
def test_all_modes_become_eight_bit_colour(mode: str, kind: str) -> None:
    gradient = Image.linear_gradient("L")
    if mode == "I;16":
        source = gradient.convert("I").point(lambda value: value * 257).convert(mode)
    elif mode == "CMYK":
        source = gradient.convert("RGB").convert(mode)
    else:
        source = gradient.convert(mode)
    image = cleaned(files.encoded(source, kind), "verloop." + ("png" if kind == "PNG" else "jpg"))
    assert image.mode in ("RGB", "RGBA")
    assert image.convert("L").getpixel((10, 5)) < 30
    assert image.convert("L").getpixel((10, 250)) > 225


def test_an_animation_becomes_its_first_frame() -> None:
    frames = [files.scene(), Image.new("RGB", (600, 400), "black")]
    moving = files.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    assert Image.open(BytesIO(moving)).n_frames == 2
    image = cleaned(moving, "beweging.gif")
    assert image.format == "PNG"
    assert getattr(image, "n_frames", 1) == 1
    assert colour(image, 0.25, 0.25) == RED


@pytest.mark.parametrize("extension", ["jpg", "png", "gif", "webp", "avif"])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_truncated_file_is_refused(extension: str, part: float) -> None:
    source = files.encoded(Image.effect_noise((300, 200), 80).convert("RGB"), {"jpg": "JPEG"}.get(extension, extension.upper()))
    assert refusal(source[: int(len(source) * part)], f"foto.{extension}") == "broken"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leeg.png", "empty"),
        (b"<!doctype html><script>alert(1)</script>", "foto.png", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "tekening.svg", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "tekening.png", "not_an_image"),
        (b"MZ\x90\x00", "foto.jpg", "not_an_image"),
        (b"II*\x00\x08\x00\x00\x00", "foto.tiff", "not_an_image"),
        (files.photo("png"), "foto.jpg", "wrong_extension"),
        (files.photo("jpg"), "foto.html", "wrong_extension"),
        (files.photo("jpg"), "foto", "wrong_extension"),
        (b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>" * 20, "foto.png", "broken"),
        (files.empty_png_of(20_000, 20_000), "bom.png", "too_many_pixels"),
        (files.empty_png_of(9_500, 9_500), "bom.png", "too_many_pixels"),
        (files.empty_png_of(5_001, 5_000), "groot.png", "too_many_pixels"),
        (files.photo("jpg") + b"\x00" * 10 * 1024 * 1024, "groot.jpg", "too_big"),
        (files.photo("jpg"), "foto\u202egpj.jpg", "control_characters"),
        (files.photo("jpg"), "foto\x00.jpg", "control_characters"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name) == code


def test_a_jpeg_of_endless_passes_is_refused_unread() -> None:
    """64 bytes ask for another pass over all pixels; ten megabytes of them would keep a server busy for an hour."""
    source = files.encoded(Image.new("L", (400, 300), 128), "JPEG", progressive=True)
    end = source.rindex(b"\xff\xd9")
    scan = source[source.rindex(b"\xff\xc4") : end]
    assert jpeg_scans(source) == 6
    assert cleaned(source, "foto.jpg").size == (400, 300)
    assert refusal(source[:end] + scan * MAX_JPEG_SCANS + source[end:], "foto.jpg") == "broken"


def test_what_a_telephone_appends_after_the_picture_does_not_count() -> None:
    moving_photo = files.photo("jpg") + b"\xff\xda\x00\x08" * 1000
    assert cleaned(moving_photo, "foto.jpg").size == (600, 400)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Zoë's Klas 3.JPG", "zoes-klas-3.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\anna\\foto.jpeg", "foto.jpg"),
        ("学校.jpg", "xuexiao.jpg"),
        ("..jpg.jpg", "jpg.jpg"),
        ("🙂.jpg", None),
        ("x" * 200 + ".jpg", "x" * 60 + ".jpg"),
    ],
)
def test_file_names_become_plain(given: str, stored: str | None) -> None:
    name = clean_picture(ContentFile(files.photo("jpg"), name=given)).name
    assert name
    assert name.isascii()
    assert name == (stored or name).lower()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_a_thin_picture_keeps_a_height() -> None:
    assert cleaned(files.encoded(Image.new("RGB", (20_000, 1)), "PNG"), "lijn.png").size == (2560, 1)


def test_kinds_by_their_first_bytes() -> None:
    assert kind_of(b"") == "text"
    assert kind_of(b"\xef\xbb\xbf  <HTML>") == "markup"
    assert kind_of(b"a\x00b") == "binary"
