"""Addresses of the finder, below /zoeken/."""

from django.urls import path

from search.views import answered, clicked, search, suggestions

urlpatterns = [
    path("", search, name="search"),
    path("suggesties/", suggestions, name="search-suggestions"),
    path("klik/", clicked, name="search-clicked"),
    path("gevonden/", answered, name="search-answered"),
]
