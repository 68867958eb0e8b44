"""Images and documents that content files name: each file is stored once, under its own name."""

import tomllib
from pathlib import Path
from typing import Any

from portal.content.loading.reading import ContentFileError
from portal.media.models import PortalDocument, PortalImage
from portal.media.storing import store_document, store_image


class MediaFolders:
    """Finds pictures and documents of the folders that are being loaded, and stores them when first asked for."""

    def __init__(self, folders: list[Path]) -> None:
        self.images = {
            path.name: path for folder in folders for path in sorted((folder / "images").glob("*.*")) if path.suffix != ".toml"
        }
        self.documents = {path.name: path for folder in folders for path in sorted((folder / "documents").glob("*.*"))}
        self.about: dict[str, dict[str, Any]] = {}
        for folder in folders:
            table = folder / "images" / "images.toml"
            if table.exists():
                self.about.update(tomllib.loads(table.read_text(encoding="utf-8")))

    def image(self, name: str) -> PortalImage:
        """The stored image of this file name. Raises ContentFileError when there is no such file or no alternative text."""
        if name not in self.images:
            raise ContentFileError(f"there is no image {name!r}")
        about = self.about.get(name)
        if not about or not (about.get("alt") or about.get("decorative")):
            raise ContentFileError(f"image {name!r} has no alternative text in images.toml")
        title = about.get("title", name)
        found = PortalImage.objects.filter(title=title).first()
        return found or store_image(
            self.images[name],
            title=title,
            alt=about.get("alt", ""),
            decorative=about.get("decorative", False),
            credit=about.get("credit", ""),
        )

    def document(self, name: str, title: str) -> PortalDocument:
        """The stored document of this file name. Raises ContentFileError when there is no such file."""
        if name not in self.documents:
            raise ContentFileError(f"there is no document {name!r}")
        return PortalDocument.objects.filter(title=title).first() or store_document(self.documents[name], title=title)
