"""The schemes: each a list of concepts that pages are tagged with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """The names of the schemes are also the names of their data files and of the finder's facets."""

    WSA = "wsa", _("Whole School Approach domains")
    SDG47 = "sdg47", _("SDG 4.7 themes")
    SDG = "sdg", _("Sustainable Development Goals")
    SECTOR = "sector", _("Sectors")
    GRADE = "grade", _("Groups and years")
    SUBJECT = "subject", _("Subjects")
    CURRICULUM = "curriculum", _("Curriculum")
    GREENCOMP = "greencomp", _("GreenComp competences")
    MATERIAL = "material", _("Kinds of material")
    LICENCE = "licence", _("Licences")
    TOPIC = "topic", _("Topics")
    PLACE = "place", _("Places")
    LANGUAGE = "language", _("Languages")
    PROVINCE = "province", _("Provinces")


class Source(models.TextChoices):
    """Where a concept comes from: loading a source retires only what that source once brought."""

    FILE = "file", _("Vocabulary file")
    CSV = "csv", _("CSV file")
    EDITOR = "editor", _("Editor")


# Above this number of concepts a list of checkboxes needs a search field, and a single choice a chooser of its own.
LONG_SCHEMES = frozenset({Scheme.GRADE, Scheme.SUBJECT, Scheme.CURRICULUM, Scheme.TOPIC})
