"""Times as people type them: on the newsroom's clock on the wall, which twice a year skips an hour and repeats one.

A time that the clocks skip is refused with the nearest two that exist; one that comes twice asks which is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom import clock

MINUTE = timedelta(minutes=1)


class LocalTimeError(ValueError):
    """What was typed is no instant. Its text is a sentence for the person who typed it."""


class SkippedTimeError(LocalTimeError):
    """The clocks go forward over this time. `before` and `after` are the nearest instants that exist."""

    def __init__(self, wall: datetime, *, before: datetime, after: datetime, zone: ZoneInfo) -> None:
        self.before, self.after = before, after
        super().__init__(
            f"On {wall:%-d %B %Y} the clocks go forward: {wall:%H:%M} does not exist in {zone.key}. "
            f"The nearest times that do are {before.astimezone(zone):%H:%M} and {after.astimezone(zone):%H:%M}."
        )


class RepeatedTimeError(LocalTimeError):
    """The clocks go back over this time. `first` and `second` are the instants that it may mean."""

    def __init__(self, wall: datetime, *, first: datetime, second: datetime, zone: ZoneInfo) -> None:
        self.first, self.second = first, second
        self.choices = tuple(
            (fold, f"the {word} {wall:%H:%M} ({instant.astimezone(zone):%Z})")
            for fold, word, instant in ((0, "first", first), (1, "second", second))
        )
        super().__init__(
            f"On {wall:%-d %B %Y} the clocks go back: {wall:%H:%M} comes twice in {zone.key}. Say which one you mean."
        )


def read_local(day: date, at_time: time, *, fold: int | None = None) -> datetime:
    """The instant, in UTC, that the newsroom's clock on the wall names.

    `fold` 0 or 1 says which of two is meant, and is ignored where there is one. Raises SkippedTimeError or
    RepeatedTimeError.
    """
    zone = clock.newsroom_zone()
    wall = datetime.combine(day, at_time.replace(tzinfo=None))
    first, second = (wall.replace(tzinfo=zone, fold=each).astimezone(UTC) for each in (0, 1))
    if first == second:
        return first
    if not _exists(wall, zone):
        before = after = wall
        while not _exists(before, zone):
            before -= MINUTE
        while not _exists(after, zone):
            after += MINUTE
        nearest = [each.replace(tzinfo=zone).astimezone(UTC) for each in (before, after)]
        raise SkippedTimeError(wall, before=nearest[0], after=nearest[1], zone=zone)
    if fold is None:
        raise RepeatedTimeError(wall, first=first, second=second, zone=zone)
    return second if fold else first


def day_begins(day: date) -> datetime:
    """The first instant of a day in the newsroom, also where the clocks skip its midnight."""
    try:
        return read_local(day, time(0), fold=0)
    except SkippedTimeError as skipped:
        return skipped.after


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(fold=0)


def wall_clock(at: datetime) -> datetime:
    """The newsroom's time at an aware instant, for showing it."""
    return at.astimezone(clock.newsroom_zone())


def in_words(at: datetime, *, now: datetime) -> str:
    """An instant for the desk: “today 18:00 GMT”, “tomorrow 06:00 BST”, else “Tue 3 Feb 2026, 06:00 GMT”."""
    local = wall_clock(at)
    seconds = f":{local:%S}" if local.second else ""
    return f"{_day(at, now=now)} {local:%H:%M}{seconds} {local:%Z}"


def briefly(at: datetime, *, now: datetime) -> str:
    """As `in_words`, to the minute and without the zone, for lists of what is past."""
    return f"{_day(at, now=now)} {wall_clock(at):%H:%M}"


def since(at: datetime, *, now: datetime) -> str:
    """An instant not long ago, after “since”: “10:32”, else “yesterday 10:32”, “Mon 2 Feb, 10:32”."""
    return briefly(at, now=now).removeprefix("today ")


def then(at: datetime, *, now: datetime) -> str:
    """An instant not long ago, after a deed: “at 10:32”, else “yesterday at 10:32”, “on Mon 2 Feb at 10:32”."""
    day = _day(at, now=now).rstrip(",")
    named = "" if day == "today" else f"{day} " if day.islower() else f"on {day} "
    return f"{named}at {wall_clock(at):%H:%M}"


def _day(at: datetime, *, now: datetime) -> str:
    local = wall_clock(at)
    days = (local.date() - wall_clock(now).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return near
    return f"{local:%a %-d %b}," if abs(days) < 180 else f"{local:%a %-d %b %Y},"
