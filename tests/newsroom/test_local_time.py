"""Times as people type them: what the clock change skips is refused, what it repeats is asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from pytest_django.fixtures import Settings

from newsroom.local_time import RepeatedTimeError, SkippedTimeError, in_words, read_local, since, then

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture(autouse=True)
def _london(settings: Settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/London"


@pytest.mark.parametrize(
    ("day", "typed", "instant"),
    [
        (date(2026, 2, 3), time(6), datetime(2026, 2, 3, 6, tzinfo=UTC)),
        (date(2026, 7, 3), time(6), datetime(2026, 7, 3, 5, tzinfo=UTC)),
        (SPRING, time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (SPRING, time(2), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (AUTUMN, time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (AUTUMN, time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_a_time_that_comes_once_is_taken(day: date, typed: time, instant: datetime) -> None:
    assert read_local(day, typed) == instant
    assert read_local(day, typed, fold=1) == instant


@pytest.mark.parametrize("typed", [time(1), time(1, 30), time(1, 59)])
@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_time_that_the_clocks_skip_is_refused_with_the_nearest_two(typed: time, fold: int | None) -> None:
    with pytest.raises(SkippedTimeError, match="00:59 and 02:00") as refusal:
        read_local(SPRING, typed, fold=fold)
    assert refusal.value.before == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert refusal.value.after == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert "Europe/London" in str(refusal.value)


def test_a_time_that_comes_twice_is_asked_about_and_then_taken() -> None:
    with pytest.raises(RepeatedTimeError, match="01:30 comes twice") as question:
        read_local(AUTUMN, time(1, 30))
    assert [label for _, label in question.value.choices] == ["the first 01:30 (BST)", "the second 01:30 (GMT)"]
    assert read_local(AUTUMN, time(1, 30), fold=0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_local(AUTUMN, time(1, 30), fold=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_zone_with_half_an_hour_of_daylight_saving_is_read_too(settings: Settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Australia/Lord_Howe"
    with pytest.raises(SkippedTimeError, match="01:59 and 02:30"):
        read_local(date(2026, 10, 4), time(2, 15))


def test_an_instant_is_told_in_the_newsrooms_words() -> None:
    now = datetime(2026, 7, 3, 12, tzinfo=UTC)
    assert in_words(datetime(2026, 7, 3, 17, tzinfo=UTC), now=now) == "today 18:00 BST"
    assert in_words(datetime(2026, 7, 3, 23, 30, tzinfo=UTC), now=now) == "tomorrow 00:30 BST"
    assert in_words(datetime(2026, 7, 9, 6, 0, 5, tzinfo=UTC), now=now) == "Thu 9 Jul, 07:00:05 BST"
    assert in_words(datetime(2027, 7, 9, 6, tzinfo=UTC), now=now) == "Fri 9 Jul 2027, 07:00 BST"


@pytest.mark.parametrize(
    ("at", "after_since", "after_a_deed"),
    [
        (datetime(2026, 2, 3, 10, 32, tzinfo=UTC), "10:32", "at 10:32"),
        (datetime(2026, 2, 2, 10, 32, tzinfo=UTC), "yesterday 10:32", "yesterday at 10:32"),
        (datetime(2026, 1, 30, 10, 32, tzinfo=UTC), "Fri 30 Jan, 10:32", "on Fri 30 Jan at 10:32"),
    ],
)
def test_an_instant_not_long_ago_is_told_shortly(at: datetime, after_since: str, after_a_deed: str) -> None:
    now = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
    assert (since(at, now=now), then(at, now=now)) == (after_since, after_a_deed)
