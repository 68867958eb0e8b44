"""Changing the profile of a school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schools.access import led_school, signed_in
from schools.errors import ChangedMeanwhileError
from schools.models.profile import SchoolProfile
from schools.models.register import School
from schools.profiles.forms import ProfileForm
from schools.profiles.services import mark_of, save_profile
from schools.seen import what_stands
from schools.unsent import mark_seen, typed


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """The form, for who leads the school. Who is second sees what a colleague wrote meanwhile, beside what they typed."""
    school = led_school(request, code)
    found, practices = _stored(request, school)
    words = typed(request)
    form = ProfileForm(words, instance=found, practices=practices)
    stands: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen")
        try:
            save_profile(school=school, actor=request.user, values=form.cleaned_data, practices=form.practices, seen=seen)
        except ChangedMeanwhileError as reason:
            form.add_error(None, str(reason))
            # Once more: when both pressed at once, what the colleague saved was not there yet.
            found, practices = _stored(request, school)
            stands = what_stands(ProfileForm(instance=found, practices=practices))
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:own", code=school.code)
    values = {"school": school, "form": form, "stands": stands, "seen": mark_seen(request, words, mark_of(found))}
    return render(request, "schools/profile/form.html", values, status=422 if form.errors else 200)


def _stored(request: HttpRequest, school: School) -> tuple[SchoolProfile | None, dict[str, str]]:
    """The profile as it stands, and its texts by code of the domain."""
    found = SchoolProfile.objects.led_by(request.user).filter(school=school).first()
    return found, dict(found.practices.values_list("domain__code", "text")) if found else {}
