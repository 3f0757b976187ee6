"""The one clock: the database's time, so that two machines with different clocks agree on what is live.

At each new connection the database says what time it is; from then on time.monotonic() counts on, so that neither
a wrong nor a stepped clock of this machine matters. CONN_MAX_AGE bounds how old a measurement may get, and the page
cache's line to the database brings one with each of its heartbeats.
Only views, admin actions and commands call now(); everything below them takes `at=`.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class _Measurement(NamedTuple):
    database_time: datetime
    monotonic: float


_measurement: _Measurement | None = None


def now() -> datetime:
    """Return the database's time, aware, in UTC. Connects if this process has never asked the database."""
    measured = _measured()
    return measured.database_time + timedelta(seconds=time.monotonic() - measured.monotonic)


def ahead() -> float:
    """Return what to add to time.monotonic() to have now() in seconds since 1970: for comparing often and fast."""
    measured = _measured()
    return measured.database_time.timestamp() - measured.monotonic


def told(database_time: datetime, *, before: float, after: float) -> None:
    """Take in what the database said the time is, asked between two readings of time.monotonic().

    What does not contradict the last measurement changes nothing, so that the clock does not tremble: it says when the
    database's clock stood at `database_time` only as exactly as the answer was quick.
    """
    global _measurement
    if _measurement is not None:
        due = _measurement.monotonic + (database_time - _measurement.database_time).total_seconds()
        if before <= due <= after:
            return
    _measurement = _Measurement(database_time.astimezone(UTC), (before + after) / 2)


def newsroom_zone() -> ZoneInfo:
    """Return the time zone that the newsroom works in: dates in addresses and on pages are of this zone."""
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def local_date(at: datetime) -> date:
    """Return the newsroom's calendar date at the instant `at`, which must be aware."""
    if at.tzinfo is None:
        raise ValueError("local_date() takes an aware datetime.")
    return at.astimezone(newsroom_zone()).date()


def _measured() -> _Measurement:
    if _measurement is None:
        connection.ensure_connection()
    if _measurement is None:
        _measure(connection=connection)
    if _measurement is None:
        raise RuntimeError("The database did not tell the time.")
    return _measurement


def _measure(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Ask a fresh connection for the time; the answer is as old as half the round trip."""
    with connection.cursor() as cursor:
        before = time.monotonic()
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
        after = time.monotonic()
    told(row[0], before=before, after=after)


connection_created.connect(_measure, dispatch_uid="newsroom.clock")
