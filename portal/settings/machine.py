"""Settings that follow from the environment: database, caches, broker, folders, logging."""

from typing import Any
from urllib.parse import urlsplit

import dj_email_url

from portal.settings.base import CONTENT_SECURITY_POLICY
from portal.settings.databases import database
from portal.settings.env import Environment, OpenIdProvider


def machine_settings(env: Environment) -> dict[str, Any]:
    """Django settings for one machine; the caller adds them to its module with `globals().update(...)`.

    Without Redis the cache lives in the process and Celery's broker is a folder: enough for one host and a handful of
    processes. The cache named `renditions` is always local: in Redis it costs more than the query it saves.
    """
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url} if env.redis_url else local
    return {
        "SECRET_KEY": env.secret_key,
        "SECRET_KEY_FALLBACKS": env.secret_key_fallbacks,
        "ALLOWED_HOSTS": env.allowed_hosts,
        "WAGTAILADMIN_BASE_URL": env.base_url,
        "DATABASES": {"default": database(env.database_url, connections_seconds=env.database_connections_seconds)},
        "CACHES": {
            "default": {**shared, "KEY_PREFIX": "portal"},
            "renditions": {**local, "LOCATION": "renditions", "OPTIONS": {"MAX_ENTRIES": 20_000}},
            "documents": {**local, "LOCATION": "documents", "OPTIONS": {"MAX_ENTRIES": 2_000}},
        },
        "MEDIA_ROOT": str(env.var_dir / "media"),
        "STATIC_ROOT": str(env.var_dir / "static"),
        "SEARCH_INDEX_DIR": env.var_dir / "index",
        **_elasticsearch(env),
        **openid_settings(env.openid_providers),
        "VAR_DIR": env.var_dir,
        "REDIS_URL": env.redis_url,
        **_broker(env),
        **_mail(env),
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
            # A line a page, two a background task and one a request to Elasticsearch would drown the rest.
            "loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "elastic_transport")},
            "root": {"handlers": ["console"], "level": env.log_level},
        },
    }


def _mail(env: Environment) -> dict[str, Any]:
    """Django's settings of the mail server, and who the portal writes as. Only an `smtp` URL lets mail leave the machine; raises
    ValueError for a URL of a kind that nobody knows."""
    server = dj_email_url.parse(env.email_url)
    if "EMAIL_BACKEND" not in server:
        raise ValueError("EMAIL_URL has to begin with smtp://, submission:// or console://")
    leaves = server.pop("EMAIL_BACKEND") == "django.core.mail.backends.smtp.EmailBackend"
    return {
        "DEFAULT_FROM_EMAIL": env.mail_from,
        "SERVER_EMAIL": env.mail_from,
        "OUTBOX_TRANSPORT": f"portal.outbox.transports.{'SmtpTransport' if leaves else 'KeptTransport'}",
        **{name: value for name, value in server.items() if value is not None},
    }


def openid_settings(providers: list[OpenIdProvider]) -> dict[str, Any]:
    """Sign-in by way of organisations; nothing when there is none. A form of ours leads to them, which the browser must allow."""
    if not providers:
        return {}
    apps = [
        {
            "provider_id": provider.code,
            "name": provider.name,
            "client_id": provider.client_id,
            "secret": provider.client_secret,
            "settings": {"server_url": provider.url},
        }
        for provider in providers
    ]
    places = [f"{parts.scheme}://{parts.netloc}" for parts in (urlsplit(provider.url) for provider in providers)]
    directives = {**CONTENT_SECURITY_POLICY["DIRECTIVES"], "form-action": ["'self'", *places]}
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}},
        "OPENID_VOUCHERS": [provider.code for provider in providers if provider.vouches],
        "CONTENT_SECURITY_POLICY": {**CONTENT_SECURITY_POLICY, "DIRECTIVES": directives},
    }


def _elasticsearch(env: Environment) -> dict[str, Any]:
    if not env.elasticsearch_urls:
        return {}
    access = {
        "urls": tuple(env.elasticsearch_urls),
        "prefix": env.elasticsearch_prefix,
        "user": env.elasticsearch_user,
        "password": env.elasticsearch_password,
        "api_key": env.elasticsearch_api_key,
        "ca_certs": env.elasticsearch_ca_certs,
    }
    # The embedded index stays up to date beside it, and answers when Elasticsearch cannot.
    return {"SEARCH_SINKS": ["elasticsearch", "embedded"], "ELASTICSEARCH": access}


def _broker(env: Environment) -> dict[str, Any]:
    if env.broker_url:
        # A broker that refuses costs a request nothing, one that is silent a second; kombu by itself waits 6 s, or for ever.
        patience = {
            "socket_timeout": 1.0,
            "socket_connect_timeout": 1.0,
            "max_retries": 1,
            "interval_start": 0,
            "interval_max": 0,
        }
        return {
            "CELERY_BROKER_URL": env.broker_url,
            "CELERY_BROKER_CONNECTION_TIMEOUT": 1.0,
            "CELERY_BROKER_TRANSPORT_OPTIONS": patience,
        }
    folder = env.var_dir / "broker"
    messages = folder / "messages"
    # kombu wants the folders to exist before the first message.
    for path in (messages, folder / "control"):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "folder://localhost/",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.1,
        },
    }
