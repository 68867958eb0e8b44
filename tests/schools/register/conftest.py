"""What every import needs."""

import pytest
from django.core.management import call_command


@pytest.fixture(autouse=True)
def _vocabulary(db: None) -> None:
    call_command("load_vocabulary", verbosity=0)
