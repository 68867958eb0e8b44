"""The register: boards and their schools, as the files of DUO name them."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from portal.vocabulary.enums import Scheme
from portal.vocabulary.fields import ConceptField, ConceptKey
from portal.vocabulary.lookup import vocabulary
from portal.workdays.enums import HolidayRegion
from portal.workdays.regions import region_of
from schools.enums import Status
from schools.fields import WordsField
from search.dutch.tokens import folded_words

# Five digits, kept as text: numbers may begin with a nought.
BOARD_NUMBER = r"^[0-9]{5}\Z"
# BRIN (two digits, two letters) and two characters for the location; 00 is the main one.
SCHOOL_CODE = r"^[0-9]{2}[A-Z]{2}[0-9A-Z]{2}\Z"
MAIN_LOCATION = "00"
# Words from this length on are looked for inside words too.
INNER = 4
# Degrees between which the Netherlands lie, generously.
LATITUDES = (50.5, 54.0)
LONGITUDES = (3.0, 7.5)
PARTNERSHIP_CODE = r"^(PO|VO)[0-9]{4}\Z"


class RegisterQuerySet(models.QuerySet[Any]):
    """What boards and schools are asked for alike."""

    def open(self) -> Self:
        return self.filter(status=Status.OPEN)


class SchoolQuerySet(RegisterQuerySet):
    """What schools alone are asked for."""

    def found(self, text: str) -> Self:
        """Those with each word of the text in their name, place, municipality, code or board: long words anywhere in a word
        (lyceum in Bergveldlyceum), short ones where it begins."""
        schools = self
        for word in folded_words(text):
            part = word if len(word) >= INNER else f" {word}"
            schools = schools.filter(Q(words__contains=part) | Q(board__words__contains=part))
        return schools


class Entry(models.Model):
    """What the register says of boards and schools alike."""

    name = models.CharField(_("name"), max_length=255)
    street = models.CharField(_("street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    municipality_code = models.CharField(_("number of the municipality"), max_length=4, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    denomination = models.CharField(_("denomination"), max_length=80, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = RegisterQuerySet.as_manager()

    # Thousands of rows that refer to no page: nobody asks where they are used.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def address(self) -> str:
        """Street and number, or nothing."""
        return f"{self.street} {self.house_number}".strip()


class Board(Entry):
    """A bevoegd gezag: who answers for one or more schools."""

    # Files of schools give the number of a board alone; its name comes with the file of boards.
    name = models.CharField(_("name"), max_length=255, blank=True)
    number = models.CharField(_("number"), max_length=5, unique=True, validators=[RegexValidator(BOARD_NUMBER)])
    kvk_number = models.CharField(_("chamber of commerce number"), max_length=8, blank=True)
    words = WordsField("name", "number")

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("name", "number")
        default_permissions = ("change", "view")

    def __str__(self) -> str:
        return self.name or gettext("Board %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("schools:board", args=[self.number])


def _between(low: float, high: float) -> list[Any]:
    return [MinValueValidator(low), MaxValueValidator(high)]


class School(Entry, ClusterableModel):  # type: ignore[misc]
    """A vestiging: one location of a school, with the sectors taught there."""

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[RegexValidator(SCHOOL_CODE)])
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="schools", verbose_name=_("board"))
    sectors = ConceptField(Scheme.SECTOR, verbose_name=_("sectors"))
    province = ConceptKey(Scheme.PROVINCE, verbose_name=_("province"), null=True, blank=True)
    partnership = models.CharField(
        _("partnership for suitable education"), max_length=6, blank=True, validators=[RegexValidator(PARTNERSHIP_CODE)]
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True, validators=_between(*LATITUDES))
    longitude = models.FloatField(_("longitude"), null=True, blank=True, validators=_between(*LONGITUDES))
    own_holiday_region = models.CharField(
        _("holiday region"),
        max_length=10,
        choices=HolidayRegion.choices,
        blank=True,
        help_text=_("Empty: the region follows from the municipality."),
    )
    words = WordsField("name", "place", "municipality", "code")

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ("name", "code")
        default_permissions = ("change", "view")
        indexes = (
            models.Index(fields=("name", "code"), name="school_name_code"),
            models.Index(fields=("place", "name"), name="school_place_name"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:school", args=[self.code.lower()])

    def lock(self) -> None:
        """Let nobody else lock this school before the transaction ends: for what may have no row of its own yet to lock, such as
        a first profile, the next number of a need, a scan that is not begun."""
        list(School.objects.select_for_update().filter(pk=self.pk).values_list("pk"))

    def clean(self) -> None:
        super().clean()
        missing = [name for name in ("latitude", "longitude") if getattr(self, name) is None]
        if len(missing) == 1:
            raise ValidationError({missing[0]: _("Fill in both the latitude and the longitude, or neither.")})

    @property
    def holiday_region(self) -> HolidayRegion | None:
        """The region an editor chose, else that of its place, municipality or province; None where that is not known."""
        if self.own_holiday_region:
            return HolidayRegion(self.own_holiday_region)
        province = vocabulary().by_id(self.province_id)
        return region_of(province.code if province else "", self.municipality_code, self.place)

    @property
    def sector_codes(self) -> str:
        """The codes of its sectors in one line; a query unless they were fetched with it."""
        return ", ".join(concept.code for concept in self.sectors.all())
