"""The screens of this floor in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.content.desk.exporting import SafeExportList
from portal.policies import NarrowPolicy
from schools.models import Adviser, ScanStatement


class AdviserViewSet(ModelViewSet):
    """Who thinks along with schools."""

    model = Adviser
    icon = "group"
    menu_label = _("Advisers")
    menu_order = 240
    add_to_admin_menu = True
    list_display = ("name", "role", BooleanColumn("is_shown", label=_("shown on the site")))
    list_filter = ("is_shown",)
    index_view_class = SafeExportList
    list_export = ("name", "role", "telephone", "email", "reachable", "is_shown")
    export_filename = "makelaars"
    search_fields = ("name", "role")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder=False),
            FieldPanel("slug"),
            FieldPanel("is_shown"),
            FieldPanel("role"),
            FieldPanel("introduction"),
            FieldPanel("image"),
            MultiFieldPanel([FieldPanel(name) for name in ("telephone", "email", "reachable")], heading=_("Contact")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("provinces", "sectors", "wsa")],
                heading=_("For whom"),
                help_text=_("What you leave empty means: all of them."),
            ),
        ]
    )


class StatementPermissionPolicy(NarrowPolicy):
    """Nobody deletes a statement, superusers included: answers refer to it. It is retired instead."""

    actions = frozenset({"add", "change", "view"})


class StatementViewSet(ModelViewSet):
    """What the quick scan asks."""

    model = ScanStatement
    icon = "check"
    menu_label = _("Quick scan")
    menu_order = 241
    add_to_admin_menu = True
    list_display = ("text", "domain", "order", BooleanColumn("retired", label=_("retired")))
    list_filter = ("domain", "retired")
    index_view_class = SafeExportList
    list_export = ("domain.label_nl", "text", "explanation", "need", "order", "retired")
    export_headings = {"domain.label_nl": _("Domain")}
    export_filename = "quickscan"
    list_select_related = ("domain",)
    list_per_page = 50
    search_fields = ("text", "need")
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel(name) for name in ("domain", "text", "explanation", "need", "order", "retired")])
