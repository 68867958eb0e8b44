"""Invented schools."""

from pathlib import Path

from django.core.management import call_command

from schools.models import Board, School
from schools.register.inventing import write_register


def test_a_small_register_has_every_kind_and_changes_nothing_again() -> None:
    call_command("make_schools", schools=60, boards=12, verbosity=0)
    assert (School.objects.count(), Board.objects.count()) == (60, 12)
    codes = set(School.objects.values_list("sectors__code", flat=True))
    assert {"po", "vo", "go", "mbo"} <= codes
    assert not Board.objects.filter(schools=None).exists()
    assert Board.objects.filter(schools__sectors__code="po").distinct().count() >= 6
    before = list(School.objects.order_by("code").values())
    call_command("make_schools", schools=60, boards=12, verbosity=0)
    assert list(School.objects.order_by("code").values()) == before


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path: Path) -> None:
    texts = []
    for place, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(place)
        folder.mkdir()
        texts.append([path.read_bytes() for path in write_register(folder, schools=30, boards=5, seed=seed)])
    assert texts[0] == texts[1] != texts[2]


def test_a_large_register_keeps_out_of_the_way_of_a_small_one(tmp_path: Path) -> None:
    call_command("make_schools", schools=20, boards=4, verbosity=0)
    before = set(School.objects.values_list("code", flat=True))
    call_command("make_schools", schools=1_001, boards=4, verbosity=0)
    assert School.objects.count() == 1_021
    assert School.objects.filter(code__in=before, status="open").count() == 20
