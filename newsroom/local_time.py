"""Times as people type them: on the newsroom's clock on the wall, which twice a year skips an hour and repeats one.

A time that the clocks skip is refused with the nearest two that exist; one that comes twice asks which is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from newsroom import clock

MINUTE = timedelta(minutes=1)

# What a language calls the zone that the system's tables name in English; others stand as they are.
_ZONES = {"CET": pgettext_lazy("time zone", "CET"), "CEST": pgettext_lazy("time zone", "CEST")}


class LocalTimeError(ValueError):
    """What was typed is no instant. Its text is a sentence for the person who typed it."""


class SkippedTimeError(LocalTimeError):
    """The clocks go forward over this time. `before` and `after` are the nearest instants that exist."""

    def __init__(self, wall: datetime, *, before: datetime, after: datetime, zone: ZoneInfo) -> None:
        self.before, self.after = before, after
        super().__init__(
            _(
                "On %(day)s the clocks go forward: %(time)s does not exist in %(zone)s. "
                "The nearest times that do are %(before)s and %(after)s."
            )
            % {
                "day": day_in_full(wall),
                "time": f"{wall:%H:%M}",
                "zone": zone.key,
                "before": f"{before.astimezone(zone):%H:%M}",
                "after": f"{after.astimezone(zone):%H:%M}",
            }
        )


class RepeatedTimeError(LocalTimeError):
    """The clocks go back over this time. `first` and `second` are the instants that it may mean."""

    def __init__(self, wall: datetime, *, first: datetime, second: datetime, zone: ZoneInfo) -> None:
        self.first, self.second = first, second
        words = (_("the first %(time)s (%(zone)s)"), _("the second %(time)s (%(zone)s)"))
        self.choices = tuple(
            (fold, word % {"time": f"{wall:%H:%M}", "zone": zone_name(instant.astimezone(zone))})
            for fold, word, instant in zip((0, 1), words, (first, second), strict=True)
        )
        super().__init__(
            _("On %(day)s the clocks go back: %(time)s comes twice in %(zone)s. Say which one you mean.")
            % {"day": day_in_full(wall), "time": f"{wall:%H:%M}", "zone": zone.key}
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
    time_of_day = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    given = {"day": _day(at, now=now), "time": time_of_day, "zone": zone_name(local)}
    return (_("%(day)s %(time)s %(zone)s") if _near(at, now=now) else _("%(day)s, %(time)s %(zone)s")) % given


def briefly(at: datetime, *, now: datetime) -> str:
    """As `in_words`, to the minute and without the zone, for lists of what is past."""
    given = {"day": _day(at, now=now), "time": f"{wall_clock(at):%H:%M}"}
    return (pgettext("day near by", "%(day)s %(time)s") if _near(at, now=now) else _("%(day)s, %(time)s")) % given


def since(at: datetime, *, now: datetime) -> str:
    """An instant not long ago, after “since”: “10:32”, else “yesterday 10:32”, “Mon 2 Feb, 10:32”."""
    local = wall_clock(at)
    if local.date() == wall_clock(now).date():
        return pgettext("after “since”", "%(time)s") % {"time": f"{local:%H:%M}"}
    return briefly(at, now=now)


def then(at: datetime, *, now: datetime) -> str:
    """An instant not long ago, after a deed: “at 10:32”, else “yesterday at 10:32”, “on Mon 2 Feb at 10:32”."""
    local = wall_clock(at)
    given = {"day": _day(at, now=now), "time": f"{local:%H:%M}"}
    if local.date() == wall_clock(now).date():
        return _("at %(time)s") % given
    near = _near(at, now=now)
    return (pgettext("day near by", "%(day)s at %(time)s") if near else _("on %(day)s at %(time)s")) % given


def day_and_time(at: datetime) -> str:
    """An instant in a sentence about an update: “3 February 18:00 GMT”."""
    return _with_zone(at, pgettext("date format", "j F H:i"))


def weekday_and_time(at: datetime) -> str:
    """An instant with its day of the week: “Tuesday 3 February 18:00”."""
    return spelled(wall_clock(at), pgettext("date format", "l j F H:i"))


def clock_and_day(at: datetime) -> str:
    """An instant for the head of the desk's first page: “Tuesday 3 February, 18:00 GMT”."""
    return _with_zone(at, pgettext("date format", "l j F, H:i"))


def time_with_zone(at: datetime) -> str:
    """“18:00 GMT”."""
    return _with_zone(at, pgettext("date format", "H:i"))


def day_in_full(day: date) -> str:
    """“3 February 2026”."""
    return spelled(day, pgettext("date format", "j F Y"))


def day_in_short(day: date) -> str:
    """“3 Feb 2026”."""
    return spelled(day, pgettext("date format", "j M Y"))


def spelled(day: date, form: str) -> str:
    """A day, or an instant on the wall's clock, in a format of Django's that was translated."""
    return dateformat.format(day, form)


def zone_name(local: datetime) -> str:
    """What the zone of an instant on the wall's clock is called there: “GMT”."""
    name = f"{local:%Z}"
    return str(_ZONES.get(name, name))


def _with_zone(at: datetime, form: str) -> str:
    local = wall_clock(at)
    return _("%(moment)s %(zone)s") % {"moment": spelled(local, form), "zone": zone_name(local)}


def _near(at: datetime, *, now: datetime) -> str:
    """The name of a day beside today; empty for any other."""
    days = (wall_clock(at).date() - wall_clock(now).date()).days
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days, "")


def _day(at: datetime, *, now: datetime) -> str:
    local = wall_clock(at)
    days = abs((local.date() - wall_clock(now).date()).days)
    form = pgettext("date format", "D j M") if days < 180 else pgettext("date format", "D j M Y")
    return _near(at, now=now) or spelled(local, form)
