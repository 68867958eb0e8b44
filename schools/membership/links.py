"""The link in an invitation: signed by us, so that it cannot be guessed or made to last longer."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from schools.models.membership import Invitation

WORKS_FOR = timedelta(days=14)
_SALT = "schools.invitation"


def invitation_token(invitation: Invitation) -> str:
    """What the link of an invitation ends with."""
    return signing.dumps(str(invitation.key), salt=_SALT)


def invitation_key(token: str) -> UUID | None:
    """The key of the invitation behind a link; None when we did not make the link or it is too old."""
    try:
        return UUID(signing.loads(token, salt=_SALT, max_age=WORKS_FOR))
    except (signing.BadSignature, ValueError):
        return None
