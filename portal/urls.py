"""All addresses. Apps are named by dotted string, so that the ground floor imports none of the floors above."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.accounts.staff import for_staff
from portal.accounts.views import old_reset, old_sign_in
from portal.content.atomic import atomic_when_unsafe
from portal.health import health

handler400 = "portal.content.hostile.bad_request"

decorate_urlpatterns(admin_urls.urlpatterns, atomic_when_unsafe)
decorate_urlpatterns(admin_urls.urlpatterns, for_staff)

urlpatterns = [
    path("admin/login/", old_sign_in),
    path("admin/password_reset/", old_reset),
    path("admin/password_reset/<path:rest>", old_reset),
    path("admin/", include(admin_urls)),
    path("account/", include("portal.accounts.urls")),
    path("documenten/", include("portal.media.document_urls")),
    path("media/", include("portal.media.urls")),
    path("zoeken/", include("search.urls")),
    path("gezond/", health, name="health"),
    path("reactie/", include("portal.feedback.urls")),
    path("", include("schools.urls")),
    path("dev/mail/", include("portal.outbox.urls")),
    path("", include("portal.content.urls")),
]
