"""Facets that only lessons have."""

from django.utils.translation import gettext_lazy as _

from portal.vocabulary.enums import Scheme
from search.facets import FacetSpec
from search.registry import register_facet

MINUTES = {"tot-30": _("up to 30 minutes"), "30-60": _("30 to 60 minutes"), "60-120": _("1 to 2 hours"), "langer": _("longer")}


def minutes_code(minutes: int) -> str:
    """The length of a lesson as the code of its range; the upper bound belongs to the range."""
    return next((code for bound, code in ((30, "tot-30"), (60, "30-60"), (120, "60-120")) if minutes <= bound), "langer")


def register_facets() -> None:
    """Tell the finder about the facets of lessons."""
    register_facet(FacetSpec("minutes", _("Length"), choices=MINUTES))
    register_facet(FacetSpec("material", _("Kind of material"), scheme=Scheme.MATERIAL, folded=True))
    register_facet(FacetSpec("licence", _("Licence"), scheme=Scheme.LICENCE, folded=True))
