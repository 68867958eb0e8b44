"""The embedded engine's files: several processes, sudden death, damage."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.query import SearchQuery
from tests.contract.conftest import make_embedded
from tests.contract.documents import documents

# Writes batches of three documents without end: an index that holds a part of a batch, or a batch that was announced and is not
# there, has lost something.
WRITER = """
import sys
from pathlib import Path
from search.documents import SearchDocument
from tests.contract.conftest import make_embedded
from tests.contract.documents import documents

engine = make_embedded(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 1_000_000):
    batch = [SearchDocument(f"batch-{place}", number, "les", f"Leerlingen tellen {number}") for place in range(3)]
    engine.apply(upserts=batch)
    print(number, flush=True)
    if number % 5 == 0:
        engine.rebuild([*documents(), *batch])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def engine(folder: Path) -> EmbeddedEngine:
    engine = make_embedded(folder)
    engine.rebuild(documents())
    return engine


def test_a_writer_killed_at_any_moment_loses_nothing_it_announced(folder: Path, engine: EmbeddedEngine) -> None:
    number = 1
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for pause in (0.0, 0.05, 0.11):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(number)], stdout=subprocess.PIPE, text=True, env=environment
        ) as writer:
            assert writer.stdout
            announced = int(writer.stdout.readline())
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
            announced = int((writer.stdout.read().split() or [announced])[-1])
        kept = {revision for key, revision in engine.revisions().items() if key.startswith("batch-")}
        assert len(kept) == 1, "a batch was written in part"
        assert kept.pop() >= announced
        results = engine.search(SearchQuery("leerlingen"))
        assert results.total == len(engine.revisions()) == len(documents()) + 3
        number = announced + 1


def test_another_process_sees_what_this_one_wrote(folder: Path, engine: EmbeddedEngine) -> None:
    other = make_embedded(folder)
    assert other.search(SearchQuery("walvis")).total == 1
    engine.rebuild(documents()[:3])
    assert other.search(SearchQuery("walvis", correct=False)).total == 0


def test_words_written_by_another_process_are_known_to_the_speller(folder: Path, engine: EmbeddedEngine) -> None:
    assert engine.search(SearchQuery("kripsomar")).did_you_mean is None
    other = make_embedded(folder)
    other.apply(upserts=[SearchDocument("x", 1, "les", "Kripsomer")])
    assert engine.search(SearchQuery("kripsomar")).did_you_mean == "kripsomer"


def test_only_the_live_file_and_the_one_before_it_are_kept(folder: Path, engine: EmbeddedEngine) -> None:
    for _ in range(4):
        engine.rebuild(documents())
        engine.search(SearchQuery("klimaat"))
    assert len(list(folder.glob("index-*.sqlite3"))) == 2


def live_file(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["zeros", "half", "gone", "folder", "pointer"])
def test_damage_is_told_and_a_rebuild_mends_it(folder: Path, engine: EmbeddedEngine, damage: str) -> None:
    file = live_file(folder)
    for part in folder.glob(f"{file.name}-*"):
        part.unlink()
    if damage == "zeros":
        file.write_bytes(b"\0" * file.stat().st_size)
    elif damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "gone":
        file.unlink()
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        (folder / "CURRENT").write_bytes(b"\xff\x00../../etc/passwd")
    fresh = make_embedded(folder)
    assert fresh.needs_rebuild()
    with pytest.raises(EngineUnavailable):
        fresh.search(SearchQuery("klimaat", filters={"sector": ("po",)}))
    assert fresh.rebuild(documents()) == len(documents())
    assert fresh.search(SearchQuery("klimaat")).total
    assert engine.search(SearchQuery("klimaat")).total


def test_an_index_of_another_version_asks_for_a_rebuild(folder: Path, engine: EmbeddedEngine) -> None:
    with sqlite3.connect(live_file(folder)) as connection:
        connection.execute("PRAGMA user_version=1")
    connection.close()
    fresh = make_embedded(folder)
    assert fresh.needs_rebuild()
    with pytest.raises(EngineUnavailable, match="rebuild"):
        fresh.revisions()
