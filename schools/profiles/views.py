"""Changing the profile of a school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schools.access import led_school, signed_in
from schools.models.profile import SchoolProfile
from schools.profiles.forms import ProfileForm
from schools.profiles.services import save_profile


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """The form, for who leads the school."""
    school = led_school(request, code)
    found = SchoolProfile.objects.led_by(request.user).filter(school=school).first()
    practices = dict(found.practices.values_list("domain__code", "text")) if found else {}
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=found, practices=practices)
    if request.method == "POST" and form.is_valid():
        save_profile(school=school, actor=request.user, values=form.cleaned_data, practices=form.practices)
        messages.success(request, _("Saved."))
        return redirect("schools:own", code=school.code)
    values = {"school": school, "form": form}
    return render(request, "schools/profile/form.html", values, status=422 if form.errors else 200)
