"""Filling a newsroom: numbers are dealt out, stories put in, indexes built, and PostgreSQL told what there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min

from articles.filling import cast, copying, indexes
from articles.filling.copying import Task
from articles.filling.days import Day, days
from articles.filling.rows import COLUMNS, Numbers
from articles.models import Article, Edition, Revision
from newsroom import clock, pagecache

YEARS = 20

# From so many stories on it pays to take the indexes away and to use more than one process.
LARGE = 20_000

Tell = Callable[[str, int, int], None]


class NotEmpty(Exception):
    """The newsroom has stories that people wrote."""


@dataclass(frozen=True)
class Filled:
    """What was put in: how many stories, and the days of the oldest and the newest."""

    stories: int
    first: date
    last: date


def stories_of_people() -> bool:
    """Whether there is a story that no filling made."""
    return Article.objects.exclude(created_by__username=cast.LOGIN).exists()


def fill(
    stories: int,
    *,
    at: datetime,
    seed: int = 1,
    whole: int | None = None,
    years: float = YEARS,
    processes: int = 1,
    among_others: bool = False,
    tell: Tell = lambda what, done, of: None,
) -> Filled:
    """Put in an archive of so many stories that goes back `years` from the day before `at`.

    Where there are published stories, it ends the day before the oldest of them. With `whole`, it is the newest
    `stories` of an archive of so many. `tell` hears what is being done and how far that is. Few stories go in at once,
    in one transaction; many by `processes`, without indexes, which come back whatever happens. Raises NotEmpty where
    people wrote stories and they are to stay alone.
    """
    indexes.restore()
    if not among_others and stories_of_people():
        raise NotEmpty
    last = _last_day(at)
    planned = days(stories, whole=whole or stories, years=years, last=last)
    is_large = stories >= LARGE and not connection.in_atomic_block
    with transaction.atomic():
        numbers = _numbers()
        until = min(at, datetime.combine(last + timedelta(days=1), datetime.min.time(), clock.newsroom_zone()))
        task = Task(seed, cast.gather(whole or stories, seed=seed, at=at), numbers, until)
        if not is_large:
            done = 0
            for count in copying.copy_here(task, planned):
                done += count
                tell("stories", done, stories)
    if is_large:
        _fill_large(task, planned, stories, processes, tell)
    _set_sequences()
    pagecache.flush()  # no verb wrote any of it, so none has said which pages show it
    _analyse(vacuum=is_large, tell=tell)
    return Filled(sum(day.wanted for day in planned), planned[0].date, planned[-1].date)


def size_on_disk() -> int:
    """The bytes that the database takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _fill_large(task: Task, planned: list[Day], stories: int, processes: int, tell: Tell) -> None:
    indexes.set_aside(COLUMNS)
    try:
        done = 0
        for count in copying.copy_in_processes(task, planned, count=processes):
            done += count
            tell("stories", done, stories)
    finally:
        indexes.restore(lambda done, of: tell("indexes", done, of))


def _last_day(at: datetime) -> date:
    oldest = Edition.objects.aggregate(oldest=Min("first_published_at"))["oldest"]
    return clock.local_date(min(at, oldest) if oldest else at) - timedelta(days=1)


def _numbers() -> Numbers:
    """The first free numbers. Whatever else is written meanwhile gets numbers beyond, since the sequences are moved."""
    newest = [model.objects.aggregate(newest=Max("pk"))["newest"] or 0 for model in (Article, Revision, Edition)]
    return Numbers(newest[0] + 1, newest[1] + 1, newest[2] + 1)


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for model in (Article, Revision, Edition):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))",  # noqa: S608
                [table],
            )


def _analyse(*, vacuum: bool, tell: Tell) -> None:
    """Let PostgreSQL know what the tables hold, and which pages of them all can see."""
    with connection.cursor() as cursor:
        for done, table in enumerate(COLUMNS):
            tell("statistics", done, len(COLUMNS))
            cursor.execute(f"VACUUM (ANALYZE) {table}" if vacuum else f"ANALYZE {table}")
        tell("statistics", len(COLUMNS), len(COLUMNS))
