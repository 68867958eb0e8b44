"""What an editor reads about an import: how many rows do what, and each row."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from lessons.imports.planning import Outcome, RowReport

# Rows whose faults are told in full; a table with more is mended in turns.
TOLD = 500


class ReportBuilder:
    """Collects the reports of rows into what `ImportJob.report` keeps."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.rows: list[dict[str, Any]] = []

    def add(self, report: RowReport) -> None:
        """Take one row in."""
        self.counts[report.outcome] += 1
        row = asdict(report) | {"outcome": str(report.outcome)}
        if self.counts[Outcome.ERROR] > TOLD:
            row["problems"] = row["problems"][:1]
        self.rows.append(row)

    def finished(self, *, digest: str, unknown: tuple[str, ...]) -> dict[str, Any]:
        """The report of the whole table."""
        counts = {str(outcome): self.counts[outcome] for outcome in Outcome}
        return {"counts": counts, "rows": self.rows, "unknown": list(unknown), "digest": digest}
