"""Two editors at one page: the second is told before the text of the first is replaced, and both texts are kept.

Wagtail warns in the browser, if its script has heard of the other in time; a form that is sent all the same replaces the newest
text without a word. Here the server itself holds such a form back and shows it again. Both texts stay in the history of the page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

# The name of the button that saves all the same; its value is the revision that the editor was told about.
KNOWINGLY = "replace-revision"
# So many digits may be more than a table can count.
LONGEST_NUMBER = 19


class DeskEditView(EditView):
    """Wagtail's editor, that replaces nothing its user has not seen."""

    is_held_back = False

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            # Of two forms sent at once the second waits here, and then sees what the first has saved.
            get_object_or_404(Page.objects.select_for_update(of=("self",)).only("pk"), pk=page_id)
        response: HttpResponse = super().dispatch(request, page_id, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        replaces = self.is_out_of_date and not self.locked_for_user and not self.expects_json_response
        if replaces and not self.page.alias_of_id and self._is_by_another():
            if request.POST.get(KNOWINGLY) != str(self.latest_revision.pk):
                return self._hold_back()
            self._start_from_latest()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.is_held_back:
            # It stays a form made from an older text: else the editor's script would save it by itself a moment later.
            context["loaded_revision_created_at"] = ""
        return context

    def _is_by_another(self) -> bool:
        """Whether somebody else saved since this form was made. Its own script saves too: who clicks while that is under way
        sends a form that does not know of it yet, and is not held back for it."""
        me = self.request.user.pk
        known = self._revision("overwrite_revision_id") or self._revision("loaded_revision_id")
        others = self.real_page_record.revisions.exclude(user=me)
        return self.latest_revision.user_id != me or (known > 0 and others.filter(pk__gt=known).exists())

    def _revision(self, name: str) -> int:
        """The number of a revision that came with the form; 0 without one."""
        text = self.request.POST.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0

    def _hold_back(self) -> HttpResponse:
        """The form again, as it was sent, with what happened meanwhile and a way to save it all the same."""
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.form.defer_required_fields()
        self.form.is_valid()
        self.form.restore_required_fields()
        self.is_held_back = self.has_unsaved_changes = True
        messages.warning(self.request, self._what_happened())
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def _what_happened(self) -> str:
        newest = self.latest_revision
        loaded = self._revision("loaded_revision_id")
        known = self.real_page_record.revisions.filter(pk=loaded).exists()
        earlier = loaded if known and loaded != newest.pk else "earliest"
        values = {
            "newest": newest,
            "name": get_user_display_name(newest.user) if newest.user else _("The portal"),
            "compare_url": reverse("wagtailadmin_pages:revisions_compare", args=(self.page.pk, earlier, newest.pk)),
            "button": KNOWINGLY,
        }
        return render_to_string("content/desk/held_back.html", values)

    def _start_from_latest(self) -> None:
        """As if the form had been made from the newest revision: a revision that this editor's script wrote before stays."""
        values = self.request.POST.copy()
        values.pop("overwrite_revision_id", None)
        self.request.POST = values
