"""A short round of what `make soak` does for longer."""

import os
import subprocess
import sys

from django.conf import settings

from tests.services import requires_url

_NOT_OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "REDIS_URL", "BROKER_URL")


def test_nothing_is_lost_when_indexes_are_rebuilt_and_processes_killed_under_load() -> None:
    requires_url("ELASTICSEARCH_SERVER_TEST")
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    command = [sys.executable, "-m", "tests.faults.trials", "rebuilds", "kills", "5"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["rebuilds", "kills"]
