"""The clock tells the database's time, whatever this machine's clock says."""

# ruff: noqa: TID251 - this machine's clock is what the newsroom's is compared with

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from newsroom import clock

APART = timedelta(minutes=5)
NEAR = timedelta(seconds=2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def database_five_minutes_ahead() -> Iterator[Any]:
    """A new connection to a database whose clock is five minutes ahead of this machine's."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA skewed")
        cursor.execute(
            "CREATE FUNCTION skewed.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
            " $$ SELECT pg_catalog.clock_timestamp() + interval '5 minutes' $$"
        )
    other = connection.copy()
    other.settings_dict["OPTIONS"] = {
        **other.settings_dict["OPTIONS"],
        "options": "-c search_path=skewed,pg_catalog,public",
    }
    yield other
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA skewed CASCADE")
    connection.close()
    connection.connect()


@pytest.mark.django_db(transaction=True)
def test_a_machine_whose_clock_is_five_minutes_off_has_the_databases_time(database_five_minutes_ahead: Any) -> None:
    assert abs(clock.now() - datetime.now(UTC)) < NEAR
    database_five_minutes_ahead.connect()
    assert abs(clock.now() - datetime.now(UTC) - APART) < NEAR


@pytest.mark.django_db(transaction=True)
def test_every_new_connection_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_measurement", clock._Measurement(datetime(2001, 1, 1, tzinfo=UTC), 0.0))
    assert clock.now().year == 2001
    connection.close()
    connection.connect()
    assert abs(clock.now() - datetime.now(UTC)) < NEAR


def test_a_process_that_never_asked_asks_at_the_first_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_measurement", None)
    assert abs(clock.now() - datetime.now(UTC)) < NEAR


def test_time_goes_on_by_the_monotonic_clock_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = clock._Measurement(datetime(2030, 6, 1, 12, tzinfo=UTC), 100.0)
    monkeypatch.setattr(clock, "_measurement", measured)
    monkeypatch.setattr("time.monotonic", lambda: 107.5)
    assert clock.now() == datetime(2030, 6, 1, 12, 0, 7, 500_000, tzinfo=UTC)


def test_half_the_round_trip_is_allowed_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_measurement", None)
    ticks = iter([100.0, 104.0])
    with monkeypatch.context() as slow:
        slow.setattr("time.monotonic", lambda: next(ticks))
        clock._measure(connection=connection)
    assert clock._measurement is not None
    assert clock._measurement.monotonic == 102.0


def test_a_connection_is_given_up_within_a_minute_so_that_the_measurement_stays_fresh(settings: Settings) -> None:
    assert 0 < settings.DATABASES["default"]["CONN_MAX_AGE"] <= 60


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("Europe/London", datetime(2026, 7, 31, 23, 0, tzinfo=UTC), date(2026, 8, 1)),
        ("Europe/London", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        ("Pacific/Kiritimati", datetime(2026, 7, 31, 10, 0, tzinfo=UTC), date(2026, 8, 1)),
        ("America/St_Johns", datetime(2026, 3, 1, 3, 29, tzinfo=UTC), date(2026, 2, 28)),
    ],
)
def test_a_date_is_that_of_the_newsrooms_zone(settings: Settings, zone: str, at: datetime, expected: date) -> None:
    settings.NEWSROOM_TIME_ZONE = zone
    assert clock.newsroom_zone().key == zone
    assert clock.local_date(at) == expected


def test_a_time_without_a_zone_has_no_date() -> None:
    with pytest.raises(ValueError, match="aware"):
        clock.local_date(datetime(2026, 7, 31, 23, 0))  # noqa: DTZ001 - that is the point
