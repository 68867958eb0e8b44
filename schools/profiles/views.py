"""Changing the profile of a school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schools.access import led_school, signed_in
from schools.errors import ChangedMeanwhileError
from schools.models.profile import SchoolProfile
from schools.profiles.forms import ProfileForm
from schools.profiles.services import mark_of, save_profile
from schools.unsent import mark_seen, typed


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """The form, for who leads the school. Who is second sees what a colleague wrote meanwhile, beside what they typed."""
    school = led_school(request, code)
    found = SchoolProfile.objects.led_by(request.user).filter(school=school).first()
    practices = dict(found.practices.values_list("domain__code", "text")) if found else {}
    words = typed(request)
    form = ProfileForm(words, instance=found, practices=practices)
    stands: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen")
        try:
            save_profile(school=school, actor=request.user, values=form.cleaned_data, practices=form.practices, seen=seen)
        except ChangedMeanwhileError as reason:
            form.add_error(None, str(reason))
            # Fetched before: what the colleague saved is in it already, unless both pressed at once.
            stands = [(domain.label, practices.get(domain.code, "")) for domain in form.domains]
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:own", code=school.code)
    values = {"school": school, "form": form, "stands": stands, "seen": mark_seen(request, words, mark_of(found))}
    return render(request, "schools/profile/form.html", values, status=422 if form.errors else 200)
