"""Static files as the web server serves them: compressed, with a digest in their names. Made again only when one has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> bool:
    """Bring `STATIC_ROOT` up to date with its sources, in the project and in packages; whether anything had to be done."""
    note = Path(settings.STATIC_ROOT, ".sources")
    digest = _digest_of_sources()
    if note.is_file() and note.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    note.write_text(digest)
    return True


def _digest_of_sources() -> str:
    """Changes with every file that comes, goes or is written; reads no contents, so that it takes no time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_mtime_ns} {state.st_size}\n".encode())
    return digest.hexdigest()
