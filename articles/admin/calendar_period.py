"""Which days the calendar shows, and which instants they are: some have 23 hours on the newsroom's clock, some 25."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom import clock
from newsroom.local_time import day_begins, day_in_full, spelled, wall_clock, weekday_and_time, zone_name

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
# Beyond these no newsroom plans, and arithmetic with dates ends.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class View(StrEnum):
    """How much of the calendar one page shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def label(self) -> str:
        """What its button says."""
        return {View.DAY: _("Day"), View.WEEK: _("Week"), View.MONTH: _("Month")}[self]


@dataclass(frozen=True)
class Period:
    """The days of one page. `on` is the day that was asked for; a month is filled up to whole weeks, from Monday."""

    view: View
    on: date

    @property
    def first(self) -> date:
        """The first day shown."""
        if self.view == View.DAY:
            return self.on
        begins = self.on.replace(day=1) if self.view == View.MONTH else self.on
        return begins - DAY * begins.weekday()

    @property
    def last(self) -> date:
        """The last day shown."""
        if self.view == View.DAY:
            return self.on
        ends = self._month(1) - DAY if self.view == View.MONTH else self.on
        return ends + DAY * (6 - ends.weekday())

    @property
    def days(self) -> list[date]:
        """Every day shown."""
        return [self.first + DAY * number for number in range((self.last - self.first).days + 1)]

    @property
    def since(self) -> datetime:
        """The first instant."""
        return day_begins(self.first)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return day_begins(self.last + DAY)

    @property
    def previous(self) -> date:
        """A day of the page before this one."""
        return self._month(-1) if self.view == View.MONTH else self.on - DAY * self._step

    @property
    def following(self) -> date:
        """A day of the page after this one."""
        return self._month(1) if self.view == View.MONTH else self.on + DAY * self._step

    @property
    def title(self) -> str:
        """“Tuesday 3 February 2026”, “2–8 February 2026”, “February 2026”."""
        if self.view == View.DAY:
            return spelled(self.on, pgettext("date format", "l j F Y"))
        if self.view == View.MONTH:
            return spelled(self.on, pgettext("date format", "F Y"))
        if self.first.month == self.last.month:
            given = {"first": self.first.day, "last": day_in_full(self.last)}
            return pgettext("week within a month", "%(first)s–%(last)s") % given
        is_one_year = self.first.year == self.last.year
        first = spelled(self.first, pgettext("date format", "j F")) if is_one_year else day_in_full(self.first)
        return _("%(first)s – %(last)s") % {"first": first, "last": day_in_full(self.last)}

    def in_month(self, day: date) -> bool:
        """Whether a day is of the month that was asked for, and not only there to fill a week."""
        return self.view != View.MONTH or (day.year, day.month) == (self.on.year, self.on.month)

    @property
    def _step(self) -> int:
        return 7 if self.view == View.WEEK else 1

    def _month(self, away: int) -> date:
        """The first day of a month before or after."""
        months = self.on.year * 12 + self.on.month - 1 + away
        return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class ClockChange:
    """An instant at which the newsroom's clocks are put forward or back, in words."""

    at: datetime
    before: str
    after: str
    sentence: str


def clock_changes(since: datetime, until: datetime) -> list[ClockChange]:
    """The clock changes in [since, until), found to the quarter-hour, where clocks change."""
    found = []
    # From just before, for a zone whose clocks change at midnight.
    days = [since - QUARTER + DAY * number for number in range((until - since).days + 3)]
    for begins, ends in pairwise(days):
        if wall_clock(begins).utcoffset() == wall_clock(ends).utcoffset():
            continue
        instant = begins
        while wall_clock(instant).utcoffset() == wall_clock(begins).utcoffset():
            instant += QUARTER
        if since <= instant < until:
            found.append(_change(instant))
    return found


def _change(instant: datetime) -> ClockChange:
    before, after = wall_clock(instant - QUARTER), wall_clock(instant)
    # What a clock that nobody touched would show then.
    untouched = before.replace(tzinfo=None) + QUARTER
    names = {"before": zone_name(before), "after": zone_name(after)}
    told = {
        "day": spelled(after, pgettext("date format", "l j F")),
        "old": f"{untouched:%H:%M}",
        "new": f"{after:%H:%M}",
    }
    if after.replace(tzinfo=None) > untouched:
        sentence = _(
            "On %(day)s the clocks go forward at %(old)s: there is no time between %(old)s and %(new)s. "
            "%(before)s becomes %(after)s."
        )
    else:
        sentence = _(
            "On %(day)s the clocks go back at %(old)s: the times from %(new)s to %(old)s come "
            "twice, first in %(before)s, then in %(after)s."
        )
    return ClockChange(instant, names["before"], names["after"], sentence % {**told, **names})


def zone_in_words(since: datetime, changes: list[ClockChange]) -> str:
    """The newsroom's zone, with what its time is called: “Europe/London (GMT, from Sunday 29 March 02:00 BST)”."""
    names = [zone_name(wall_clock(since))]
    names += [
        _("from %(moment)s %(zone)s") % {"moment": weekday_and_time(change.at), "zone": change.after}
        for change in changes
    ]
    return f"{clock.newsroom_zone().key} ({', '.join(names)})"
