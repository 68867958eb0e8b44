"""The indices of Elasticsearch: versioned names, an alias for pages and one for words, and what changes both in one step."""

import secrets
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable
from search.engines.elastic_documents import FORMAT, page_mapping, word_mapping
from search.engines.elastic_vocabulary import PAGES, WORDS

_CHUNK_BYTES = 4_000_000
# The name of indices that a first write makes: the same for all who try at once.
_FIRST = "first"
# So long it is taken for granted that the index stands as it stood.
_TRUSTED_SECONDS = 10.0
_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
# A change is visible within this time.
_REFRESH = "200ms"
_OLD_AFTER_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a pair of indices, or of their aliases."""

    pages: str
    words: str

    def of(self, kind: str) -> str:
        """The name for PAGES or WORDS."""
        return self.words if kind == WORDS else self.pages


class ElasticIndex:
    """The live pair of indices of one environment, and its replacement."""

    def __init__(self, client: Elasticsearch, prefix: str, facets: Callable[[], Collection[str]]) -> None:
        self._client = client
        self._prefix = prefix
        self._facets = facets
        self._trusted: tuple[float, Names] | None = None
        self.aliases = Names(f"{prefix}-{PAGES}", f"{prefix}-{WORDS}")

    def facets(self) -> tuple[str, ...]:
        """The facets that the index holds, in order."""
        return tuple(sorted({*self._facets(), "kind"}))

    def live(self, client: Elasticsearch | None = None) -> Names | None:
        """The live indices, None when there are none. Raises EngineUnavailable when other code made them."""
        trusted = self._trusted
        if trusted and time.monotonic() < trusted[0]:
            return trusted[1]
        try:
            found = (client or self._client).indices.get_mapping(index=f"{self.aliases.pages},{self.aliases.words}").body
        except NotFoundError:
            return None
        pages = next(name for name in found if name.startswith(f"{self.aliases.pages}-"))
        words = next(name for name in found if name.startswith(f"{self.aliases.words}-"))
        meta = found[pages]["mappings"].get("_meta")
        if meta != {"format": FORMAT, "facets": list(self.facets())}:
            raise EngineUnavailable(f"{pages} was made by another version of this code: rebuild the index")
        names = Names(pages, words)
        self._trusted = (time.monotonic() + _TRUSTED_SECONDS, names)
        return names

    def forget(self) -> None:
        """Look again before the next use."""
        self._trusted = None

    def first(self) -> Names:
        """Make the first indices, unless someone else just did; they are live at once."""
        names = self._named(_FIRST)
        for kind in (WORDS, PAGES):
            try:
                self._create(names, kind, refresh=_REFRESH, aliases={self.aliases.of(kind): {}})
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
        self.forget()
        return self.live() or names

    def new(self) -> Names:
        """Make a pair of empty indices beside the live ones; not searched, and not refreshed while they are filled."""
        names = self._named(f"{int(time.time())}-{secrets.token_hex(4)}")
        for kind in (WORDS, PAGES):
            self._create(names, kind, refresh="-1")
        return names

    def publish(self, names: Names) -> None:
        """Make this pair the live one, in one step; old pairs that nobody searches any more go."""
        indices = self._client.indices
        before = self._aliased()
        both = f"{names.pages},{names.words}"
        indices.put_settings(index=both, settings={"index": {"refresh_interval": _REFRESH}})
        indices.refresh(index=both)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": f"{self.aliases.of(kind)}-*", "alias": self.aliases.of(kind), "must_exist": False}}
            for kind in (PAGES, WORDS)
        ]
        actions += [{"add": {"index": names.of(kind), "alias": self.aliases.of(kind)}} for kind in (PAGES, WORDS)]
        indices.update_aliases(actions=actions)
        self.forget()
        self._drop_old(keep={*before, names.pages, names.words})

    def drop(self, names: Names) -> None:
        """Delete a pair, by name."""
        self._client.indices.delete(index=f"{names.pages},{names.words}", ignore_unavailable=True)

    def drop_all(self) -> None:
        """Delete everything of this environment (for tests and for leaving)."""
        for name in self._existing():
            self._client.indices.delete(index=name, ignore_unavailable=True)
        self.forget()

    def write(self, lines: Iterable[str], *, refresh: bool, alias: bool) -> int:
        """Send lines (`Bulk` makes them); returns how many pages were written. `refresh` waits until they can be found. What is
        newer already stays. Raises EngineUnavailable when the server is too busy, ValueError for a document that it refuses."""
        written, chunk, size = 0, list[str](), 0
        pairs = iter(lines)
        for action in pairs:
            chunk += (action, next(pairs))
            size += len(chunk[-1])
            if size > _CHUNK_BYTES:
                written += self._send(chunk, refresh=False, alias=alias)
                chunk, size = [], 0
        return written + (self._send(chunk, refresh=refresh, alias=alias) if chunk else 0)

    def _send(self, chunk: list[str], *, refresh: bool, alias: bool) -> int:
        answer = self._client.bulk(operations=cast(Any, chunk), refresh="wait_for" if refresh else False, require_alias=alias)
        written = 0
        for item in answer["items"]:
            (action, result), *_ = item.items()
            if result["status"] in (429, 502, 503, 504):
                raise EngineUnavailable(f"{result['_index']} is too busy: {result['error']['reason']}")
            if result["status"] >= 400 and result["status"] != 409:
                raise ValueError(f"{result['_index']} refuses {result['_id']}: {result['error']}")
            written += action == "index" and result["status"] != 409
        return written

    def _create(self, names: Names, kind: str, *, refresh: str, aliases: dict[str, Any] | None = None) -> None:
        mapping = page_mapping(self.facets()) if kind == PAGES else word_mapping()
        settings = {**_SETTINGS, "refresh_interval": refresh}
        self._client.indices.create(index=names.of(kind), mappings=mapping, settings=settings, aliases=aliases or {})

    def _named(self, stamp: str) -> Names:
        return Names(f"{self.aliases.pages}-{stamp}", f"{self.aliases.words}-{stamp}")

    def _aliased(self) -> set[str]:
        try:
            return set(self._client.indices.get_alias(name=f"{self.aliases.pages},{self.aliases.words}"))
        except NotFoundError:
            return set()

    def _existing(self) -> dict[str, float]:
        """All indices of this environment, with the time (seconds since 1970) at which they were made."""
        pattern = f"{self.aliases.pages}-*,{self.aliases.words}-*"
        found = self._client.indices.get(index=pattern, features="settings").body
        return {name: int(index["settings"]["index"]["creation_date"]) / 1000 for name, index in found.items()}

    def _drop_old(self, keep: Collection[str]) -> None:
        """Searches in flight keep the pair that was just replaced, rebuilds beside this one what is younger than an hour. By
        name: a server refuses to delete by a pattern."""
        for name, made in self._existing().items():
            if name not in keep and time.time() - made > _OLD_AFTER_SECONDS:
                self._client.indices.delete(index=name, ignore_unavailable=True)
