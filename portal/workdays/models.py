"""School holidays, as the government publishes them for some years ahead: a table that editors keep."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.workdays.enums import HolidayKind, HolidayRegion


class SchoolHoliday(models.Model):
    """One holiday of one region in one school year."""

    region = models.CharField(_("region"), max_length=10, choices=HolidayRegion.choices)
    kind = models.CharField(_("holiday"), max_length=10, choices=HolidayKind.choices)
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("The year in which it begins: 2026 for 2026-2027."),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("These dates came with the demo. Untick when you compared them with the official ones."),
    )

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering = ("first_day", "region")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "kind", "school_year"),
                name="workdays_one_of_a_kind",
                violation_error_message=_("This holiday is in the table already for this region and school year."),
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="workdays_ends_after_beginning"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.school_year}-{self.school_year + 1} ({self.get_region_display()})"

    def clean(self) -> None:
        super().clean()
        if not (self.first_day and self.last_day and self.school_year):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
        # By law a school year begins on 1 August; its summer holiday runs into the next one, at the latest until September.
        if not date(self.school_year, 8, 1) <= self.first_day <= self.last_day <= date(self.school_year + 1, 9, 30):
            raise ValidationError({"first_day": _("These days do not lie in this school year.")})
