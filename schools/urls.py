"""Addresses of schools and boards."""

from django.urls import include, path, re_path

from schools import views

app_name = "schools"

urlpatterns = [
    path("scholen/", views.school_list, name="list"),
    re_path(r"^scholen/(?P<code>[0-9]{2}[A-Za-z]{2}[0-9A-Za-z]{2})/\Z", views.school, name="school"),
    re_path(r"^besturen/(?P<number>[0-9]{5})/\Z", views.board, name="board"),
    path("", include("schools.advisers.urls")),
]
