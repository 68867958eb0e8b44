"""The container files are in order, as far as linters can tell; nobody runs them here."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

BIN = Path(sys.executable).parent
RULES = "{extends: default, rules: {line-length: {max: 130}, document-start: disable, truthy: disable, comments: disable}}"


@pytest.mark.parametrize("command", [["hadolint", "Dockerfile"], ["yamllint", "--strict", "-d", RULES, "compose.yaml"]])
def test_linters_have_nothing_to_say(command: list[str]) -> None:
    result = subprocess.run([BIN / command[0], *command[1:]], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_every_service_depends_on_services_that_are_there() -> None:
    compose = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert {"web", "worker", "beat", "database", "redis", "elasticsearch"} <= services.keys()
    for service in services.values():
        assert service.get("depends_on", {}).keys() <= services.keys()
        assert {volume.split(":")[0] for volume in service.get("volumes", ())} <= compose["volumes"].keys()


def test_every_folder_that_the_image_copies_is_there() -> None:
    lines = (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert [name for name in copied if not (settings.BASE_DIR / name).exists()] == []
