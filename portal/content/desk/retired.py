"""Screens for moderators: which retired concepts pages still carry, and putting another in the place of one."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from portal.content.desk.replacing import find, replace, still_carried
from portal.vocabulary.elsewhere import counts
from portal.vocabulary.forms import ConceptChoiceField
from portal.vocabulary.models import Concept

PERMISSION = "vocabulary.change_concept"
PER_PAGE = 50


class ReplacementForm(forms.Form):
    """Which concept of the same scheme comes in the place; retired ones cannot be chosen."""

    def __init__(self, *args: object, scheme: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"] = ConceptChoiceField(
            scheme=scheme, queryset=Concept.objects.none(), label=_("New concept"), empty_label=""
        )


@permission_required(PERMISSION, raise_exception=True)
@require_safe
def retired_concepts(request: HttpRequest) -> HttpResponse:
    """The retired concepts that pages still carry."""
    return render(request, "content/desk/retired.html", {"rows": still_carried()})


@permission_required(PERMISSION, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def replace_concept(request: HttpRequest, pk: int) -> HttpResponse:
    """First which concept comes in the place (GET), then what changes by that (GET with `new`), then the change itself (POST)."""
    old = get_object_or_404(Concept, pk=pk, retired=True)
    form = ReplacementForm(request.POST or (request.GET if "new" in request.GET else None), scheme=old.scheme)
    new = form.cleaned_data["new"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and new:
        try:
            count = replace(old, new, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            text = ngettext("One page now carries %(new)s.", "%(count)s pages now carry %(new)s.", count)
            messages.success(request, (text if count else _("%(new)s came in its place.")) % {"count": count, "new": new})
            return redirect("retired_concepts")
    pages = find(old, request.user)
    shown = WagtailPaginator(pages, PER_PAGE).get_page(request.GET.get("p"))
    others = counts([old.pk])[old.pk]
    context = {"old": old, "new": new, "form": form, "count": len(pages), "others": others, "carriers": shown}
    return render(request, "content/desk/replace.html", context)
