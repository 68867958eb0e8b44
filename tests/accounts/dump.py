"""All that the database holds, to look for traces of a person."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection


def traces(*words: str) -> list[str]:
    """`table.column: value` of everything in which one of these words stands, whatever its capitals; mails are read as a reader
    would see them."""
    wanted = [word.lower() for word in words]
    return [f"{place}: {text[:80]}" for place, text in everything() if any(word in text.lower() for word in wanted)]


def everything() -> Iterator[tuple[str, str]]:
    """Place and text of each value of each row of each table; what sessions hold is read too."""
    yield from (("django_session.session_data", str(session.get_decoded())) for session in Session.objects.iterator())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{column}", readable(value)) for column, value in zip(columns, row, strict=True) if value)


def readable(value: Any) -> str:
    """A value as text."""
    if not isinstance(value, bytes | memoryview):
        return str(value)
    mail = message_from_bytes(bytes(value), policy=policy.default)
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([bytes(value).decode("utf-8", "replace"), *(str(header) for header in mail.items()), *parts])
