"""Uploads through the editors' real screens: what is good is stored clean, what is not is refused beside the field."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Collection, UploadedFile

from portal.media.models import PortalDocument, PortalImage
from portal.media.storing import store_document, store_image
from tests.media import files
from tests.media.files import files_in

pytestmark = pytest.mark.django_db

HOSTILE_IMAGES = {
    "truncated.png": files.annotated_png()[:1500],
    "truncated.jpg": files.camera_jpeg()[:4000],
    "bomb.png": files.empty_png_of(30_000, 30_000),
    "page.png": b"<!doctype html><script>alert(document.cookie)</script>",
    "empty.png": b"",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "wrong.gif": files.camera_jpeg(),
    "program.jpg": b"MZ\x90\x00" + b"\x00" * 200,
    "no-extension": files.camera_jpeg(),
    "broken-exif.jpg": b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\xff\xff\xff\xff\xff\xd9",
}
HOSTILE_DOCUMENTS = {
    "page.pdf": b"<!doctype html><script>alert(document.cookie)</script>",
    "polyglot.pdf": b"<script>alert(1)</script>\n" + files.pdf(),
    "program.pdf": b"MZ\x90\x00" + b"\x00" * 200,
    "empty.pdf": b"",
    "page.html": b"<!doctype html><p>hallo",
    "program.exe": b"MZ\x90\x00" + b"\x00" * 200,
    "not-office.docx": files.archive({"a.txt": b"hallo"}),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def root_collection() -> int:
    return Collection.get_first_root_node().pk


def add_image(admin: Client, name: str, content: bytes, **fields: Any) -> HttpResponse:
    data = {"title": "Foto", "description": "Een klas", "collection": root_collection(), "file": upload(name, content), **fields}
    return admin.post(reverse("wagtailimages:add"), data)


def choose_image(admin: Client, name: str, content: bytes, **fields: Any) -> HttpResponse:
    data = {"title": "Foto", "description": "Een klas", "collection": root_collection(), "file": upload(name, content), **fields}
    return admin.post(
        reverse("wagtailimages_chooser:create"), {f"image-chooser-upload-{key}": value for key, value in data.items()}
    )


def add_multiple(admin: Client, name: str, content: bytes, kind: str = "wagtailimages") -> HttpResponse:
    data = {"title": "Foto", "collection": root_collection(), "files[]": upload(name, content)}
    return admin.post(reverse(f"{kind}:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})


def nothing_stored(media_root: Path) -> bool:
    rows = PortalImage.objects.count() + PortalDocument.objects.count() + UploadedFile.objects.count()
    return rows == 0 and files_in(media_root) == []


def stored_clean(media_root: Path) -> None:
    """One image, and not one of the secrets of its source in any file of the media folder."""
    image = PortalImage.objects.get()
    assert image.file_size == default_storage.size(image.file.name)
    assert len(image.file_hash) == 40
    assert (image.width, image.height) == (600, 400)
    for name in files_in(media_root):
        content = (media_root / name).read_bytes()
        assert not [secret for secret in files.SECRETS if secret in content], name


def test_control_the_source_holds_the_secrets() -> None:
    assert all(secret in files.camera_jpeg() for secret in files.SECRETS)


@pytest.mark.parametrize("kind", ["wagtailimages", "wagtaildocs"])
@pytest.mark.parametrize("name", ["index", "add", "add_multiple"])
def test_the_screens_themselves(admin: Client, kind: str, name: str) -> None:
    assert admin.get(reverse(f"{kind}:{name}")).status_code == 200


def test_add(admin: Client, media_root: Path) -> None:
    response = add_image(admin, "foto.jpg", files.camera_jpeg())
    assert response.status_code == 302
    stored_clean(media_root)


def test_chooser_upload_answers_with_a_preview(admin: Client, media_root: Path) -> None:
    response = choose_image(admin, "foto.jpg", files.camera_jpeg())
    assert response.status_code == 200
    chosen = response.json()
    assert chosen["step"] == "chosen"
    assert chosen["result"]["default_alt_text"] == "Een klas"
    assert default_storage.exists(chosen["result"]["preview"]["url"].removeprefix("/media/"))
    stored_clean(media_root)


def test_multiple_upload_waits_for_its_alternative_text_without_metadata(
    admin: Client, media_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    answer = add_multiple(admin, "Mijn Foto.jpg", files.camera_jpeg()).json()
    assert answer["success"]
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert not PortalImage.objects.exists()
    content = (media_root / waiting.file.name).read_bytes()
    assert not [secret for secret in files.SECRETS if secret in content]

    finish = reverse("wagtailimages:create_multiple_from_uploaded_image", args=(waiting.pk,))
    prefix = f"uploaded-image-{waiting.pk}"
    fields = {f"{prefix}-title": "Foto", f"{prefix}-collection": root_collection(), f"{prefix}-tags": ""}
    refused = admin.post(finish, fields).json()
    assert not refused["success"]
    assert not PortalImage.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(finish, {**fields, f"{prefix}-description": "Een klas"}).json()["success"]
    stored_clean(media_root)
    assert [name for name in files_in(media_root) if name.startswith("wagtail_uploads")] == []


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("name", HOSTILE_IMAGES)
def test_hostile_images_are_refused_beside_the_field(admin: Client, media_root: Path, name: str) -> None:
    content = HOSTILE_IMAGES[name]
    added = add_image(admin, name, content)
    assert added.status_code == 200
    assert added.context["form"].errors["file"]
    assert str(added.context["form"].errors["file"][0]) in added.content.decode()

    chosen = choose_image(admin, name, content)
    assert chosen.status_code == 200
    assert chosen.json()["step"] == "reshow_creation_form"

    several = add_multiple(admin, name, content)
    assert several.status_code == 200
    assert not several.json()["success"]
    assert several.json()["error_message"]
    assert nothing_stored(media_root)


def test_control_without_our_field_a_truncated_png_breaks_the_screen(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own field reads only the head of a file, and stores what it cannot show."""
    from wagtail.images.forms import BaseImageForm

    monkeypatch.setattr("wagtail.images.forms.get_image_base_form", lambda: BaseImageForm)
    monkeypatch.setattr("portal.media.signals.clean_picture", lambda file: file)
    assert add_image(admin, "truncated.png", HOSTILE_IMAGES["truncated.png"]).status_code == 500


