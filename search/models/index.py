"""What the database knows about the index: which documents are due, and at which revision each should stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentRevision(models.Model):
    """The revision at which a document should stand in every index. It only grows; the content stamp supplies the numbers, so
    revisions follow the order of the commits."""

    key = models.CharField(max_length=20, primary_key=True)
    revision = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.key} at {self.revision}"


class IndexRow(models.Model):
    """This document is dirty for this engine. Written in the transaction of the change, removed when the engine has it."""

    key = models.CharField(max_length=20)
    sink = models.CharField(max_length=20)
    revision = models.PositiveBigIntegerField()
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document to index")
        verbose_name_plural = _("documents to index")
        constraints = (models.UniqueConstraint(fields=("key", "sink"), name="search_row_key_sink"),)
        indexes = (models.Index(fields=("sink", "revision"), name="search_row_sink_revision"),)

    def __str__(self) -> str:
        return f"{self.key} for {self.sink}"
