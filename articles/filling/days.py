"""On which days of an archive how many stories came out: fewer at weekends, and more from year to year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_OF_A_YEAR = 365.25
# What a Saturday and a Sunday bring, beside other days; what the first day brings, beside the last.
WEEKEND = 0.45
AT_FIRST = 0.25


@dataclass(frozen=True)
class Day:
    """A day, and how many of its stories there are to make: the last `wanted` of `stories`."""

    date: date
    stories: int
    wanted: int


def days(stories: int, *, whole: int, years: float, last: date) -> list[Day]:
    """The days, oldest first, of the newest `stories` of an archive of `whole` that goes back `years` from `last`."""
    count = max(1, round(years * DAYS_OF_A_YEAR))
    dates = [last - timedelta(days=count - 1 - number) for number in range(count)]
    shares = [
        (AT_FIRST + (1 - AT_FIRST) * (number + 1) / count) * (WEEKEND if one.weekday() >= 5 else 1)
        for number, one in enumerate(dates)
    ]
    found: list[Day] = []
    missing = stories
    for one, published in zip(reversed(dates), reversed(list(_dealt(whole, shares))), strict=True):
        if missing <= 0:
            break
        if published:
            found.append(Day(one, published, min(published, missing)))
            missing -= published
    return found[::-1]


def _dealt(whole: int, shares: list[float]) -> Iterator[int]:
    total, past, given = sum(shares), 0.0, 0
    for share in shares:
        past += share
        due = round(whole * past / total)
        yield due - given
        given = due
