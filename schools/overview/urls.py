"""Addresses of the pages of a school and a board for who belongs to them."""

from django.urls import path

from schools.overview import views

urlpatterns = [
    path("mijn-school/<school:code>/", views.own, name="own"),
    path("mijn-bestuur/<board:number>/", views.board, name="board-own"),
    path("mijn-bestuur/<board:number>/scholen.xlsx", views.board_export, name="board-export"),
]
