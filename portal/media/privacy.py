"""Pictures and documents. The site keeps them when the one who added them leaves; then nothing says who that was."""

from collections.abc import Sequence
from typing import Any

from portal.media.models import PortalDocument, PortalImage
from portal.privacy import classify, register

_FILE = "title file created_at file_size tags"
_FOCUS = "focal_point_x focal_point_y focal_point_width focal_point_height"
classify(
    "media.PortalImage",
    public=f"{_FILE} width height {_FOCUS} description is_decorative credit",
    internal="collection file_hash renditions_key",
    personal="uploaded_by_user",
)
classify("media.PortalRendition", public="file width height image", internal="filter_spec focal_point_key")
classify("media.PortalDocument", public=_FILE, internal="collection file_hash", personal="uploaded_by_user")


def _export(user: Any) -> dict[str, Any]:
    mine = {"uploaded_by_user": user.pk}
    return {
        "images": list(PortalImage.objects.filter(**mine).order_by("pk").values("title", "created_at")),
        "documents": list(PortalDocument.objects.filter(**mine).order_by("pk").values("title", "created_at")),
    }


def _erase(people: Sequence[Any]) -> None:
    """The database empties `uploaded_by_user` when the account goes."""


register("files", export=_export, erase=_erase)
