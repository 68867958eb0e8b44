"""Addresses of what a school says of pages."""

from django.urls import path

from schools.matching.views import say, used

urlpatterns = [
    path("mijn-school/<school:code>/gebruikt/", used, name="used"),
    path("mijn-school/<school:code>/gebruikt/<int:page>/", say, name="use"),
]
