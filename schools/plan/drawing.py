"""The flower as a picture of its own, for paper: a PDF takes no style sheet into a drawing."""

import base64
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from schools.scan.flower import Petal

# The colours that static/css/tokens.css gives the domains on paper, and how far each petal is turned, in degrees.
COLOURS = {
    "visie": "#0b5d3b",
    "curriculum": "#1f5fa8",
    "pedagogiek-didactiek": "#8a3ea0",
    "gebouw-bedrijfsvoering": "#b4500f",
    "professionele-ontwikkeling": "#806200",
    "omgeving": "#0a7a86",
}
TURNS = {
    "curriculum": 0,
    "pedagogiek-didactiek": 72,
    "gebouw-bedrijfsvoering": 144,
    "professionele-ontwikkeling": 216,
    "omgeving": 288,
}


def drawing(petals: Sequence[Petal]) -> str:
    """The flower as a `data:` address of an SVG. A domain that is not of the flower is left out."""
    codes = [(petal, petal.domain.code) for petal in petals]
    shown = [(petal, COLOURS[code], TURNS.get(code)) for petal, code in codes if code in COLOURS]
    svg = render_to_string("schools/plan/flower.svg", {"petals": shown})
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def description(petals: Sequence[Petal]) -> str:
    """What the drawing shows, in one sentence."""
    levels = "; ".join(f"{petal.domain.label}: {petal.level.label.lower()}" for petal in petals)
    return _("The flower of the school: %(levels)s.") % {"levels": levels}
