"""Addresses below /mijn-school/ and /mijn-bestuur/ that are about memberships."""

from django.urls import path

from schools.membership import views

urlpatterns = [
    path("mijn-school/", views.mine, name="mine"),
    path("mijn-school/uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path("mijn-school/lidmaatschap/<uuid:key>/vertrekken/", views.leave, name="leave"),
    path("mijn-school/lidmaatschap/<uuid:key>/rol/", views.role, name="role"),
    path("mijn-school/lidmaatschap/<uuid:key>/beeindigen/", views.end, name="end"),
    path("mijn-school/lidmaatschap/<uuid:key>/<slug:action>/", views.decide, name="decide"),
    path("mijn-school/<school:code>/lid-worden/", views.ask, name="ask"),
    path("mijn-school/<school:code>/mensen/", views.people, name="people"),
    path("mijn-bestuur/<board:number>/lid-worden/", views.ask, name="board-ask"),
    path("mijn-bestuur/<board:number>/mensen/", views.people, name="board-people"),
]
