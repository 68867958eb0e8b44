"""The address of the profile of a school."""

from django.urls import path

from schools.profiles import views

urlpatterns = [path("mijn-school/<school:code>/profiel/", views.profile, name="profile")]
