"""Planted people: a download of one holds nothing of another, and who was erased is found nowhere any more."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from elasticsearch import Elasticsearch
from pytest_django import Settings

from lessons.models import LessonIndexPage
from lessons.models.import_job import import_storage
from portal import privacy
from portal.accounts.erasing import erase, export
from portal.accounts.models import User
from portal.content.models import KnowledgePage
from portal.outbox.models import Message
from search.indexing import drain, every_document
from tests.accounts.dump import readable, traces
from tests.accounts.planting import personal_texts, plant
from tests.elastic import elastic_engine
from tests.schools.making import a_school
from tests.services import lacking

ANNA, BAS = "zwoblix", "kraxwel"
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings: Settings, article: KnowledgePage, lesson_index: LessonIndexPage) -> tuple[User, User]:
    """Two people with the same traces, each with a word of their own."""
    settings.EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"
    settings.DEMO = True
    # The one folder that tests of one process share.
    shutil.rmtree(import_storage().location, ignore_errors=True)
    places = [a_school("11AA00"), a_school("22BB00")]
    made = [
        plant(word, article=article, index=lesson_index, school=school) for word, school in zip((ANNA, BAS), places, strict=True)
    ]
    article.title = "Ocelot"
    article.save_revision(user=made[0]).publish()
    drain("embedded")
    return made[0], made[1]


def test_in_every_personal_text_something_was_planted(people: tuple[User, User]) -> None:
    for word in (ANNA, BAS):
        planted = {trace.partition(":")[0] for trace in traces(word)}
        assert personal_texts() - planted == set()


def test_a_download_holds_all_of_one_and_nothing_of_another(people: tuple[User, User]) -> None:
    for person, own, others in ((people[0], ANNA, BAS), (people[1], BAS, ANNA)):
        with zipfile.ZipFile(BytesIO(export(person))) as archive:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
        assert {name for name, text in files.items() if others in text.lower()} == set()
        told = {name for name, text in files.items() if own in text.lower()}
        assert told == {"account.json", "mail.json", "desk.json", "saved-searches.json", "imports.json", "schools.json"}
        assert f"{own}@beside.example" in json.loads(files["account.json"])["other_addresses"]


def test_who_was_erased_is_found_nowhere(people: tuple[User, User]) -> None:
    anna, bas = people
    for look in PLACES:
        assert look(ANNA), look.__name__
        assert look(BAS), look.__name__
    assert in_the_files("ocelot"), "control: words in the index are seen"
    before = len(in_a_dump(BAS))
    erase(anna, by=None)
    drain("embedded")
    assert [hit for look in PLACES for hit in look(ANNA)] == []
    assert traces(ANNA) == []
    assert len(in_a_dump(BAS)) > before / 2, "another person stays"
    erase(bas, by=None)
    assert [hit for look in PLACES for hit in look(BAS)] == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_nor_in_a_dump_by_the_program_for_it(people: tuple[User, User]) -> None:
    if not shutil.which("pg_dump"):
        lacking("needs pg_dump (Debian: apt install postgresql-client)")
    assert ANNA in postgresql_dump().lower()
    erase(people[0], by=None)
    told = "\n".join(_deciphered(line) for line in postgresql_dump().splitlines()).lower()
    assert (ANNA in told, BAS in told) == (False, True)


@pytest.mark.parametrize("name", ["account", "mail", "saved-searches", "imports", "schools", "needs", "desk"])
def test_control_what_one_app_forgets_is_found(name: str, people: tuple[User, User], monkeypatch: pytest.MonkeyPatch) -> None:
    forgetful = privacy.Provider(name, lambda user: None, lambda user: None)
    monkeypatch.setitem(privacy._providers, name, forgetful)
    erase(people[0], by=None)
    assert traces(ANNA) + in_the_files(ANNA) != []


@pytest.mark.parametrize("field", ["outbox_message.error", "schools_membership.remark", "socialaccount_socialtoken.token"])
def test_control_a_text_in_which_nothing_was_planted_is_seen(field: str, people: tuple[User, User]) -> None:
    table, _, column = field.partition(".")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = ''" + (" || id" if column == "token" else ""))  # noqa: S608
    assert personal_texts() - {trace.partition(":")[0] for trace in traces(ANNA)} == {field}


def test_elasticsearch_holds_nothing_about_who_wrote_a_page(people: tuple[User, User]) -> None:
    """Both engines get the same documents."""
    with elastic_engine() as engine:
        engine.rebuild(replace(document, facets={}) for document in every_document())
        with Elasticsearch(os.environ["ELASTICSEARCH_URL_TEST"]) as client:
            found = str(client.search(index=engine.index.aliases.pages, size=1_000)["hits"]["hits"]).lower()
    assert "ocelot" in found
    assert (ANNA in found, BAS in found) == (False, False)


def in_a_dump(word: str) -> list[str]:
    """Lines of a dump of the whole database with this word; what stands in it as hexadecimal bytes is read too."""
    lines = sqlite_dump() if connection.vendor == "sqlite" else tables_dump()
    return [line[:120] for line in lines if word in _deciphered(line).lower()]


def sqlite_dump() -> Iterator[str]:
    """As `sqlite3 file .dump` writes it."""
    connection.ensure_connection()
    database: sqlite3.Connection = connection.connection
    return database.iterdump()


def tables_dump() -> Iterator[str]:
    """What pg_dump copies, as this transaction sees it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT") as rows:
                yield from (bytes(row).decode() for row in rows)


def postgresql_dump() -> str:
    """As `pg_dump` writes it."""
    to = connection.settings_dict
    where = {"PGHOST": to["HOST"], "PGPORT": str(to["PORT"] or ""), "PGUSER": to["USER"], "PGPASSWORD": to["PASSWORD"]}
    environment = {**os.environ, **{name: value for name, value in where.items() if value}}
    done = subprocess.run(["pg_dump", to["NAME"]], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _deciphered(line: str) -> str:
    bytes_in_it = (bytes.fromhex(found) for found in re.findall(r"(?:X'|\\\\x)((?:[0-9A-Fa-f]{2})+)", line))
    return line + "".join(readable(found) for found in bytes_in_it)


def in_the_files(word: str) -> list[str]:
    """Files with this word in their name or content: media, files on their way in, the index."""
    folders = (django_settings.MEDIA_ROOT, import_storage().location, django_settings.SEARCH_INDEX_DIR)
    files = [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    return [str(path) for path in files if word in path.name.lower() or word.encode() in path.read_bytes().lower()]


def in_the_mailbox(word: str) -> list[str]:
    """Pages of the laptop's mailbox with this word."""
    paths = ["/dev/mail/"]
    for message in Message.objects.all():
        paths += [f"/dev/mail/{message.pk}/", f"/dev/mail/{message.pk}/html/inhoud/"]
    return [path for path in paths if word in Client().get(path).content.decode().lower()]


# Where traces are looked for.
PLACES = (in_a_dump, in_the_files, in_the_mailbox)
