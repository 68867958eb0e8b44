"""Changes of who belongs where, in the portal's log as well."""

import logging
from typing import Any

from schools.models.membership import Membership

log = logging.getLogger(__name__)


def audit(actor: Any, action: str, membership: Membership) -> None:
    """Say in the log who did what to which membership."""
    log.info("membership %s of %s: %s by %s", membership.key, membership.user_id, action, getattr(actor, "pk", None))
