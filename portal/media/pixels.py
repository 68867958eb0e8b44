"""From a file to bare pixels in sRGB, and from pixels to a file that holds nothing else."""

import struct
import zlib
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageCms

# What Pillow and its decoders raise on files that are broken, cut short or made to break them.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)
ENCODINGS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "progressive": True, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 88, "method": 4},
    "AVIF": {"quality": 80, "speed": 8},
}
ORIENTATION = 0x0112  # Exif 2.32, table 4
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def decode(file: BinaryIO, kind: str, *, longest: int) -> Image.Image:
    """The first frame of an opened image file of Pillow's format `kind`, upright, in sRGB (mode RGB or RGBA) and at most
    `longest` pixels on its long side; never enlarged. Raises one of BROKEN when the file cannot be read whole."""
    with Image.open(file, formats=[kind]) as image:
        return bare_pixels(image, longest=longest)


def bare_pixels(image: Image.Image, *, longest: int) -> Image.Image:
    """Like `decode`, for a file that Pillow has opened but not yet decoded."""
    scale = min(1.0, longest / max(image.size))
    # A JPEG of a large photograph is decoded at a half, a quarter or an eighth of its size, many times faster.
    image.draft(None, (max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    orientation = _orientation(image)
    image.load()
    pixels = _eight_bits(image)
    pixels.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    pixels = _srgb(pixels, image.info.get("icc_profile"))
    if orientation in TURNS:
        pixels = pixels.transpose(TURNS[orientation])
    # A new image instead of a copy: Pillow's copies carry comments, profiles and text along into the next file.
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def encode(pixels: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of an image file of Pillow's format `kind`; `options` go to its encoder in place of ours."""
    output = BytesIO()
    flat = kind == "JPEG" and pixels.mode == "RGBA"
    (pixels.convert("RGB") if flat else pixels).save(output, kind, **{**ENCODINGS[kind], **options})
    return output.getvalue()


def _orientation(image: Image.Image) -> int:
    """How the camera was held; 1 (upright) when the Exif block cannot be read, since the pixels may still be fine."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1


def _eight_bits(image: Image.Image) -> Image.Image:
    """A copy in a mode that can be resized and converted: RGB, RGBA, CMYK or L, eight bits a channel."""
    if image.mode.startswith(("I", "F")):
        # Scientific greyscale: Pillow would clip what is over 255 instead of scaling it.
        top = 65535 if image.getextrema()[1] > 255 else 255
        return image.convert("F").point(lambda value: value * (255 / top)).convert("L")
    if image.mode in ("CMYK", "L") and not image.has_transparency_data:
        return image.copy()
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _srgb(pixels: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours in sRGB, by the picture's own colour profile when it has one that fits."""
    mode = "RGBA" if pixels.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(pixels, source, SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, *BROKEN):
            converted = None
        if converted is not None:
            return converted
    return pixels.convert(mode)
