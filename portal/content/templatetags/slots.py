"""`{% slot "home" %}` renders what the floors above put there; an empty slot renders nothing."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.content.slots import fillings

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Any, name: str, about: Any = None) -> SafeString:
    """The rendered fillings of a slot. Providers get `about`, and the page where nothing else is named."""
    request, page = context["request"], context.get("page") if about is None else about
    parts = []
    for filling in fillings(name):
        answer = filling.provider(page, request)
        if answer is not None:
            template_name, values = answer
            parts.append(render_to_string(template_name, {"page": page, **values}, request=request))
    return mark_safe("".join(parts))
