"""Puts stories into the tables by COPY, a batch of days in each transaction, in this process or in several."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice

from django.db import connection, transaction

from articles.filling import processes
from articles.filling.cast import Cast
from articles.filling.days import Day
from articles.filling.prose import Pen
from articles.filling.rows import COLUMNS, Maker, Numbers, moments
from articles.filling.vectors import Lexemes
from newsroom import clock

# So many stories are made before they are sent.
BATCH = 500


@dataclass(frozen=True)
class Task:
    """What a process is told once."""

    seed: int
    cast: Cast
    numbers: Numbers
    until: datetime


@dataclass(frozen=True)
class Batch:
    """Some days, and the place of their first story in the archive."""

    first: int
    days: tuple[Day, ...]

    @property
    def stories(self) -> int:
        """How many stories these are."""
        return sum(day.wanted for day in self.days)


def batches(days: Sequence[Day]) -> Iterator[Batch]:
    """The days in batches, each of whole days."""
    first = place = 0
    some: list[Day] = []
    for day in days:
        some.append(day)
        place += day.wanted
        if place - first >= BATCH:
            yield Batch(first, tuple(some))
            first, some = place, []
    if some:
        yield Batch(first, tuple(some))


def copy_here(task: Task, days: Sequence[Day]) -> Iterator[int]:
    """Put them in within the caller's transaction; says after each batch how many stories it had."""
    maker = _maker(task)
    for batch in batches(days):
        _copy(maker, task, batch)
        yield batch.stories


def copy_in_processes(task: Task, days: Sequence[Day], *, count: int) -> Iterator[int]:
    """As `copy_here`, in so many processes of their own and as many transactions as there are batches."""
    # Spawned, because a copy of this process would share its connection.
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=processes.begin)
    database = str(connection.settings_dict["NAME"])
    with pool:
        waiting = batches(days)
        running = {pool.submit(_copy_there, database, task, batch) for batch in islice(waiting, 2 * count)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                running |= {pool.submit(_copy_there, database, task, batch) for batch in islice(waiting, 1)}
                yield each.result()


_at_work: tuple[Task, Maker] | None = None


def _copy_there(database: str, task: Task, batch: Batch) -> int:
    """One batch, in a process that goes on with what it learnt from the batch before."""
    global _at_work
    if _at_work is None or _at_work[0] != task:
        connection.settings_dict["NAME"] = database
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        _at_work = task, _maker(task)
    with transaction.atomic():
        _copy(_at_work[1], task, batch)
    return batch.stories


def _maker(task: Task) -> Maker:
    return Maker(Pen(task.seed), task.cast, task.numbers, Lexemes(connection.cursor().cursor), task.until)


def _copy(maker: Maker, task: Task, batch: Batch) -> None:
    place = batch.first
    for day in batch.days:
        # Of each day's own lot, so that no story depends on which process made the one before.
        lot = random.Random(f"{task.seed}/{day.date}")  # noqa: S311 - for prose, not for secrets
        begins = datetime.combine(day.date, time(), clock.newsroom_zone())
        taken: set[str] = set()
        times = list(moments(begins, day.stories, before=task.until, lot=lot))
        for at in times[day.stories - day.wanted :]:
            maker.story(place, at, f"{day.date:%Y/%m/%d}", taken, lot)
            place += 1
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            names = ", ".join(columns.split())
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in maker.rows[table]:
                    copy.write_row(row)
            maker.rows[table].clear()
