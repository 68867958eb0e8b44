"""Addresses in narrow columns."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def breakable(address: str) -> SafeString:
    """A mail address that a narrow column breaks after the @ instead of within a word."""
    before, at, after = address.partition("@")
    return format_html("{}{}<wbr>{}", before, at, after)
