"""What ExifTool still finds in stored files: nothing about who, where, when or with what a picture was made."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from wagtail.images.models import Filter, Image

from portal.media.renditions import ensure_renditions
from portal.media.storing import store_image
from tests.media import files
from tests.media.files import files_in

EXIFTOOL = shutil.which("exiftool")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not EXIFTOOL and not IN_CI, reason="needs ExifTool: apt-get install libimage-exiftool-perl"),
]
# What a decoder needs: the size, the layout of the pixels, the structure of the container. All else is metadata.
STRUCTURE = {
    "ExifTool": {"ExifToolVersion"},
    "System": None,
    "Composite": {"ImageSize", "Megapixels"},
    "File": {
        "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight", "EncodingProcess", "BitsPerSample",
        "ColorComponents", "YCbCrSubSampling",
    },
    "JFIF": {"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"},
    "PNG": {"ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace"},
    "RIFF": {
        "VP8Version", "ImageWidth", "ImageHeight", "HorizontalScale", "VerticalScale", "WebP_Flags", "AlphaPreprocessing",
        "AlphaFiltering", "AlphaCompression",
    },
}  # fmt: skip
# The structure of an AVIF has many names, which differ between versions of ExifTool; none of them holds one of these words.
TELLING = re.compile("GPS|Exif|XMP|IPTC|Comment|Author|Artist|Model|Date|City|Software|Description|Title")


def metadata(paths: list[Path]) -> dict[str, list[str]]:
    """All that ExifTool knows about these files beyond their structure, by file name."""
    command = [EXIFTOOL or "exiftool", "-json", "-G1", "-a", "-u", "-ee", *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=120)
    found = {}
    for file in json.loads(answer.stdout):
        name = Path(file.pop("SourceFile")).name
        found[name] = sorted(f"{tag}={value}" for tag, value in file.items() if not _structural(tag))
    return found


def _structural(tag: str) -> bool:
    group, _, name = tag.partition(":")
    if group in ("QuickTime", "Meta"):
        return not TELLING.search(name)
    return group in STRUCTURE and (STRUCTURE[group] is None or name in STRUCTURE[group])


@pytest.mark.parametrize("extension", ["jpg", "png", "gif", "webp", "avif"])
def test_exiftool_finds_no_metadata_in_any_stored_file(extension: str, media_root: Path) -> None:
    image = store_image(ContentFile(files.photo(extension), name=f"foto.{extension}"), title="Foto", alt="Een klas")
    ensure_renditions(image)
    stored = [media_root / name for name in files_in(media_root)]
    assert len(stored) == 1 + image.renditions.count() > 10
    assert {name: tags for name, tags in metadata(stored).items() if tags} == {}


def test_control_exiftool_finds_it_all_in_the_source(tmp_path: Path) -> None:
    for extension in ("jpg", "png", "webp", "avif"):
        (tmp_path / f"foto.{extension}").write_bytes(files.photo(extension))
    for name, tags in metadata(sorted(tmp_path.iterdir())).items():
        text = " ".join(tags)
        assert "GPS" in text, name
        assert "Zaandam" in text, name
        assert "Anna de Vries" in text, name
    camera = " ".join(metadata([tmp_path / "foto.jpg"])["foto.jpg"])
    assert "pupil@school.example" in camera
    assert "taken in Zaandam" in camera
    assert "ICC" in camera


def test_control_stock_wagtail_keeps_the_place(tmp_path: Path) -> None:
    """Wagtail stores the upload as it is, and a rendition in the same format takes Exif along."""
    stock = Image(title="Foto", file=ContentFile(files.camera_jpeg(), name="foto.jpg"))
    stock.save()
    thumbnail = tmp_path / "thumbnail.jpg"
    with stock.generate_rendition_file(Filter("max-165x165")) as file:
        file.seek(0)
        thumbnail.write_bytes(file.read())
    for path in (Path(stock.file.path), thumbnail):
        assert "GPS" in " ".join(metadata([path])[path.name])
