"""Addresses of the finder, below /zoeken/."""

from django.urls import path

from search.views import search, suggestions

urlpatterns = [
    path("", search, name="search"),
    path("suggesties/", suggestions, name="search-suggestions"),
]
