"""Addresses of the needs of a school."""

from django.urls import path

from schools.needs import views

urlpatterns = [
    path("mijn-school/<school:code>/behoeften/", views.need_list, name="needs"),
    path("mijn-school/<school:code>/behoeften/nieuw/", views.add, name="need-add"),
    path("mijn-school/<school:code>/behoeften/<int:number>/", views.need, name="need"),
    path("mijn-school/<school:code>/behoeften/<int:number>/wijzigen/", views.change, name="need-change"),
    path("mijn-school/<school:code>/behoeften/<int:number>/<slug:word>/", views.step, name="need-step"),
]
