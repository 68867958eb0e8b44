"""Whatever changes what visitors see moves the content stamp, in the transaction of the change."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.content.models import PageRelation, SiteSettings
from portal.content.moves import remember_address
from portal.media.models import PortalDocument, PortalImage, PortalRendition
from portal.stamps.models import CONTENT, bump

# Renditions too: a page that was kept while a picture was still being made shows the smallest ready size.
WATCHED = (SiteSettings, Site, PageViewRestriction, PageRelation, PortalImage, PortalRendition, PortalDocument)


@receiver(post_save, dispatch_uid="content-page-saved")
def page_saved(sender: type, instance: Any, update_fields: Any, **kwargs: Any) -> None:
    """Publishing, and whatever else writes a live page: an alias or an import sends no signal of publishing. Saving a draft of
    a live page writes some of its columns alone."""
    if issubclass(sender, Page) and instance.live and update_fields is None:
        bump(CONTENT)


@receiver((page_unpublished, post_page_move, page_slug_changed), dispatch_uid="content-pages")
def page_changed(**kwargs: Any) -> None:
    bump(CONTENT)


@receiver(pre_save, dispatch_uid="content-address")
def address_changes(sender: type, instance: Any, raw: bool, update_fields: Collection[str] | None, **kwargs: Any) -> None:
    """Before the row, and not at Wagtail's signals: those come after the commit, when the process may be gone already."""
    if raw or not issubclass(sender, Page) or (update_fields is not None and not {"slug", "url_path"} & set(update_fields)):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("url_path", "live", "first_published_at", "numchild").first()
    if before and before[0] != instance.url_path and any(before[1:]):
        remember_address(instance, before=before[0])


@receiver(post_delete, dispatch_uid="content-page-deleted")
def page_deleted(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        bump(CONTENT)


@receiver((post_save, post_delete), dispatch_uid="content-rows")
def row_changed(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, WATCHED):
        bump(CONTENT)
