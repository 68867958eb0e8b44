"""Whatever changes what visitors see of this app moves the content stamp, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.stamps.models import CONTENT, bump
from schools.models import Adviser


@receiver((post_save, post_delete), sender=Adviser, dispatch_uid="schools-adviser")
def adviser_changed(**kwargs: Any) -> None:
    """Advisers stand on pages that are kept."""
    bump(CONTENT)
