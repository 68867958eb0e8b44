"""The settings of a public site: nothing is filled in for it, and Django finds nothing to object to."""

import os
import subprocess
import sys

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "a-key-that-only-serves-to-check-the-settings-0123456789",
    "ALLOWED_HOSTS": "portal.example",
    "BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "REDIS_URL": "redis://localhost",
    "EMAIL_URL": "smtp://localhost",
    "MAIL_FROM": "Duurzaam op school <post@portal.example>",
}


def python(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bare = {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}
    environment = {**bare, "DJANGO_SETTINGS_MODULE": "portal.settings.production", **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", NEEDED)
def test_a_public_site_does_not_start_without(missing: str) -> None:
    environment = {name: value for name, value in NEEDED.items() if name != missing}
    result = python("-c", "import portal.settings.production", environment=environment)
    assert result.returncode != 0
    assert missing in result.stderr


def test_with_everything_said_django_has_no_objection(tmp_path: object) -> None:
    result = python(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", environment={**NEEDED, "PORTAL_VAR_DIR": str(tmp_path)}
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_a_public_site_whose_mail_would_stay_at_home_is_told(tmp_path: object) -> None:
    environment = {**NEEDED, "EMAIL_URL": "console://", "PORTAL_VAR_DIR": str(tmp_path)}
    assert "outbox.W001" in python("manage.py", "check", "--deploy", environment=environment).stderr


def test_a_mail_server_of_an_unknown_kind_stops_the_start() -> None:
    result = python("-c", "import portal.settings.production", environment={**NEEDED, "EMAIL_URL": "smpt://localhost"})
    assert "EMAIL_URL" in result.stderr.splitlines()[-1]


def test_a_port_that_is_no_number_is_named() -> None:
    result = python("-c", "import portal.settings.dev", environment={"PORT": "http"})
    assert "PORT" in result.stderr.splitlines()[-1]


def test_a_public_site_lets_nobody_in_without_a_second_factor() -> None:
    asked = "from django.conf import settings as s; print(hasattr(s, 'STAFF_WITHOUT_SECOND_FACTOR'), s.DEMO)"
    assert python("-c", asked, environment=NEEDED).stdout.split() == ["False", "False"]
    on_a_laptop = python("-c", asked, environment={"DJANGO_SETTINGS_MODULE": "portal.settings.dev"})
    assert on_a_laptop.stdout.split() == ["True", "True"], "control: the switch exists somewhere"


def test_organisations_to_sign_in_by_come_from_the_environment() -> None:
    shown = "s.SOCIALACCOUNT_PROVIDERS, s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    asked = f"from django.conf import settings as s; print({shown})"
    assert python("-c", asked, environment=NEEDED).stdout.strip() == "{} [\"'self'\"]"
    entree = {"NAME": "Entree", "URL": "https://entree.example/", "CLIENT_ID": "portal", "CLIENT_SECRET": "geheim"}
    environment = {**NEEDED, "OIDC_PROVIDERS": "entree", **{f"OIDC_ENTREE_{name}": value for name, value in entree.items()}}
    said = python("-c", asked, environment=environment).stdout
    assert "'server_url': 'https://entree.example'" in said
    assert "https://entree.example" in said.rpartition("[")[2]
    vouchers = "from django.conf import settings as s; print(s.OPENID_VOUCHERS)"
    assert python("-c", vouchers, environment=NEEDED).stdout.strip() == "[]"
    assert python("-c", vouchers, environment=environment).stdout.strip() == "[]"
    assert python("-c", vouchers, environment={**environment, "OIDC_ENTREE_VOUCHES": "true"}).stdout.strip() == "['entree']"
    del environment["OIDC_ENTREE_CLIENT_SECRET"]
    assert "OIDC_ENTREE_CLIENT_SECRET" in python("-c", asked, environment=environment).stderr


def test_a_site_that_gets_another_key_remembers_the_old_ones() -> None:
    asked = "from django.conf import settings as s; print(s.SECRET_KEY_FALLBACKS)"
    assert python("-c", asked, environment=NEEDED).stdout.strip() == "[]"
    said = python("-c", asked, environment={**NEEDED, "SECRET_KEY_FALLBACKS": "an-older-key,the-oldest"}).stdout
    assert said.strip() == "['an-older-key', 'the-oldest']"


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_what_beat_asks_for_is_not_done_days_later(name: str) -> None:
    """A worker that comes back finds one sweep of each kind to do, or a few, and new work behind them."""
    entry = current_app.conf.beat_schedule[name]
    expires = entry["options"]["expires"]
    schedule = entry["schedule"]
    period = 24 * 3600 if isinstance(schedule, crontab) else schedule
    assert period <= expires <= max(period, 300)
