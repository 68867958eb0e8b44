"""The media folder as the outside sees it."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client

from portal.media.models import PortalImage
from portal.media.renditions import ensure_renditions
from portal.media.storing import store_document, store_image
from tests.media import files
from tests.media.files import files_in

pytestmark = pytest.mark.django_db
HOSTILE = [
    "images/../original_images/foto.jpg", "images/%2e%2e/original_images/foto.jpg", "images/..%2foriginal_images/foto.jpg",
    "../portal.sqlite3", "/etc/passwd", "images//etc/passwd", "images/", "images", "", "images/.", "images/./x", "images\\..\\x",
    "images/%00", "images/foto%00.webp", "images/" + "a" * 5000, "images/%ed%a0%80.webp", "images/%ff%fe.webp",
    "images/\u202e.webp", "images/nul/..", "images/🙂.webp", "images/foto.webp/x",
]  # fmt: skip


def body(response: HttpResponse) -> bytes:
    """All bytes of an answer; read to the end, so that its file is closed as a server would."""
    return b"".join(response.streaming_content)


@pytest.fixture
def image() -> PortalImage:
    return store_image(ContentFile(files.camera_jpeg(), name="foto.jpg"), title="Foto", alt="Een klas")


@pytest.fixture(autouse=True)
def as_a_server(client: Client) -> None:
    client.raise_request_exception = False


def test_a_size_may_be_kept_for_ever(client: Client, image: PortalImage) -> None:
    ensure_renditions(image, ["width-320|format-avif"])
    row = image.renditions.get(filter_spec="width-320|format-avif")
    response = client.get(row.url, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")
    assert body(response) == Path(row.file.path).read_bytes()
    assert "Set-Cookie" not in response
    again = client.get(row.url, headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", HOSTILE)
def test_any_other_path_is_not_there(client: Client, image: PortalImage, path: str) -> None:
    assert 400 <= client.get(f"/media/{path}").status_code < 500
    assert 400 <= client.get(f"/media/{quote(path)}").status_code < 500


def test_originals_documents_and_waiting_uploads_are_not_served(client: Client, image: PortalImage, media_root: Path) -> None:
    document = store_document(ContentFile(files.document("pdf"), name="blad.pdf"), title="Blad")
    (media_root / "wagtail_uploads").mkdir()
    (media_root / "wagtail_uploads" / "foto.jpg").write_bytes(b"x")
    hidden = [name for name in files_in(media_root) if not name.startswith("images/")]
    assert {image.file.name, document.file.name, "wagtail_uploads/foto.jpg"} == set(hidden)
    for name in hidden:
        assert client.get(f"/media/{name}").status_code == 404


def test_what_is_not_a_picture_is_only_offered_for_download(client: Client, media_root: Path) -> None:
    (media_root / "images").mkdir(parents=True)
    (media_root / "images" / "page.html").write_text("<script>alert(1)</script>")
    response = client.get("/media/images/page.html")
    assert body(response) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_only_reading(client: Client, image: PortalImage) -> None:
    url = image.renditions.all()[0].url
    assert client.post(url).status_code == 405
    response = client.head(url)
    assert response.status_code == 200
    body(response)


@pytest.mark.parametrize(
    ("extension", "mime"), [("pdf", "application/pdf"), ("csv", "text/csv"), ("odt", "application/vnd.oasis.opendocument.text")]
)
def test_a_document_is_a_download(client: Client, extension: str, mime: str) -> None:
    content = files.document(extension)
    document = store_document(ContentFile(content, name=f"Mijn blad.{extension}"), title="Blad")
    assert document.url.startswith("/documenten/")
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Type"] == mime
    assert response["Content-Disposition"] == f'attachment; filename="mijn-blad.{extension}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Encoding"] == "identity"
    assert body(response) == content
    assert client.get(document.url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(document.url).status_code == 405


@pytest.mark.parametrize(
    "path", ["1/x.pdf", "99999999999999999999/x.pdf", "0/", "1/%00", "1/../x", "x/x.pdf", "१/x.pdf", "9" * 4400 + "/x.pdf"]
)
def test_hostile_document_addresses(client: Client, path: str) -> None:
    assert 400 <= client.get(f"/documenten/{path}").status_code < 500
