"""Content files as they stand on disk: TOML, checked as far as a file can be checked by itself."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ContentFileError(ValueError):
    """A content file that cannot be loaded; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One page as a file. `parent` and `address` are paths on the site; `values` all other keys."""

    path: Path
    type: str
    parent: str
    slug: str
    values: dict[str, Any]
    digest: str

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return f"{self.parent}{self.slug}/" if self.slug else "/"


def read_folders(folders: Iterable[Path]) -> list[ContentFile]:
    """All content files below these folders, parents before children. Raises ContentFileError for the first that is wrong."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.toml")) if path.name != "images.toml"]
    files: dict[str, ContentFile] = {}
    for file in map(read_file, paths):
        if (twin := files.setdefault(file.address, file)) is not file:
            raise ContentFileError(f"{file.path.name}: {twin.path.name} has the address {file.address} too")
    return sorted(files.values(), key=lambda file: (file.address.count("/"), file.values.get("order", 0), file.address))


def read_file(path: Path) -> ContentFile:
    """One content file. Raises ContentFileError when it is no TOML or lacks its type, parent, slug or title."""
    raw = path.read_bytes()
    try:
        values = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentFileError(f"{path.name}: {error}") from error
    slug, parent = values.pop("slug", ""), values.pop("parent", "/")
    for key, value in {"type": values.get("type"), "title": values.get("title"), "slug": slug, "parent": parent}.items():
        if not isinstance(value, str):
            raise ContentFileError(f"{path.name}: {key} is missing or no text")
    if not isinstance(values.get("order", 0), int):
        raise ContentFileError(f"{path.name}: order is no number")
    if slug and not SLUG.fullmatch(slug):
        raise ContentFileError(f"{path.name}: the slug {slug!r} may hold lower-case letters, digits and hyphens")
    if not (parent.startswith("/") and parent.endswith("/")):
        raise ContentFileError(f"{path.name}: the parent {parent!r} must begin and end with a slash")
    digest = hashlib.sha256(raw).hexdigest()
    return ContentFile(path, values.pop("type"), parent, slug, values, digest)
