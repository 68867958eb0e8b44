"""Cells of the register in the form in which the portal keeps them. What cannot be right is refused with a message."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from portal.media.names import clean_name

# What a spreadsheet would calculate. A name may begin with @ or -, so that alone is not enough.
FORMULA = re.compile(r"[=＝]|[+\-@＋－＠]\S*[(!|=]")
POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Z]{2})")
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()\-]{5,24}")
SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):(?!\d)", re.IGNORECASE)
# Words that stay small inside a name, and those that stay as they are.
SMALL = frozenset(re.findall(r"\S+", "aan bij de den der die en 's 't het in of op over onder te ten ter tot uit van voor a/d"))
SHORT = frozenset(
    re.findall(r"\S+", "obs cbs rkbs kbs pcbs pcb rk pc ibs abbs gbs dbs sbo so vso sg csg rsg osg scg ckc ikc mfa roc aoc bs pi")
)
VOWELS = frozenset("aeiouy")


class CellError(Exception):
    """This cell cannot be right; the message says why."""


def text(value: str, *, longest: int) -> str:
    """One line of text that is no formula. Raises CellError."""
    line = _line(value, longest=longest)
    if FORMULA.match(line):
        raise CellError(_("This is a formula."))
    return line


def _line(value: str, *, longest: int) -> str:
    """Composed letters, single spaces."""
    if len(value) > 4 * longest:
        raise CellError(_("This text is longer than %(number)s characters.") % {"number": longest})
    try:
        line = " ".join(clean_name(value).split())
    except ValidationError as error:
        raise CellError(_("This text holds invisible control characters.")) from error
    if len(line) > longest:
        raise CellError(_("This text is longer than %(number)s characters.") % {"number": longest})
    return line


def name(value: str, *, longest: int) -> str:
    """The name of a school or board; one in capitals alone gets those it needs, known short forms excepted."""
    line = text(value, longest=longest).replace("’", "'")
    return line if len(line) < 4 else _calm(line, short=SHORT)


def place(value: str, *, longest: int) -> str:
    """The name of a place or street; one in capitals alone gets those it needs: 'S-GRAVENHAGE becomes 's-Gravenhage."""
    return _calm(text(value, longest=longest).replace("’", "'"), short=frozenset())


def postcode(value: str) -> str:
    """Four digits, a space, two capitals, or nothing. Raises CellError."""
    line = text(value, longest=20).upper()
    match = POSTCODE.fullmatch(line)
    if line and match is None:
        raise CellError(_("“%(value)s” is no postcode such as 1234 AB.") % {"value": line})
    return f"{match[1]} {match[2]}" if match else ""


def digits(value: str, *, length: int) -> str:
    """A number that is kept as text, with the noughts before it that spreadsheets drop; or nothing. Raises CellError."""
    line = text(value, longest=20)
    if line and not (line.isascii() and line.isdigit() and len(line) <= length):
        raise CellError(_("“%(value)s” is no number of %(length)s digits.") % {"value": line, "length": length})
    return line.zfill(length) if line else ""


def telephone(value: str) -> str:
    """A telephone number as it is written, or nothing. Raises CellError."""
    line = _line(value, longest=30)
    if line and not TELEPHONE.fullmatch(line):
        raise CellError(_("“%(value)s” is no telephone number.") % {"value": line})
    return line


def website(value: str) -> str:
    """An address on the web, with https:// before it where no scheme stands; or nothing. Raises CellError."""
    line = text(value, longest=240)
    if not line:
        return ""
    address = line if SCHEME.match(line) else f"https://{line.removeprefix('//')}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise CellError(_("“%(value)s” is no address on the web.") % {"value": line[:60]}) from error
    scheme, rest = address.split("://", 1)
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash if path else ''}{path}"


def coordinate(value: str, *, low: float, high: float) -> float | None:
    """Degrees between `low` and `high`, with a point or a comma; or nothing. Raises CellError."""
    line = text(value, longest=30).replace(",", ".")
    if not line:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", line) or not low <= float(line) <= high:
        raise CellError(_("“%(value)s” does not lie in the Netherlands.") % {"value": line})
    return round(float(line), 6)


def _calm(line: str, *, short: frozenset[str]) -> str:
    if not line.isupper():
        return line
    words = line.lower().split(" ")
    # A name begins with its first word, or after the short form before it: OBS De Vlieger.
    begins = [place == 0 or words[place - 1] in short for place in range(len(words))]
    return " ".join(_capitalised(word, first=first, short=short) for word, first in zip(words, begins, strict=True))


def _capitalised(word: str, *, first: bool, short: frozenset[str]) -> str:
    if not first and word in SMALL:
        return word
    bare = word.strip("(),.")
    bracketed = bare != word and len(bare) < 4
    if bracketed or bare in short or (bare.isalpha() and not VOWELS & set(unicodedata.normalize("NFKD", bare))):
        return word.upper()
    parts = word.split("-")
    return "-".join(_capital(part) if place == 0 or part not in SMALL else part for place, part in enumerate(parts))


def _capital(part: str) -> str:
    if part in ("'s", "'t"):
        return part
    if part.startswith("ij"):
        return "IJ" + part[2:]
    start = next((place for place, character in enumerate(part) if character.isalpha()), 0)
    return part[:start] + part[start : start + 1].upper() + part[start + 1 :]
