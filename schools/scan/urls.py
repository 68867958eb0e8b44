"""Addresses of the quick scan."""

from django.urls import path

from schools.scan.views import overview, step

urlpatterns = [
    path("mijn-school/<school:code>/scan/", overview, name="scan"),
    path("mijn-school/<school:code>/scan/<slug:domain>/", step, name="scan-step"),
]
