"""All addresses. Apps are named by dotted string, so that the ground floor imports none of the floors above."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve as serve_file
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documenten/", include(document_urls)),
    path("zoeken/", include("search.urls")),
    path("media/<path:path>", serve_file, {"document_root": settings.MEDIA_ROOT}),
    path("", include("portal.content.urls")),
]
