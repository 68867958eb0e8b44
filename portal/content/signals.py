"""Whatever changes what visitors see moves the content stamp, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.content.models import PageRelation, SiteSettings
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


@receiver(post_delete, dispatch_uid="content-page-deleted")
def page_deleted(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        bump(CONTENT)


@receiver((post_save, post_delete), dispatch_uid="content-rows")
def row_changed(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, WATCHED):
        bump(CONTENT)
