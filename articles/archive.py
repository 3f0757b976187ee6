"""The months in which live stories were first published, found by hopping along an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models import Edition
from newsroom import clock

# Each hop is the gate's own query for the newest story before a month, answered by the index at once: the cost
# grows with the months and not with the stories.
MONTHS = """
WITH RECURSIVE seen(month) AS (
    SELECT date_trunc('month', ({first}), %s)
    UNION ALL
    SELECT date_trunc('month', ({next}), %s) FROM seen WHERE seen.month IS NOT NULL
)
SELECT month FROM seen WHERE month IS NOT NULL
"""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month in the newsroom's zone."""

    year: int
    month: int

    @classmethod
    def of(cls, at: datetime) -> Self:
        """The month of an instant."""
        day = clock.local_date(at)
        return cls(day.year, day.month)

    @classmethod
    def numbered(cls, number: int) -> Self:
        """The month of which this is `number`."""
        return cls(number // 12, number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def number(self) -> int:
        """Its place in the row of all months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        """Its first day, for showing."""
        return date(self.year, self.month, 1)

    @property
    def begins(self) -> datetime:
        """Its first instant. Raises ValueError for a month that no calendar has."""
        return datetime(self.year, self.month, 1, tzinfo=clock.newsroom_zone())

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        later = self.first_day + timedelta(days=31)
        return datetime(later.year, later.month, 1, tzinfo=clock.newsroom_zone())


def months(*, at: datetime, where: Q | None = None) -> list[Month]:
    """The months that have a story which is live at `at` and of which `where` is true, newest first. One query."""
    stories = Edition.objects.live(at=at).filter(where or Q())
    newest = stories.order_by("-first_published_at").values("first_published_at")
    first, first_params = newest[:1].query.sql_with_params()
    below = newest.filter(first_published_at__lt=RawSQL("seen.month", ()))[:1]
    following, following_params = below.query.sql_with_params()
    zone = str(clock.newsroom_zone())
    with connection.cursor() as cursor:
        cursor.execute(MONTHS.format(first=first, next=following), [*first_params, zone, *following_params, zone])
        return [Month.of(row[0]) for row in cursor.fetchall()]


def older_month(month: Month, *, at: datetime) -> Month | None:
    """The month before `month` that has a live story."""
    stories = Edition.objects.live(at=at).filter(first_published_at__lt=month.begins)
    published = stories.newest_first().values_list("first_published_at", flat=True).first()
    return None if published is None else Month.of(published)


def newer_month(month: Month, *, at: datetime) -> Month | None:
    """The month after `month` that has a live story."""
    stories = Edition.objects.live(at=at).filter(first_published_at__gte=month.ends)
    published = stories.order_by("first_published_at").values_list("first_published_at", flat=True).first()
    return None if published is None else Month.of(published)
