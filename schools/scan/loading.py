"""Statements of the quick scan from a TOML file."""

import tomllib
from pathlib import Path

from django.db import transaction

from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import vocabulary
from schools.models import ScanStatement

DATA = Path(__file__).resolve().parents[1] / "data" / "statements.toml"


@transaction.atomic
def load_statements(path: Path = DATA) -> int:
    """Make the statements of a file that are not there yet, and return how many; what editors changed or retired stays so.

    Raises LookupError for a domain that does not exist; then nothing is made.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
    known = set(ScanStatement.objects.values_list("code", flat=True))
    made = 0
    for order, row in enumerate(rows, 1):
        if row["code"] in known:
            continue
        domain = vocabulary().get(Scheme.WSA, row["domain"])
        if domain is None:
            raise LookupError(f"{path.name}: there is no domain {row['domain']!r}; load the vocabulary first")
        values = {name: row.get(name, "") for name in ("code", "text", "explanation", "need")}
        ScanStatement.objects.create(domain_id=domain.pk, order=order, **values)
        made += 1
    return made
