"""What is not kept for ever: removed each night, or only counted."""

from portal.privacy import terms


def apply(*, dry_run: bool) -> dict[str, int]:
    """Remove what has been kept long enough, or only count it; returns the number of rows of each kind. Doing it again removes
    nothing more."""
    report = {}
    for term in terms():
        due = term.due()
        report[term.name] = due.count()
        if report[term.name] and not dry_run:
            term.end(due)
    return report
