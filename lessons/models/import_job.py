"""A file of lessons on its way in: handed in, checked, and written in the background."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models.index import LessonIndexPage
from portal.accounts.models import User

# Files of people are kept this long, so that an editor can look back, and no longer.
KEPT = timedelta(days=30)


class ImportState(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", _("Being checked")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not carried out")


# What may follow what. An import goes back to the dry run when the lessons changed after it.
TRANSITIONS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.UPLOADED: frozenset({ImportState.CHECKED, ImportState.FAILED}),
    ImportState.CHECKED: frozenset({ImportState.RUNNING}),
    ImportState.RUNNING: frozenset({ImportState.CHECKED, ImportState.DONE, ImportState.FAILED}),
    ImportState.DONE: frozenset(),
    ImportState.FAILED: frozenset(),
}
# A worker has something to do.
BUSY = frozenset({ImportState.UPLOADED, ImportState.RUNNING})


def import_storage() -> FileSystemStorage:
    """The folder of uploaded tables: beside the media folder, so that no address leads there."""
    return FileSystemStorage(location=Path(settings.VAR_DIR) / "imports", base_url="")


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def for_user(self, user: Any) -> "ImportJobQuerySet":
        """The imports that this person may see: their own."""
        return self.filter(user=user)


class ImportJob(models.Model):
    """One import. A worker holds it by `lease` until `lease_until`; when that passes, another may take it over."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user"))
    index = models.ForeignKey(LessonIndexPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("below"))
    file = models.FileField(_("file"), storage=import_storage, upload_to="", max_length=200, blank=True)
    name = models.CharField(_("name of the file"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # Why nothing came of it, or what the editor should know; a sentence.
    message = models.TextField(blank=True)
    # Made by `lessons.imports.reports`.
    report = models.JSONField(default=dict, blank=True)
    # The keys of the pages that were written.
    written = models.JSONField(default=list, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("uploaded on"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportJobQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of lessons")
        verbose_name_plural = _("imports of lessons")
        ordering = ("-created_at", "-pk")
        default_permissions = ()
        indexes = (models.Index(fields=("state", "lease_until")),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        """Whether a worker has something to do for it."""
        return self.state in BUSY

    @property
    def may_run(self) -> bool:
        """Whether the dry run found something to write and no fault."""
        counts = self.report.get("counts", {})
        return self.state == ImportState.CHECKED and not counts.get("error") and bool(counts.get("new") or counts.get("changed"))
