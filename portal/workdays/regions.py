"""Which holiday region a place belongs to: by province, and by municipality where a province is split."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.workdays.enums import HolidayRegion

DATA = Path(__file__).with_name("regions.toml")


def region_of(province: str, municipality: str) -> HolidayRegion | None:
    """The region for the code of a province (of the vocabulary) and the four digits of a municipality; None where unknown."""
    table = _table()
    name = table["municipalities"].get(municipality) or table["provinces"].get(province)
    return HolidayRegion(name) if name else None


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    exceptions = {code: region for region, codes in data["municipalities"].items() for code in codes}
    provinces = {province: region for region, found in data["provinces"].items() for province in found}
    return {"municipalities": exceptions, "provinces": provinces}
