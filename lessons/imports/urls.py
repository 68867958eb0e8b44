"""Addresses of the import, below the admin's."""

from django.urls import path, re_path

from lessons.imports import views

app_name = "lessons_import"
urlpatterns = [
    path("", views.start, name="start"),
    re_path(r"^sjabloon\.(?P<extension>xlsx|csv)$", views.template, name="template"),
    path("<int:key>/", views.show, name="job"),
    path("<int:key>/uitvoeren/", views.confirm, name="confirm"),
]
