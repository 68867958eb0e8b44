"""Where the media folder is served. A public site lets nginx do it, with the same rules: see docs/media.md."""

from django.urls import path

from portal.media.views import media

urlpatterns = [path("<path:path>", media, name="media")]
