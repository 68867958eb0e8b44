"""Who signs in through their school (OpenID Connect) belongs to it at once, when the school vouches for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.dispatch import receiver

from schools.membership.services import grant_by_brin

# As Entree names them (nlEduPerson and eduPerson): the BRIN of the school, and what somebody is there.
SCHOOL_CLAIMS = ("nlEduPersonHomeOrganizationId", "brin")
PART_CLAIMS = ("eduPersonAffiliation", "eduperson_affiliation")
# No pupil ever belongs to a school here, and who does not say what they are might be one.
STAFF = frozenset({"employee", "staff", "faculty"})


@receiver(user_logged_in)
def join_vouched_school(user: Any, sociallogin: Any = None, **kwargs: Any) -> None:
    """After a sign-in by way of an organisation that vouches for schools: make its staff members of the school it names.

    Any other organisation could name any school: what it says of schools and staff counts for nothing.
    """
    if sociallogin is None or sociallogin.account.provider not in settings.OPENID_VOUCHERS:
        return
    claims = _flat(sociallogin.account.extra_data or {})
    if STAFF & {part.lower() for part in _values(claims, PART_CLAIMS)}:
        for brin in _values(claims, SCHOOL_CLAIMS):
            grant_by_brin(user, brin)


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of the identity and of the user's page together, as allauth keeps them apart."""
    inner = [data[name] for name in ("id_token", "userinfo") if isinstance(data.get(name), Mapping)]
    return {name: value for claims in (data, *inner) for name, value in claims.items()}


def _values(claims: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The texts that these claims hold; each may have one or a list."""
    found = [claims[name] for name in names if name in claims]
    return [text for value in found for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
