"""The vocabulary in Wagtail's admin: editors change words, files bring concepts, nobody deletes them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from portal.policies import NarrowPolicy
from portal.vocabulary.choosers import concept_chooser
from portal.vocabulary.forms import ConceptForm
from portal.vocabulary.models import Concept
from portal.vocabulary.usage import pages_with


class ConceptPermissionPolicy(NarrowPolicy):
    """Nobody deletes a concept, superusers included: pages and addresses refer to it. It is retired instead."""

    actions = frozenset({"add", "change", "view"})


class ConceptUsageView(UsageView):
    """The pages with a concept that this user may edit."""

    columns = (
        TitleColumn("title", label=_("Title"), accessor="get_admin_display_title", url_name="wagtailadmin_pages:edit"),
        Column("type", label=_("Type"), accessor="page_type_display_name"),
        BooleanColumn("live", label=_("Live")),
    )

    def get_queryset(self) -> QuerySet[Page]:
        editable = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return pages_with([self.object.pk]).filter(pk__in=editable.values("pk")).order_by("title")

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        # Not the table of the reference index, which does not see many-to-many relations.
        return BaseListingView.get_table(self, object_list, **kwargs)


class ConceptViewSet(ModelViewSet):
    model = Concept
    name = "concepts"
    icon = "tag"
    menu_label = _("Vocabulary")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    usage_view_class = ConceptUsageView
    list_per_page = 50
    list_display = (
        *("label_nl", "code", "scheme"),
        BooleanColumn("verified", label=capfirst(_("verified"))),
        BooleanColumn("retired", label=capfirst(_("retired"))),
    )
    list_filter = ("scheme", "source", "verified", "retired")
    search_fields = ("label_nl", "label_en", "code", "notation", "explanation")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("scheme"), FieldPanel("code"), FieldPanel("broader", widget=concept_chooser.widget_class)],
                heading=_("Place in the vocabulary"),
            ),
            FieldPanel("label_nl"),
            FieldPanel("label_en"),
            FieldPanel("explanation"),
            FieldPanel("alt_labels"),
            FieldPanel("hidden_labels"),
            MultiFieldPanel([FieldPanel("verified"), FieldPanel("retired")], heading=_("Status")),
            MultiFieldPanel(
                [FieldPanel(name, read_only=True) for name in ("notation", "official_text", "valid_from", "valid_until")],
                heading=_("From the source"),
            ),
        ],
        base_form_class=ConceptForm,
    )


concept_viewset = ConceptViewSet()
