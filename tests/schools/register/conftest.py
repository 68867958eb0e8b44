"""What every import needs: provinces and sectors. The whole vocabulary would take longer than all that is tried with it."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept

DATA = Path(settings.BASE_DIR) / "portal" / "vocabulary" / "data"


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    for scheme in (Scheme.PROVINCE, Scheme.SECTOR):
        for place, row in enumerate(json.loads((DATA / f"{scheme}.json").read_text(encoding="utf-8"))):
            alt_labels = row.get("alt_labels") or []
            Concept.objects.create(scheme=scheme, code=row["code"], label_nl=row["label_nl"], alt_labels=alt_labels, order=place)
