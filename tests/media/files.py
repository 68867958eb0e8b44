"""Real files for the tests: photographs with everything a camera and an editor leave in them, and documents of each kind."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from PIL import Image, ImageCms, PngImagePlugin
from pypdf import PdfWriter

SECRETS = (b"Zaandam", b"pupil@school.example", b"Nikon D750", b"Anna de Vries")
OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:City='Zaandam'/></rdf:RDF></x:xmpmeta>"
)


def files_in(folder: Path) -> list[str]:
    """All files below a folder, by their relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def scene(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """A picture of four coloured quarters under a gradient: red, green / blue, white."""
    image = Image.new(mode, (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("green", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Exif with a camera, a maker and a place (52° 26' N, 4° 49' E)."""
    data = Image.Exif()
    data[0x0110] = "Nikon D750"
    data[0x0112] = orientation
    data[0x013B] = "Anna de Vries"
    data.get_ifd(0x8825).update({1: "N", 2: (52.0, 26.0, 0.0), 3: "E", 4: (4.0, 49.0, 0.0)})
    return data


def iptc_segment() -> bytes:
    """A Photoshop segment (APP13) with one IPTC record: by-line (2:80) pupil@school.example."""
    byline = b"pupil@school.example"
    record = b"\x1c\x02\x50" + len(byline).to_bytes(2, "big") + byline
    resource = b"8BIM\x04\x04\x00\x00" + len(record).to_bytes(4, "big") + record + b"\x00" * (len(record) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


def camera_jpeg(image: Image.Image | None = None, *, orientation: int = 1) -> bytes:
    """A JPEG with Exif and GPS, XMP, IPTC, a colour profile and a comment."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = encoded(
        image or scene(), "JPEG", quality=90, exif=exif(orientation), xmp=XMP, icc_profile=profile, comment=b"taken in Zaandam"
    )
    return plain[:2] + iptc_segment() + plain[2:]


def annotated_png(image: Image.Image | None = None) -> bytes:
    """A PNG with text chunks of all three kinds, Exif and XMP."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Anna de Vries")
    info.add_text("Comment", "pupil@school.example", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(image or scene(), "PNG", pnginfo=info, exif=exif(), dpi=(300, 300))


def photo(extension: str) -> bytes:
    """A picture with metadata of each kind that its format can hold."""
    match extension:
        case "jpg":
            return camera_jpeg()
        case "png":
            return annotated_png()
        case "gif":
            return encoded(scene(), "GIF", comment=b"Anna de Vries")
        case "webp" | "avif":
            return encoded(scene(), extension.upper(), exif=exif(), xmp=XMP, quality=90)
    raise ValueError(extension)


def archive(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return output.getvalue()


def office_members(kind: str = "wordprocessingml.document", part: str = "word/document.xml") -> dict[str, bytes]:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{OFFICE}{kind}.main+xml"/></Types>'
    )
    return {"[Content_Types].xml": types.encode(), part: b"<?xml version='1.0'?><document/>"}


def odf_members(kind: str = "text") -> dict[str, bytes]:
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return {"mimetype": f"{ODF}{kind}".encode(), "META-INF/manifest.xml": manifest, "content.xml": b"<office/>"}


def pdf(*, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def document(extension: str) -> bytes:
    """A whole document of this kind."""
    return {
        "pdf": pdf,
        "docx": lambda: archive(office_members()),
        "xlsx": lambda: archive(office_members("spreadsheetml.sheet", "xl/workbook.xml")),
        "pptx": lambda: archive(office_members("presentationml.presentation", "ppt/presentation.xml")),
        "odt": lambda: archive(odf_members()),
        "ods": lambda: archive(odf_members("spreadsheet")),
        "odp": lambda: archive(odf_members("presentation")),
        "csv": lambda: b"naam;plaats\r\nDe Linde;Zaandam\r\n",
        "txt": lambda: "Een werkblad met een ë.\n".encode("cp1252"),
    }[extension]()


def empty_png_of(width: int, height: int) -> bytes:
    """A bomb: a PNG of a few hundred bytes that says it is this large, with no pixels behind it."""
    plain = bytearray(encoded(Image.new("L", (1, 1)), "PNG"))
    plain[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    plain[29:33] = crc32(bytes(plain[12:29])).to_bytes(4, "big")
    return bytes(plain)
