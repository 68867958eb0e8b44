"""Addresses of schools and boards."""

from django.urls import include, path, re_path, register_converter

from schools import views
from schools.converters import BoardNumber, SchoolCode

app_name = "schools"

register_converter(SchoolCode, "school")
register_converter(BoardNumber, "board")

urlpatterns = [
    path("scholen/", views.school_list, name="list"),
    re_path(r"^scholen/(?P<code>[0-9]{2}[A-Za-z]{2}[0-9A-Za-z]{2})/\Z", views.school, name="school"),
    re_path(r"^besturen/(?P<number>[0-9]{5})/\Z", views.board, name="board"),
    path("", include("schools.advisers.urls")),
    path("", include("schools.membership.urls")),
    path("", include("schools.scan.urls")),
    path("", include("schools.matching.urls")),
    path("", include("schools.plan.urls")),
    path("", include("schools.needs.urls")),
    path("", include("schools.overview.urls")),
    path("", include("schools.profiles.urls")),
]
