"""Addresses of the site's own pages, and of what belongs to a site: sitemap, robots, feeds."""

from django.urls import path, re_path
from wagtail.views import authenticate_with_password

from portal.content.access import sign_in
from portal.content.feeds import NewPages
from portal.content.serving import serve
from portal.content.sitefiles import robots, sitemap
from portal.passwords import back_to_a_path

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("feeds/nieuw.xml", NewPages(), name="feed"),
    path("feeds/<slug:kind>.xml", NewPages(), name="feed-kind"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap, name="sitemap-part"),
    path(
        "_toegang/<int:page_view_restriction_id>/<int:page_id>/",
        back_to_a_path(authenticate_with_password),
        name="wagtailcore_authenticate_with_password",
    ),
    path("_toegang/", sign_in, name="wagtailcore_login"),
    # The name under which Wagtail looks for a page's address.
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
