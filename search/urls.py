"""Addresses of the finder, below /zoeken/."""

from django.urls import path

from search.feeds import feed
from search.saved.views import save, save_sent, saved, stop
from search.views import answered, clicked, search, suggestions

urlpatterns = [
    path("", search, name="search"),
    path("suggesties/", suggestions, name="search-suggestions"),
    path("klik/", clicked, name="search-clicked"),
    path("gevonden/", answered, name="search-answered"),
    path("feed/", feed, name="search-feed"),
    path("bewaren/", save, name="search-save"),
    path("bewaren/verstuurd/", save_sent, name="search-save-sent"),
    path("bewaard/<str:token>/", saved, name="search-saved"),
    path("bewaard/<str:token>/stoppen/", stop, name="search-stop"),
]
