"""Django's database settings from one URL: `sqlite:////path` or `postgres://user:password@host:port/name`."""

from typing import Any

from dj_database_url import parse

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000", "temp_store=MEMORY")


def database(url: str, *, connections_seconds: int) -> dict[str, Any]:
    """Settings for one database.

    SQLite takes its write lock at the start of each transaction (IMMEDIATE) and waits up to 20 s for it, so that two
    writers queue instead of failing half-way; the write-ahead log lets readers go on meanwhile.
    """
    settings: dict[str, Any] = dict(parse(url, conn_max_age=connections_seconds, conn_health_checks=True))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in _PRAGMAS),
        }
        settings["CONN_HEALTH_CHECKS"] = False
    return settings
