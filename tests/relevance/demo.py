"""The demo content as tagged documents, read from its files without a database."""

import json
import tomllib
from collections.abc import Iterator
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
    | {"places", "provinces"}
)
# Tags whose names are words a teacher types ("groep 6 biologie"), and so belong to the text.
_SPOKEN = {"sectors": "sector", "grades": "grade", "subjects": "subject"}


def topic_groups() -> list[tuple[str, ...]]:
    """The names of each topic: synonyms for the planner."""
    return [_names(concept) for concept in _concepts("topic")]


def tagged_documents() -> list[TaggedDocument]:
    """One document for each file that has topics."""
    names = {concept["code"]: _names(concept) for concept in _concepts("topic")}
    files = sorted(file for folder in FOLDERS for file in folder.rglob("*.toml"))
    pages = [(file, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return [
        _tagged(f"{page.get('parent', '')}{page.get('slug', file.stem)}", page, names)
        for file, page in pages
        if page.get("topics")
    ]


def _tagged(key: str, page: dict[str, Any], names: dict[str, tuple[str, ...]]) -> TaggedDocument:
    texts = [text for field, value in page.items() if field not in _NOT_TEXT | {"title"} for text in _texts(value)]
    texts += [_labels(scheme)[code] for field, scheme in _SPOKEN.items() for code in page.get(field, ())]
    labels = ", ".join(name for topic in page["topics"] for name in names.get(topic, ()))
    document = SearchDocument(
        key=key,
        revision=1,
        kind=page["type"],
        title=page["title"],
        intro=page.get("summary", ""),
        body="\n".join(texts),
        labels=labels,
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
    return concept["label_nl"], *concept.get("alt_labels", ()), *concept.get("hidden_labels", ())
