"""A migrated SQLite database, kept from one run to the next: migrating takes longer than most tests."""

import hashlib
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

FOLDER: Path = settings.BASE_DIR / "var" / "test-databases"


def kept_database() -> Path:
    """Where the database is kept that the migrations of today make; no such file before the first run with them."""
    digest = hashlib.sha256()
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = sys.modules[migration.__module__].__file__
        digest.update(f"{app} {name} ".encode() + Path(source or "").read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


def restore(target: Path) -> bool:
    """Put the kept database where the tests look for theirs; whether there was one."""
    kept = kept_database()
    if kept.exists():
        shutil.copy(kept, target)
    return kept.exists()


def keep(source: Path) -> None:
    """Keep this database for the next run, in the place of older ones."""
    kept = kept_database()
    if kept.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(unfinished)) as copy:
        database.backup(copy)
    unfinished.replace(kept)
