"""The demo content as tagged documents, read from its files without a database."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from search.documents import SearchDocument
from tests.relevance.harness import TaggedDocument

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "lessons" / "demo", ROOT / "portal" / "content" / "demo")
VOCABULARY = ROOT / "portal" / "vocabulary" / "data"
# Codes, addresses, names of files, names of people: not text about the subject.
_NOT_TEXT = frozenset(
    {"type", "parent", "slug", "summary", "image", "domain", "document", "url", "website", "email", "telephone", "target", "kind"}
    | {"concept", "audience", "phase", "contact_name", "maker", "help_kind"}
    | {"sectors", "grades", "subjects", "wsa", "sdg47", "sdgs", "topics", "greencomp", "materials_kinds", "languages", "licence"}
    | {"places", "provinces", "relations"}
)
# Tags whose names are words a teacher types ("groep 6 biologie"), and so belong to the text.
_SPOKEN = {"sectors": "sector", "grades": "grade", "subjects": "subject"}


def topic_groups() -> list[tuple[str, ...]]:
    """The names of each topic, and how people misspell them: synonyms for the planner."""
    return [(*_names(concept), *concept.get("hidden_labels", ())) for concept in _concepts("topic")]


def tagged_documents() -> list[TaggedDocument]:
    """One document for each page that has topics."""
    pages = _pages()
    links = _links(pages)
    return [_tagged(address, page, "\n".join(links.get(address, ()))) for address, page in pages.items() if page.get("topics")]


def _pages() -> dict[str, dict[str, Any]]:
    """Address → page, of all files."""
    files = sorted(file for folder in FOLDERS for file in folder.rglob("*.toml"))
    pages = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return {f"{page['parent']}{page['slug']}/": page for page in pages if "slug" in page}


def _links(pages: Mapping[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Address → titles of the pages that it is related to, either way, and the notes with these relations."""
    found: dict[str, list[str]] = {}
    for address, page in pages.items():
        for relation in page.get("relations", ()):
            target = relation["target"]
            if target in pages:
                found.setdefault(address, []).extend([pages[target]["title"], relation.get("note", "")])
                found.setdefault(target, []).extend([page["title"], relation.get("note", "")])
    return found


def _tagged(address: str, page: dict[str, Any], links: str) -> TaggedDocument:
    names = {concept["code"]: _names(concept) for concept in _concepts("topic")}
    texts = [text for field, value in page.items() if field not in _NOT_TEXT | {"title"} for text in _texts(value)]
    texts += [_labels(scheme)[code] for field, scheme in _SPOKEN.items() for code in page.get(field, ())]
    document = SearchDocument(
        key=address,
        revision=1,
        kind=page["type"],
        title=page["title"],
        intro=page.get("summary", ""),
        body="\n".join(texts),
        links=links,
        labels=", ".join(name for topic in page["topics"] for name in names.get(topic, ())),
        facets={"sector": tuple(page.get("sectors", ())), "topic": tuple(page["topics"])},
        minutes=page.get("minutes"),
    )
    return TaggedDocument(document, frozenset(page["topics"]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for field, item in value.items():
            if field not in _NOT_TEXT:
                yield from _texts(item)


@cache
def _concepts(scheme: str) -> list[dict[str, Any]]:
    concepts: list[dict[str, Any]] = json.loads((VOCABULARY / f"{scheme}.json").read_text(encoding="utf-8"))
    return concepts


@cache
def _labels(scheme: str) -> dict[str, str]:
    return {concept["code"]: concept["label_nl"] for concept in _concepts(scheme)}


def _names(concept: dict[str, Any]) -> tuple[str, ...]:
    return concept["label_nl"], *concept.get("alt_labels", ())
