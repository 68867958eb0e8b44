"""Addresses of advisers."""

from django.urls import path

from schools.advisers.views import adviser, advisers

urlpatterns = [
    path("makelaars/", advisers, name="advisers"),
    path("makelaars/<slug:slug>/", adviser, name="adviser"),
]
