"""The screens of this floor in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from schools.models import Adviser


class AdviserViewSet(ModelViewSet):
    """Who thinks along with schools."""

    model = Adviser
    icon = "group"
    menu_label = _("Advisers")
    menu_order = 240
    add_to_admin_menu = True
    list_display = ("name", "role", BooleanColumn("is_shown", label=_("shown on the site")))
    list_filter = ("is_shown",)
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
