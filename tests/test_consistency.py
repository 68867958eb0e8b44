"""Things that have to agree with each other: texts and translations, packages and pins, commands and docs, files and folders."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.house import FLOORS
from tests.services import requires

ROOT: Path = settings.BASE_DIR
CATALOGUE = Path("portal/locale/nl/LC_MESSAGES")
# What may stand at the top, so that a newcomer sees the rooms and nothing else.
TOP = {
    *FLOORS,
    *("static", "tests", "docs", ".ci", ".gitignore", "manage.py", "requirements.txt"),
    *("README.md", "LICENSE", "Makefile", "pyproject.toml", "compose.yaml", "Dockerfile"),
}
# Addresses of one machine, and of places where packages are fetched: those belong to whoever runs the project.
MACHINE = re.compile(r"/(?:home|Users|root|work)/\w|\bpypi\.|pythonhosted|registry\.npmjs|--(?:extra-)?index-url|trusted-host")
# Text that goes out unescaped: each of these builds it from escaped parts.
UNESCAPED = {"portal/content/templatetags/slots.py", "search/snippets.py"}
# A mail has no style sheet to lean on.
MAILS = {"portal/outbox/templates/outbox/mail.html"}
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


def tracked() -> list[Path]:
    """The files of the project, relative to its root: what git knows or would add; in a copy without git all but what is made."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        return [Path(name) for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]
    made = {".venv", "var", "__pycache__"}
    files = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return [path for path in files if not made & set(path.parts)]


def texts(*suffixes: str, below: tuple[str, ...] = tuple(FLOORS)) -> Iterator[tuple[str, str]]:
    """Name and text of the project's files with these endings below these folders."""
    for path in tracked():
        if path.suffix in suffixes and path.parts[0] in below:
            yield path.as_posix(), (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dutch catalogue as `make messages` would make it from the sources of today."""
    requires("gettext")
    copy = tmp_path_factory.mktemp("messages")
    sources = shutil.ignore_patterns("demo", "data", "locale", "__pycache__")
    for folder in FLOORS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=sources)
    shutil.copytree(ROOT / "portal" / "locale", copy / "locale")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--no-obsolete", "--no-wrap"]
    made = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("flaw", ["--untranslated", "--only-fuzzy"])
def test_every_text_is_in_dutch(collected: Path, flaw: str) -> None:
    found = subprocess.run(["msgattrib", flaw, "--no-wrap", collected], capture_output=True, text=True, check=True).stdout
    assert re.findall(r'^msgid "(.+)"$', found, re.MULTILINE) == []


def test_the_compiled_catalogue_is_that_of_the_texts(tmp_path: Path) -> None:
    requires("gettext")
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", fresh, ROOT / CATALOGUE / "django.po"], check=True)
    assert entries(fresh) == entries(ROOT / CATALOGUE / "django.mo")


def entries(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return dict(vars(gettext.GNUTranslations(file))["_catalog"])


def test_every_package_has_one_version_and_a_reason() -> None:
    lines = [line for name in ("requirements.txt", "tests/requirements.txt") for line in (ROOT / name).read_text().splitlines()]
    packages = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert len(packages) > 20
    assert [line for line in packages if not re.fullmatch(r"[\w.\-]+(\[[\w,\-]+\])?==[\w.]+(; [^#]+)? +# \S.+", line)] == []
    names = [re.split(r"[=\[]", line)[0].lower().replace("_", "-") for line in packages]
    assert len(names) == len(set(names))


def test_nothing_goes_out_unescaped_but_what_escapes_by_itself() -> None:
    loose = re.compile(r"\|\s*safe\b|autoescape off|mark_safe\(|SafeString\(")
    assert {name for name, text in texts(".html", ".py") if loose.search(text)} == UNESCAPED


def test_no_style_or_script_stands_in_a_template() -> None:
    assert [name for name, text in texts(".html") if INLINE.search(text) and name not in MAILS] == []


@pytest.mark.parametrize("fault", ['<p style="x">', "<script>x", '<a onclick="x">', "<STYLE>", '<a href="javascript:x">'])
def test_inline_style_and_script_would_be_seen(fault: str) -> None:
    assert INLINE.search(fault)
    assert not INLINE.search('<script type="module" src="/static/js/suggest.js"></script> <p class="style">on="x"</p>')


def test_the_top_of_the_house_holds_nothing_else() -> None:
    assert {path.parts[0] for path in tracked()} - TOP == set()


def test_no_file_names_a_machine_or_a_place_to_fetch_packages() -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    suspects = texts(*{path.suffix for path in tracked()} - BINARY, below=tuple(TOP))
    assert [name for name, text in suspects if name != here and MACHINE.search(text)] == []


BINARY = {".png", ".jpg", ".webp", ".avif", ".ico", ".mo", ".pdf", ".docx", ".xlsx", ".odt", ".gif", ".zip"}


def own_commands() -> dict[str, str]:
    """The project's own commands: name → app."""
    return {name: app for name, app in get_commands().items() if app.partition(".")[0] in FLOORS}


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_command_says_what_it_does_and_stands_in_the_docs(name: str) -> None:
    assert load_command_class(own_commands()[name], name).help
    docs = "".join(text for _, text in texts(".md", below=("docs", "README.md")))
    assert f"`{name}" in docs or f"manage.py {name}" in docs
