"""Addresses of the plan of a school."""

from django.urls import path

from schools.plan.views import plan, plan_pdf

urlpatterns = [
    path("mijn-school/<school:code>/plan/", plan, name="plan"),
    path("mijn-school/<school:code>/plan/plan.pdf", plan_pdf, name="plan-pdf"),
]
