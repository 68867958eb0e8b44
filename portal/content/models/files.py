"""Which content file made which page."""

from django.db import models


class LoadedFile(models.Model):
    """Remembers a content file by its address on the site and its digest, so that an unchanged file writes nothing."""

    address = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.address
