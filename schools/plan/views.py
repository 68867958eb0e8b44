"""The plan of a school: a page to read and print, and the same as PDF. Everybody who belongs to the school may have it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from schools.access import own_school, signed_in
from schools.plan.contents import plan_of
from schools.plan.drawing import description, drawing
from schools.plan.pdf import can_make_pdf, make_pdf
from search.addresses import absolute


@signed_in
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """The plan as a page."""
    school = own_school(request, code)
    return render(request, "schools/plan/plan.html", {"school": school, "plan": plan_of(school), "can_make_pdf": can_make_pdf()})


@signed_in
@require_safe
def plan_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The plan as PDF/UA; on a machine that cannot make one, the page to print."""
    school = own_school(request, code)
    if not can_make_pdf():
        return redirect("schools:plan", code=school.code)
    shown = plan_of(school)
    values = {
        "plan": shown,
        "school": school,
        "flower": drawing(shown.petals),
        "flower_in_words": description(shown.petals),
        "site": absolute(""),
    }
    pdf = make_pdf(render_to_string("schools/plan/pdf.html", values, request=request))
    name = f"plan-{slugify(school.name)[:60]}-{shown.day:%Y-%m-%d}.pdf"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
