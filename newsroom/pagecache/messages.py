"""What transactions tell the workers, by PostgreSQL's NOTIFY: sent at their commit, and never after a rollback."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

CHANNEL = "newsroom_pages"
FLUSH = "*"
RESCHEDULE = "@"
MOST_KEYS = 200
MOST_BYTES = 7900  # PostgreSQL takes less than 8000


def send(payload: str) -> None:
    """Send a payload with the running transaction. PostgreSQL sends what is said twice in one only once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def send_keys(keys: Iterable[str]) -> None:
    """Send the keys that a transaction changes; a flush instead where they are too many. No key, no statement."""
    if different := sorted(set(keys)):
        payload = " ".join(different)
        send(payload if len(different) <= MOST_KEYS and len(payload) <= MOST_BYTES else FLUSH)


def keys_of(payload: str) -> frozenset[str]:
    """The keys in a payload that is neither FLUSH nor RESCHEDULE."""
    return frozenset(payload.split())
