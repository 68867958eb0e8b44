"""The demo: what `load_demo` brings, that it changes nothing the second time, and that a public site refuses it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page, Site

from portal.accounts.models import User
from portal.content.loading.demo import demo_accounts
from portal.content.models import SiteSettings

HOME = 'type = "content.HomePage"\nparent = "/"\nslug = ""\ntitle = "Duurzaam op school"\nsummary = "Lessen en hulp."\n'
ABOUT = 'type = "content.StandardPage"\nparent = "/"\nslug = "over-ons"\ntitle = "Over ons"\nsummary = "Wie we zijn."\n'


@pytest.fixture
def demo(settings: Settings, tmp_path: Path, db: None) -> Path:
    """Settings that allow the demo, with two pages as its content."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "home.toml").write_text(HOME)
    (tmp_path / "demo" / "about.toml").write_text(ABOUT)
    settings.DEMO = True
    settings.DEMO_CONTENT = [tmp_path / "demo"]
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8123"
    return tmp_path / "demo"


def load() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def test_it_brings_pages_settings_and_people(demo: Path, client: Client) -> None:
    assert "2 pages made" in load()
    foot = client.get("/over-ons/").content.decode()
    assert "088-000 12 34" in foot
    assert "vraag@duurzaamopschool.example" in foot
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("localhost", 8123)


@pytest.mark.parametrize(
    ("email", "publishes", "administers"),
    [("editor@demo.example", False, False), ("moderator@demo.example", True, False), ("beheer@demo.example", True, True)],
)
def test_its_people_may_sign_in_and_do_what_their_role_allows(
    demo: Path, client: Client, email: str, publishes: bool, administers: bool
) -> None:
    load()
    assert client.login(username=email, password="demo-wachtwoord-2026")
    assert client.get("/admin/").status_code == 200
    user = User.objects.get(email=email)
    about = Page.objects.get(slug="over-ons")
    assert about.permissions_for_user(user).can_edit()
    assert about.permissions_for_user(user).can_publish() is publishes
    assert user.is_superuser is administers


def test_loading_again_writes_nothing_and_keeps_what_editors_wrote(demo: Path) -> None:
    load()
    SiteSettings.objects.update(telephone="088-111 22 33")
    with CaptureQueriesContext(connection) as queries:
        assert "0 pages made, 0 changed, 2 unchanged" in load()
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert SiteSettings.objects.get().telephone == "088-111 22 33"
    assert User.objects.count() == len(demo_accounts())


def test_a_wrong_file_is_named_and_nothing_is_loaded(demo: Path) -> None:
    (demo / "wrong.toml").write_text(ABOUT.replace("over-ons", "wrong").replace("Wie we zijn", "x").replace("summary", "sumary"))
    with pytest.raises(CommandError, match=r"wrong\.toml"):
        load()
    assert not User.objects.exists()
    assert not Page.objects.filter(slug="over-ons").exists()


def test_a_public_site_refuses_the_demo_and_the_run_command(db: None, settings: Settings) -> None:
    assert settings.DEMO is False
    with pytest.raises(CommandError, match="known password"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="DEMO"):
        call_command("run")
    assert not User.objects.exists()
