"""The portal's addresses, and the same site served by stock Wagtail below /stock/."""

from django.urls import include, path, re_path
from wagtail.views import serve

urlpatterns = [re_path(r"^stock/((?:[\w\-]+/)*)$", serve), path("", include("portal.urls"))]
