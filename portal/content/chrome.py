"""What stands round every page: navigation, breadcrumbs, contact. Filled in by the site settings."""

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Context of every template."""
    return {}
