"""What the finder may know of the schools of a person: the sectors they teach in, the domains they look for help with."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.tags import concepts_of
from schools.models import SupportNeed
from schools.permissions import schools_for
from search.personal import Codes, PersonalFilter, register_personal_filter

# A member of a large board would get every sector; then the filter says nothing.
MOST_SCHOOLS = 20


def sectors_of_my_schools(request: HttpRequest) -> Codes:
    """The sectors of the schools of who asks, with those they are part of. Two queries."""
    schools = list(schools_for(request.user)[:MOST_SCHOOLS])
    words = vocabulary()
    mine = {sector for tags in concepts_of(schools).values() for sector in tags["sectors"]} if schools else set()
    wider = {one for sector in mine for one in (sector, *words.ancestors(sector))}
    codes = tuple(concept.code for concept in sorted(wider, key=lambda concept: concept.position))
    return {"sector": codes} if codes else {}


def domains_of_our_needs(request: HttpRequest) -> Codes:
    """The domains of what the schools of who asks still need. One query."""
    domains = set(SupportNeed.objects.for_user(request.user).pending().values_list("domain", flat=True))
    words = vocabulary()
    concepts = sorted((one for key in domains if (one := words.by_id(key))), key=lambda concept: concept.position)
    return {"wsa": tuple(concept.code for concept in concepts)} if concepts else {}


def offer_personal_filters() -> None:
    """Tell the finder."""
    register_personal_filter(PersonalFilter("mijn-school", _("Fits my school"), sectors_of_my_schools))
    register_personal_filter(PersonalFilter("onze-behoeften", _("Fits what we need"), domains_of_our_needs))
