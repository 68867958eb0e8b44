"""The site itself and everything the other floors stand on."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
