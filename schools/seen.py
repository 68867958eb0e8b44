"""Two people with the same form: the second is told before what the first wrote is replaced."""

from django.utils.translation import gettext as _

from schools.errors import ChangedMeanwhileError


def refuse_stale(seen: str | None, mark: str) -> None:
    """Raises ChangedMeanwhileError unless `seen`, the mark that came with a form, is that of the thing as it is now; without one
    nothing is compared. Call it with the thing locked."""
    if seen is not None and seen != mark:
        raise ChangedMeanwhileError(
            _("A colleague saved this while you wrote. See what stands there now. Save again to put your words in its place.")
        )
