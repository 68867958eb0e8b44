"""Addresses of the forms below a page, below /reactie/."""

from django.urls import path

from portal.feedback.views import give, thanks

urlpatterns = [
    path("<str:kind>/<int:page_id>/", give, name="feedback"),
    path("<str:kind>/<int:page_id>/dank/", thanks, name="feedback-thanks"),
]
