"""What is not kept for ever: removed each night, or only counted."""

import logging

from portal.privacy import terms

log = logging.getLogger(__name__)


def apply(*, dry_run: bool) -> dict[str, int | None]:
    """Remove what has been kept long enough, or only count it; returns the number of rows of each kind. Doing it again removes
    nothing more.

    What fails is written to the log and stands in the answer as None; the other kinds are removed all the same.
    """
    report: dict[str, int | None] = {}
    for term in terms():
        try:
            due = term.due()
            found = due.count()
            if found and not dry_run:
                term.end(due)
            report[term.name] = found
        except Exception:
            log.exception("retention: %s failed", term.name)
            report[term.name] = None
    return report
