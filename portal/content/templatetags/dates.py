"""Dates as the site writes them: `di 8 december 2026` and `8 dec 2026`."""

from datetime import date

from django import template
from django.utils.dateformat import format as format_date

register = template.Library()


@register.filter(expects_localtime=True)
def long_date(value: date | None) -> str:
    """A day with its weekday and the month in full, in the language of the page; empty for no date."""
    return format_date(value, "D j F Y") if value else ""


@register.filter(expects_localtime=True)
def short_date(value: date | None) -> str:
    """A day without weekday, the month shortened; empty for no date."""
    return format_date(value, "j b Y") if value else ""
