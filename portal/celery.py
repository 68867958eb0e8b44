"""The Celery application: `celery -A portal worker`. Tasks are found in each app's `tasks.py`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["folder"] = "portal.background.broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
