"""Which column holds what: the names DUO gives in the dialects of its files, and which kind of file a header belongs to."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.register.reading import RegisterFileError


class Kind(models.TextChoices):
    """The kinds of files. A file speaks for the schools of its own kind alone."""

    BOARDS = "besturen", gettext_lazy("boards")
    PRIMARY = "po", gettext_lazy("primary education")
    SPECIAL = "so", gettext_lazy("special education")
    SECONDARY = "vo", gettext_lazy("secondary education")
    VOCATIONAL = "mbo", gettext_lazy("vocational education")


# Which sectors of the vocabulary belong to which kind; a school may have several of each.
SECTORS: dict[Kind, frozenset[str]] = {
    Kind.PRIMARY: frozenset({"po", "sbo"}),
    Kind.SPECIAL: frozenset({"go", "so", "vso"}),
    Kind.SECONDARY: frozenset({"vo", "pro", "vmbo", "havo", "vwo"}),
    Kind.VOCATIONAL: frozenset({"mbo"}),
}
KIND_OF_SECTOR = {sector: kind for kind, sectors in SECTORS.items() for sector in sectors}

# What a row gives → the names of its column, folded. The first name that the header has counts.
# The last four stand in no file of boards or schools that we saw; they are for lists that were put together elsewhere.
ALIASES: dict[str, tuple[str, ...]] = {
    "board_number": ("bevoegdgezagnummer", "bevoegdgezagcode", "bestuursnummer"),
    "board_name": ("bevoegdgezagnaam", "bestuursnaam"),
    "institution": ("instellingscode", "brinnummer", "brin"),
    "location": ("vestigingscode", "vestigingsnummer", "brinvestiging"),
    "name": ("vestigingsnaam", "instellingsnaam", "schoolnaam"),
    "province": ("provincie",),
    "street": ("straatnaam",),
    "house_number": ("huisnummertoevoeging", "huisnummer"),
    "postcode": ("postcode",),
    "place": ("plaatsnaam", "plaats"),
    "municipality_code": ("gemeentenummer", "gemeentecode"),
    "municipality": ("gemeentenaam", "gemeente"),
    "denomination": ("denominatie",),
    "telephone": ("telefoonnummer",),
    "website": ("internetadres", "website"),
    "kvk_number": ("kvknummer",),
    "structure": ("onderwijsstructuur",),
    "sort": ("soortpo", "soortprimaironderwijs", "soortonderwijs"),
    "vocational": ("mboinstellingssoortnaam", "mboinstellingssoortcode", "mboinstellingssoort"),
    "higher": ("soortho",),
    "partnership": ("samenwerkingsverband", "swv", "samenwerkingsverbandcode"),
    "latitude": ("breedtegraad", "latitude"),
    "longitude": ("lengtegraad", "longitude"),
}
FILE_NAME = re.compile(r"(?:^|[^a-z]|vestigingen|instellingen|scholen)(sbo|mbo|vso|so|bo|vo|po|ho)(?![a-z])")
KIND_BY_NAME = {
    **dict.fromkeys(("bo", "sbo", "po"), Kind.PRIMARY),
    **dict.fromkeys(("so", "vso"), Kind.SPECIAL),
    "vo": Kind.SECONDARY,
    "mbo": Kind.VOCATIONAL,
}


def columns(header: Sequence[str]) -> dict[str, int]:
    """What each known column holds → where it stands. Raises RegisterFileError when one name stands there twice."""
    folded = [_fold(cell) for cell in header]
    found: dict[str, int] = {}
    for field, names in ALIASES.items():
        name = next((name for name in names if name in folded), None)
        if name is None:
            continue
        if folded.count(name) > 1:
            raise RegisterFileError(_("The column %(name)s stands in this file twice.") % {"name": header[folded.index(name)]})
        found[field] = folded.index(name)
    return found


def kind_of(found: Mapping[str, int], file_name: str, told: Kind | None = None) -> Kind:
    """The kind of a file, from its columns, and from its name where primary and special education have the same columns; where
    neither says it, what was `told`.

    Raises RegisterFileError for higher education, for a table of something else, and where it would be a guess.
    """
    if "higher" in found:
        raise RegisterFileError(
            _("This file is about higher education. This site is for po, so, vo and mbo: nothing was imported.")
        )
    if "board_number" not in found:
        raise _wrong_columns("BEVOEGD GEZAG NUMMER")
    if "institution" not in found and "location" not in found:
        if "board_name" not in found:
            raise _wrong_columns("VESTIGINGSCODE / INSTELLINGSCODE / BEVOEGD GEZAG NAAM")
        return Kind.BOARDS
    if "name" not in found:
        raise _wrong_columns("VESTIGINGSNAAM / INSTELLINGSNAAM")
    if "structure" in found:
        return Kind.SECONDARY
    if "vocational" in found:
        return Kind.VOCATIONAL
    if "sort" in found:
        return Kind.PRIMARY
    match = FILE_NAME.search(file_name.lower().removesuffix(".csv"))
    kind = (KIND_BY_NAME.get(match[1]) if match else None) or told
    # A file of boards shows it by its columns, so that this is none.
    if kind is None or kind == Kind.BOARDS:
        raise RegisterFileError(_("Neither columns nor name say which schools this file is about. Name it with --kind."))
    return kind


def _wrong_columns(missing: str) -> RegisterFileError:
    return RegisterFileError(_("This is no file of the register: it lacks the column %(missing)s.") % {"missing": missing})


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in letters if character.isalnum())
