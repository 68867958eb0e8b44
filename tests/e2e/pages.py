"""One page of each type that a visitor can meet, of the demo."""

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]

LESSON = "/lessen/wat-zit-er-in-onze-prullenbak/"
PHONE, DESK = 320, 1280
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class PageType:
    """A kind of page: an address of the demo, the status it answers with."""

    name: str
    path: str
    status: int = 200


PAGE_TYPES = (
    PageType("home", "/"),
    PageType("section", "/kennis/"),
    PageType("section of domains", "/whole-school-approach/"),
    PageType("domain", "/whole-school-approach/curriculum/"),
    PageType("knowledge", "/kennis/afval-op-school/"),
    PageType("answer", "/vragen/moet-de-school-afval-scheiden/"),
    PageType("example", "/voorbeelden/van-elf-zakken-naar-vier/"),
    PageType("practical help", "/hulp/subsidie-groen-schoolplein/"),
    PageType("organisation", "/organisaties/natuurhuis-de-zwaluw/"),
    PageType("news", "/nieuws/het-plantseizoen-begint/"),
    PageType("standard", "/toegankelijkheid/"),
    PageType("lesson", LESSON),
    PageType("lesson index", "/lessen/"),
    PageType("schools", "/scholen/"),
    PageType("schools found", "/scholen/?q=de&provincie=groningen"),
    PageType("no school found", "/scholen/?q=xyzzyqw"),
    PageType("school", "/scholen/97eg00/"),
    PageType("board of schools", "/besturen/90101/"),
    PageType("advisers", "/makelaars/"),
    PageType("adviser", "/makelaars/noor-hollander/"),
    PageType("finder", "/zoeken/"),
    PageType("results", "/zoeken/?q=afval+groep+6"),
    PageType("filtered results", "/zoeken/?q=afval&sector=po&subject=milieu&subject=rekenen-en-wiskunde"),
    PageType("no result", "/zoeken/?q=xyzzyqw&sector=po"),
    PageType("another spelling", "/zoeken/?q=schooltiun"),
    PageType("unknown filter", "/zoeken/?sector=maan"),
    PageType("not found", "/bestaat-niet/", 404),
    PageType("unreadable", "/zoeken/?q=%00", 400),
    PageType("our fault", "/kapot/", 500),
)