@pytest.mark.parametrize(
    ("description", "decorative", "accepted"), [("", "", False), ("   ", "", False), ("Een klas", "", True), ("", "on", True)]
)
def test_alternative_text_or_decorative(admin: Client, description: str, decorative: str, accepted: bool) -> None:
    response = add_image(admin, "foto.jpg", files.camera_jpeg(), description=description, is_decorative=decorative)
    if accepted:
        assert response.status_code == 302
        assert PortalImage.objects.get().default_alt_text == description
    else:
        assert response.context["form"].errors["description"]
        assert not PortalImage.objects.exists()


def test_a_title_that_reads_backwards_is_refused(admin: Client) -> None:
    response = add_image(admin, "foto.jpg", files.camera_jpeg(), title="foto\u202egpj.exe")
    assert response.context["form"].errors["title"]
    assert not PortalImage.objects.exists()


def test_titles_are_stored_composed(admin: Client) -> None:
    add_image(admin, "foto.jpg", files.camera_jpeg(), title="Zoe\u0308")
    assert PortalImage.objects.get().title == "Zo\u00eb"


def test_a_new_file_replaces_the_old_one_and_its_sizes(
    admin: Client, media_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_image(admin, "foto.jpg", files.camera_jpeg())
    image = PortalImage.objects.get()
    before = files_in(media_root)
    edit = {"title": "Foto", "description": "Een boom", "collection": root_collection()}
    with django_capture_on_commit_callbacks(execute=True):
        new = upload("boom.jpg", files.camera_jpeg(Image.new("RGB", (500, 300), "green")))
        assert admin.post(reverse("wagtailimages:edit", args=(image.pk,)), {**edit, "file": new}).status_code == 302
        # Until the commit nothing of the old picture is gone.
        assert set(before) <= set(files_in(media_root))
    image.refresh_from_db()
    after = files_in(media_root)
    assert not set(before) & set(after)
    assert (image.width, image.height) == (500, 300)
    assert {image.file.name, *image.renditions.values_list("file", flat=True)} == set(after)


def test_a_hostile_replacement_changes_nothing(admin: Client, media_root: Path) -> None:
    add_image(admin, "foto.jpg", files.camera_jpeg())
    image, before = PortalImage.objects.get(), files_in(media_root)
    data = {"title": "Nieuw", "description": "Nieuw", "collection": root_collection()}
    data["file"] = upload("truncated.png", HOSTILE_IMAGES["truncated.png"])
    response = admin.post(reverse("wagtailimages:edit", args=(image.pk,)), data)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert files_in(media_root) == before
    image.refresh_from_db()
    assert image.title == "Foto"


def test_text_can_be_changed_without_a_new_file(admin: Client, media_root: Path) -> None:
    add_image(admin, "foto.jpg", files.camera_jpeg())
    image, before = PortalImage.objects.get(), files_in(media_root)
    data = {"title": "Foto", "description": "Een schoolplein", "collection": root_collection()}
    assert admin.post(reverse("wagtailimages:edit", args=(image.pk,)), data).status_code == 302
    image.refresh_from_db()
    assert image.default_alt_text == "Een schoolplein"
    assert files_in(media_root) == before


def test_deleting_an_image_leaves_no_file(
    admin: Client, media_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_image(admin, "foto.jpg", files.camera_jpeg())
    assert len(files_in(media_root)) > 10
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(reverse("wagtailimages:delete", args=(PortalImage.objects.get().pk,))).status_code == 302
    assert files_in(media_root) == []


@pytest.mark.parametrize("name", HOSTILE_DOCUMENTS)
def test_hostile_documents_are_refused_beside_the_field(admin: Client, media_root: Path, name: str) -> None:
    data = {"title": "Blad", "collection": root_collection()}
    added = admin.post(reverse("wagtaildocs:add"), {**data, "file": upload(name, HOSTILE_DOCUMENTS[name])})
    assert added.status_code == 200
    assert added.context["form"].errors["file"]

    chooser = {f"document-chooser-upload-{key}": value for key, value in data.items()}
    chooser["document-chooser-upload-file"] = upload(name, HOSTILE_DOCUMENTS[name])
    chosen = admin.post(reverse("wagtaildocs_chooser:create"), chooser)
    assert chosen.json()["step"] == "reshow_creation_form"

    several = add_multiple(admin, name, HOSTILE_DOCUMENTS[name], "wagtaildocs")
    assert not several.json()["success"]
    assert nothing_stored(media_root)


def test_documents_are_stored_through_each_screen(admin: Client) -> None:
    data = {"title": "Blad", "collection": root_collection(), "file": upload("Blad Één.pdf", files.document("pdf"))}
    assert admin.post(reverse("wagtaildocs:add"), data).status_code == 302
    assert add_multiple(admin, "Tweede Blad.docx", files.document("docx"), "wagtaildocs").json()["success"]
    assert sorted(document.filename for document in PortalDocument.objects.all()) == ["blad-een.pdf", "tweede-blad.docx"]
    assert all(document.file_hash and document.file_size for document in PortalDocument.objects.all())


def test_a_document_that_waits_for_its_title_has_a_plain_name(admin: Client) -> None:
    data = {"title": "blad\u202e", "collection": root_collection(), "files[]": upload("Mijn Blad.pdf", files.document("pdf"))}
    answer = admin.post(reverse("wagtaildocs:add_multiple"), data).json()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert waiting.file.name == "wagtail_uploads/mijn-blad.pdf"
    finish = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=(waiting.pk,))
    prefix = f"uploaded-document-{waiting.pk}"
    fields = {f"{prefix}-title": "Blad", f"{prefix}-collection": root_collection(), f"{prefix}-tags": ""}
    assert admin.post(finish, fields).json()["success"]
    assert PortalDocument.objects.get().filename == "mijn-blad.pdf"


def test_code_stores_the_same_way(media_root: Path, tmp_path: Path) -> None:
    source = tmp_path / "Foto.jpg"
    source.write_bytes(files.camera_jpeg())
    image = store_image(source, title="Foto", alt="Een klas", credit="Anna")
    stored_clean(media_root)
    assert image.file.name == "original_images/foto.jpg"
    source.with_name("blad.pdf").write_bytes(files.document("pdf"))
    document = store_document(source.with_name("blad.pdf"), title="Blad")
    assert document.file_hash
    assert document.file_size == len(files.document("pdf"))


def test_no_door_stores_a_file_as_it_came_in(media_root: Path) -> None:
    """Code that forgets `store_image` still stores pixels alone, with the right size and digest."""
    PortalImage.objects.create(title="Foto", description="Een klas", file=upload("foto.jpg", files.camera_jpeg(orientation=1)))
    stored_clean(media_root)
