"""Reading the word lists in `data/`."""

from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_lines(file: str) -> list[list[str]]:
    """The words of each line of a list; empty lines and lines that begin with `#` are left out."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def read_words(file: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for line in read_lines(file) for word in line)
