"""The finder on the editors' desk: words, promoted results, what visitors search for."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import Promotion, SynonymGroup, WholeWord


class SynonymViewSet(ModelViewSet):
    """Words that mean the same."""

    model = SynonymGroup
    menu_label = _("Synonyms")
    icon = "title"
    form_fields = ("words", "note")
    list_display = ("words", "note")
    search_fields = ("words", "note")
    copy_view_enabled = False


class WholeWordViewSet(ModelViewSet):
    """Words that are not split."""

    model = WholeWord
    menu_label = _("Words not split")
    icon = "form"
    form_fields = ("word",)
    search_fields = ("word",)
    copy_view_enabled = False


class PromotionViewSet(ModelViewSet):
    """Pages on top of a search."""

    model = Promotion
    menu_label = _("Promoted results")
    icon = "pick"
    form_fields = ("text", "page", "order", "until")
    list_display = ("text", "page", "order", "until")
    list_select_related = ("page",)
    search_fields = ("text",)
    copy_view_enabled = False


class FinderViewSetGroup(ViewSetGroup):
    """The menu "finder"."""

    menu_label = _("Finder")
    menu_icon = "search"
    menu_order = 260
    items = (SynonymViewSet("synonyms"), WholeWordViewSet("whole_words"), PromotionViewSet("promotions"))
