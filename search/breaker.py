"""Leaving alone what does not answer, so that visitors do not wait for it one after the other.

After FAILURES failures within WINDOW_SECONDS nobody asks for `rest` seconds. Then one tries; until that went well the others
still do not ask, and when it fails the rest begins anew. All processes share what they saw through Django's cache; when that is
away too, each process goes by what it saw itself.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import BaseCache, caches
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

FAILURES = 3
WINDOW_SECONDS = 30
REST_SECONDS = 30
# So long a failure counts as the next one in a row.
_SUSPECT_SECONDS = 600
# So long the one who tries is waited for.
_TRIAL_SECONDS = 3

T = TypeVar("T")
log = logging.getLogger(__name__)
_own = LocMemCache("breakers", {})


class Breaker:
    """Watches over one thing, by its name. `rest` in seconds."""

    def __init__(self, name: str, *, rest: int = REST_SECONDS) -> None:
        self.name = name
        self._rest = rest
        self._failures, self._open, self._suspect, self._trial = (
            f"breaker-{name}-{part}" for part in ("failures", "open", "suspect", "trial")
        )

    def allows(self) -> bool:
        """May it be asked now? When it failed before, only one may, who then says how it went."""
        found = _shared(lambda cache: cache.get_many([self._open, self._suspect]))
        if self._open in found:
            return False
        return self._suspect not in found or _shared(lambda cache: cache.add(self._trial, 1, _TRIAL_SECONDS))

    def is_open(self) -> bool:
        """Is it being left alone, or under suspicion? Changes nothing."""
        return bool(_shared(lambda cache: cache.get_many([self._open, self._suspect])))

    def failed(self) -> None:
        """It did not answer."""

        def count(cache: BaseCache) -> bool:
            if self._suspect in cache:
                return True
            cache.add(self._failures, 0, WINDOW_SECONDS)
            try:
                return cache.incr(self._failures) >= FAILURES
            except ValueError:
                # The window closed between the two lines.
                return False

        if _shared(count):
            log.error("%s is left alone for %s seconds", self.name, self._rest)
            _shared(lambda cache: cache.set(self._open, 1, self._rest))
            _shared(lambda cache: cache.set(self._suspect, 1, _SUSPECT_SECONDS))
            _shared(lambda cache: cache.delete(self._trial))

    def succeeded(self) -> None:
        """It answered."""
        if _shared(lambda cache: self._suspect in cache):
            log.warning("%s answers again", self.name)
            _shared(lambda cache: cache.delete_many([self._failures, self._open, self._suspect, self._trial]))


def _shared(use: Callable[[BaseCache], T]) -> T:
    try:
        return use(caches["default"])
    except (RedisError, OSError):
        return use(_own)
