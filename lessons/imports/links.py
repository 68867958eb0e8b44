"""Links in cells: addresses of this site, of elsewhere and of documents, and what Wagtail stores for them."""

import html
import re
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from lessons.imports.cells import CellError, shortened
from portal.accounts.models import User
from portal.media.models import PortalDocument

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
DOCUMENT = re.compile(r"(?:document[: ]|/documenten/)(\d{1,9})(?:/[^\s/]*)?", re.I)


class Links:
    """Knows the pages of the site by key and by address, and the documents that this person may choose (all without a person)."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user

    @cached_property
    def _addresses(self) -> dict[int, str]:
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            return {}
        root = site.root_page.url_path
        rows = Page.objects.filter(url_path__startswith=root).values_list("pk", "url_path")
        return {pk: "/" + path.removeprefix(root) for pk, path in rows}

    @cached_property
    def _pages(self) -> dict[str, int]:
        return {address: pk for pk, address in self._addresses.items()}

    @cached_property
    def _documents(self) -> frozenset[int]:
        documents = PortalDocument.objects.all()
        if self.user is not None:
            policy = policy_registry.get_by_type(PortalDocument)
            documents = policy.instances_user_has_permission_for(self.user, "choose")
        return frozenset(documents.values_list("pk", flat=True))

    def shown(self, href: str) -> str:
        """A stored link as a cell shows it: `page:12` as the address of that page."""
        kind, _colon, key = href.partition(":")
        if kind == "page" and key.isdigit():
            return self._addresses.get(int(key), href)
        return href

    def stored(self, href: str) -> str:
        """A link of a cell as it is stored: an address of this site as `page:12`. Raises CellError for what leads nowhere."""
        # With the name of this site before it; a document of another site is theirs.
        if document := DOCUMENT.fullmatch(href.removeprefix(settings.WAGTAILADMIN_BASE_URL)):
            return f"document:{self.document(int(document[1]))}"
        if href.startswith("/") and not href.startswith("//"):
            address = href.partition("#")[0].partition("?")[0]
            if address.startswith("/zoeken/"):
                return href
            if key := self._pages.get(address if address.endswith("/") else f"{address}/"):
                return f"page:{key}"
            raise CellError(_("There is no page %(address)s on this site.") % {"address": shortened(href)})
        return self.elsewhere(href)

    def elsewhere(self, href: str) -> str:
        """An address of another site, of a mailbox or a telephone. Raises CellError."""
        try:
            parts = urlsplit(href)
            whole = parts.scheme in ("mailto", "tel") or bool(parts.hostname)
        except ValueError:
            whole = False
        if not whole or parts.scheme not in SCHEMES:
            raise CellError(_("“%(address)s” is not a web address.") % {"address": shortened(href)})
        return href

    def document(self, key: int) -> int:
        """The key of a document. Raises CellError when there is none that this person may choose."""
        if key not in self._documents:
            raise CellError(_("There is no document %(number)s.") % {"number": key})
        return key


def anchor(href: str) -> str:
    """The opening tag of a stored link, as rich text has it."""
    kind, _colon, key = href.partition(":")
    if kind in ("page", "document") and key.isdigit():
        return f'<a linktype="{kind}" id="{key}">'
    return f'<a href="{html.escape(href)}">'
