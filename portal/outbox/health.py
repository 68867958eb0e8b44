"""What a monitor hears about mail."""

from portal.outbox.relay import overdue


def mail_health() -> str:
    """Whether mail leaves in time."""
    waiting = overdue()
    return f"{waiting} messages are overdue" if waiting else ""
