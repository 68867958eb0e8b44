"""What a portal on several processes shares through Redis: its cache, and the broker that hands tasks to the worker."""

from dataclasses import replace

import pytest
from django.core.cache import caches
from pytest_django import Settings

from portal.settings.env import load
from portal.settings.machine import machine_settings
from search.tasks import sweep
from tests.services import requires_url
from tests.worker import broker, waiting


@pytest.fixture
def redis_url() -> str:
    return requires_url("REDIS_URL_TEST")


def test_the_cache_is_shared(redis_url: str, settings: Settings) -> None:
    settings.CACHES = machine_settings(replace(load(production=False), redis_url=redis_url))["CACHES"]
    caches["default"].set("who", "everybody", timeout=5)
    # A connection of its own, as another process has it.
    del caches["default"]
    assert caches["default"].get("who") == "everybody"
    caches["default"].delete("who")


def test_a_task_reaches_the_worker_once(redis_url: str) -> None:
    with broker(redis_url):
        waiting()
        sweep.delay()
        assert [name for name, _ in waiting()] == ["search.tasks.sweep"]
        assert waiting() == []
