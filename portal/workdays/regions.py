"""Which holiday region a school is in: by province, by municipality where that is split, by place where that is split again."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.workdays.enums import HolidayRegion

DATA = Path(__file__).with_name("regions.toml")


@dataclass(frozen=True, slots=True)
class _Regions:
    """The division of the country; `places` by number of the municipality and name in lower case."""

    provinces: dict[str, HolidayRegion]
    municipalities: dict[str, HolidayRegion]
    places: dict[tuple[str, str], HolidayRegion]


def region_of(province: str, municipality: str, place: str = "") -> HolidayRegion | None:
    """The region for the code of a province (of the vocabulary), the four digits of a municipality and the name of a place in it;
    None where unknown."""
    regions = _regions()
    return (
        regions.places.get((municipality, place.strip().casefold()))
        or regions.municipalities.get(municipality)
        or regions.provinces.get(province)
    )


@lru_cache(maxsize=1)
def _regions() -> _Regions:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return _Regions(
        provinces={code: HolidayRegion(name) for name, codes in data["provinces"].items() for code in codes},
        municipalities={code: HolidayRegion(name) for name, codes in data["municipalities"].items() for code in codes},
        places={
            (code, place.casefold()): HolidayRegion(name)
            for code, regions in data["places"].items()
            for name, places in regions.items()
            for place in places
        },
    )
