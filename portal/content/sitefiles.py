"""Small files that machines ask a site for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be indexed but the desk and the filtered views of the finder, of which there are endlessly many."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /zoeken/?", f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
