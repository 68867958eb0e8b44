"""The memories of a web process, so that one test can be several processes in turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache.backends.locmem import LocMemCache

from portal.content import serving, snapshot
from portal.vocabulary import lookup


class WebProcess:
    """What one web process remembers: kept documents, the snapshot of the site, the vocabulary."""

    def __init__(self, name: str) -> None:
        self.documents = LocMemCache(f"test-documents-{name}", {})
        self.documents.clear()
        self.snapshots: dict[int, snapshot.Snapshot] = {}
        self.hosts: Any = (-1, {}, 0)
        self.words: Any = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests with these memories."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(serving, "caches", {"documents": self.documents})
            patch.setattr(snapshot, "_kept", self.snapshots)
            patch.setattr(snapshot, "_hosts", self.hosts)
            patch.setattr(lookup, "_kept", self.words)
            yield
            self.hosts, self.words = snapshot._hosts, lookup._kept
