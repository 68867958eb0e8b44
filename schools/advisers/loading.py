"""Advisers from a TOML file, with portraits in the folder of the same name beside it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.media.models import PortalImage
from portal.media.storing import store_image
from portal.vocabulary.models import Concept
from portal.vocabulary.tags import concept_fields
from schools.models import Adviser

PLAIN = ("name", "role", "introduction", "telephone", "email", "reachable")


class AdviserFileError(Exception):
    """A file of advisers that cannot be read; the message says where and why."""


@transaction.atomic
def load_advisers(path: Path) -> int:
    """Make the advisers of a file that are not there yet, and return how many; who is there, changed by hand or not, stays.

    Raises AdviserFileError for a file that is wrong; then nothing is made.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["adviser"]
    known = set(Adviser.objects.values_list("slug", flat=True))
    new = [row for row in rows if row["slug"] not in known]
    for row in new:
        try:
            _make(row, path.with_suffix(""))
        except (ValidationError, KeyError, OSError) as error:
            raise AdviserFileError(f"{path.name}, {row.get('slug')}: {error}") from error
    return len(new)


def _make(row: Mapping[str, Any], folder: Path) -> None:
    adviser = Adviser(slug=row["slug"], is_shown=True, **{name: row[name].strip() for name in PLAIN if name in row})
    if "image" in row:
        adviser.image = _portrait(folder / row["image"], title=row["name"], alt=row["alt"])
    for field in concept_fields(Adviser):
        codes = row.get(field.name, ())
        concepts = list(Concept.objects.filter(scheme=field.scheme, code__in=codes))
        if len(concepts) < len(codes):
            raise KeyError(f"{field.name} {codes}")
        setattr(adviser, field.name, concepts)
    adviser.full_clean()
    adviser.save()


def _portrait(path: Path, *, title: str, alt: str) -> PortalImage:
    found = PortalImage.objects.filter(title=title).first()
    return found or store_image(path, title=title, alt=alt, credit="Duurzaam op school (getekend)")
