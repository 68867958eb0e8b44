"""What holds everywhere. `dev`, `test` and `production` read the environment, import this and add what differs."""

from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from portal.settings.accounts import *  # noqa: F403
from portal.settings.accounts import ACCOUNT_APPS
from portal.settings.env import BASE_DIR

INSTALLED_APPS = [
    "portal.stamps",
    "portal.background",
    "portal.outbox",
    "portal.audit",
    "portal.accounts",
    "portal.vocabulary",
    "portal.media",
    "portal.content",
    "portal.feedback",
    "portal.workdays",
    "search",
    "lessons",
    "schools",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    *ACCOUNT_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.accounts.private.private_for_people",
    "portal.content.hostile.HostileInputMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Frames from the site itself are allowed: editors preview pages in one.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.content.chrome.chrome",
            ],
        },
    },
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# At most 10 MB and 25 megapixels an image; Django keeps larger request bodies out of memory and counts the fields of a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

X_FRAME_OPTIONS = "SAMEORIGIN"
# Nothing from elsewhere and nothing inline. Wagtail's own screens still hold inline scripts, so they are left out.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = "Duurzaam op school"
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.PortalDocumentForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# Not rebuilt in one transaction: on SQLite that keeps every editor waiting.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "ATOMIC_REBUILD": False}}
# One rule per moved section instead of one per page: `portal.content.moves`.
WAGTAILREDIRECTS_AUTO_CREATE = False
# Wagtail's background tasks (its search index, its reference index) leave the request.
TASKS = {"default": {"BACKEND": "portal.background.backend.CeleryAfterCommitBackend"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
# Mails about moderation go to the moderators; an administrator who moderates is one of them.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"
EMAIL_TIMEOUT = 20
OUTBOX_TRANSPORT = "portal.outbox.transports.KeptTransport"
# Attempts at one message over about a day; a server that cannot be reached at all costs none.
OUTBOX_ATTEMPTS = 14
OUTBOX_MAX_BYTES = 10 * 1024 * 1024
OUTBOX_KEEP_DAYS = {"sent": 30, "superseded": 30, "failed": 180}

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request does not wait for a broker in trouble: beat finds in the database what was not handed over.
CELERY_TASK_PUBLISH_RETRY = False


def _every(task: str, seconds: float) -> dict[str, Any]:
    # Whoever comes back after a day off need not do what was asked for meanwhile: the next one does it all. Not shorter than the
    # period; and some minutes at least, for a worker that is busy or whose clock is not quite that of beat.
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 300.0)}}


def _daily(task: str, *, hour: int, minute: int) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(hour=hour, minute=minute), "options": {"expires": 24 * 3600.0}}


# What beat does. Each entry mends what a lost task left undone; nothing that matters lives in the broker.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "search-sweep": _every("search.tasks.sweep", 20.0),
    "search-counts": _every("search.tasks.fold_counts", 60.0),
    "search-counts-forget": _every("search.tasks.forget_old_counts", 24 * 3600.0),
    "search-alerts": _daily("search.tasks.send_alerts", hour=7, minute=10),
    "search-saved-forget": _every("search.tasks.forget_unconfirmed_searches", 3600.0),
    "search-reconcile": _every("search.tasks.reconcile", 3600.0),
    "publish-scheduled": _every("portal.content.tasks.publish_scheduled", 30.0),
    "remind-of-reviews": _daily("portal.content.tasks.remind_of_reviews", hour=6, minute=20),
    "media-renditions": _every("portal.media.tasks.sweep_renditions", 60.0),
    "media-files": _every("portal.media.tasks.sweep_files", 24 * 3600.0),
    "lessons-imports": _every("lessons.tasks.sweep_imports", 30.0),
    "outbox-deliver": _every("portal.outbox.tasks.deliver", 30.0),
    "retention": _daily("portal.accounts.tasks.retention", hour=2, minute=20),
    "mend-references": _daily("portal.background.tasks.mend_references", hour=3, minute=10),
    "mend-admin-search": _daily("portal.background.tasks.mend_admin_search", hour=3, minute=40),
}

# The engines that are kept up to date; the first that answers is asked. ELASTICSEARCH_URLS puts another before this one.
SEARCH_SINKS = ["embedded"]

# What `manage.py load_demo` loads, in this order, and the commands that complete it: by name, as some live on the floors above.
DEMO_CONTENT = [BASE_DIR / "portal" / "content" / "demo", BASE_DIR / "lessons" / "demo"]
DEMO_COMMANDS = [
    "make_schools",
    "load_holidays",
    "load_advisers",
    "load_members",
    "make_renditions",
    "search_reconcile",
    "load_scans",
]
