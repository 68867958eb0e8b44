"""Measures things in turn, so that whatever else the machine does falls on all of them alike."""

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """CPU and wall time of one thing, in milliseconds: the median, the 95th percentile, and how often it was done."""

    cpu: float
    p50: float
    p95: float
    rounds: int


def compare(things: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Measure]:
    """Do each thing `rounds` times, one after the other in turn, after one round that does not count."""
    cpu: dict[str, list[float]] = {name: [] for name in things}
    wall: dict[str, list[float]] = {name: [] for name in things}
    for thing in things.values():
        thing()
    gc.collect()
    for _ in range(rounds):
        for name, thing in things.items():
            begin_cpu, begin = time.process_time(), time.perf_counter()
            thing()
            cpu[name].append((time.process_time() - begin_cpu) * 1000)
            wall[name].append((time.perf_counter() - begin) * 1000)
    return {name: _measure(cpu[name], wall[name]) for name in things}


def once(thing: Callable[[], object]) -> Measure:
    """Do a long thing once."""
    begin_cpu, begin = time.process_time(), time.perf_counter()
    thing()
    wall = (time.perf_counter() - begin) * 1000
    return Measure(round((time.process_time() - begin_cpu) * 1000, 1), round(wall, 1), round(wall, 1), 1)


def table(title: str, measures: Mapping[str, Measure], *, base: str) -> str:
    """A table for people; ratios are of CPU against `base`."""
    lines = [f"\n{title}", f"{'':38}{'CPU ms':>10}{'p50 ms':>10}{'p95 ms':>10}{'CPU ratio':>11}"]
    for name, measure in measures.items():
        ratio = measure.cpu / measures[base].cpu if measures[base].cpu else float("nan")
        lines.append(f"{name:38}{measure.cpu:10.2f}{measure.p50:10.2f}{measure.p95:10.2f}{ratio:11.3f}")
    return "\n".join(lines)


def write(folder: Path, name: str, results: Mapping[str, Mapping[str, Measure]]) -> None:
    """Keep the figures as `<folder>/<name>.json`: title → thing → measure."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {title: {thing: asdict(measure) for thing, measure in measures.items()} for title, measures in results.items()}
    (folder / f"{name}.json").write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def _measure(cpu: list[float], wall: list[float]) -> Measure:
    ordered = sorted(wall)
    return Measure(
        round(statistics.median(cpu), 3),
        round(statistics.median(wall), 3),
        round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 3),
        len(wall),
    )
