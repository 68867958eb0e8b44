"""A page type is either findable or says that it is not."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register
from wagtail.models import Page, get_page_models

from search.registry import sources


@register()
def every_page_type_is_findable_or_says_not(**kwargs: Any) -> list[CheckMessage]:
    """W001 for a page type that is neither registered with the finder nor marked `findable = False`."""
    return [
        Warning(
            f"{model.__name__} is not registered with the finder",
            hint="Register it in the app's search.py, or set findable = False on the model.",
            obj=model,
            id="search.W001",
        )
        for model in get_page_models()
        if model is not Page and model not in sources() and getattr(model, "findable", True)
    ]
