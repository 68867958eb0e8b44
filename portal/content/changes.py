"""Whoever keeps something made of pages learns here of changes in bulk, which send none of Wagtail's signals."""

from collections.abc import Collection

from django.dispatch import Signal

from portal.stamps.models import CONTENT, bump

# Sent inside the transaction of the change, with `pks`, the primary keys of the pages that visitors may see changed.
pages_changed = Signal()


def announce(pks: Collection[int]) -> None:
    """Say that these pages were changed by writing rows. Call it in the transaction of the change."""
    bump(CONTENT)
    pages_changed.send(sender=None, pks=frozenset(pks))
