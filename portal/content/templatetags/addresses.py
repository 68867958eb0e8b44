"""Addresses in narrow columns."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
WORD_JOINER = "\u2060"


@register.filter
def breakable(address: str) -> SafeString:
    """A mail address that a narrow column breaks after the @ or before a dot behind it, instead of within a word."""
    before, at, after = address.partition("@")
    host, *rest = after.split(".")
    return format_html("{}{}<wbr>{}{}", before, at, host, format_html_join("", "<wbr>.{}", ((part,) for part in rest)))


@register.filter
def unbroken(hours: str) -> str:
    """Opening hours whose ranges (9.00-17.00) stay on one line."""
    return hours.replace("-", f"{WORD_JOINER}-{WORD_JOINER}")
