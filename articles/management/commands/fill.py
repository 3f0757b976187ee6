"""`manage.py fill`: a believable archive of any size, of invented stories."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.filling import loading
from articles.models import Article
from newsroom import clock

BAR = 30


class Command(BaseCommand):
    """Fill a newsroom with an archive."""

    help = "Fills the newsroom with invented stories of twenty years, and says how large it is then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many stories, and which."""
        parser.add_argument("--stories", type=int, required=True, metavar="N", help="How many stories to put in.")
        parser.add_argument("--seed", type=int, default=1, help="Another number makes another archive.")
        parser.add_argument("--years", type=float, default=loading.YEARS, help="How far back it goes.")
        parser.add_argument(
            "--of", type=int, metavar="N", help="Make the newest stories of an archive of so many, and only those."
        )
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="How many to use; as many as there are cores."
        )
        parser.add_argument(
            "--among-others", action="store_true", help="Go on where the newsroom has stories that people wrote."
        )

    def handle(
        self,
        *,
        stories: int,
        seed: int,
        years: float,
        of: int | None,
        processes: int,
        among_others: bool,
        verbosity: int,
        **_: Any,
    ) -> None:
        """Fill it. Raises CommandError where there is nothing to do, and where people's stories are to stay alone."""
        if stories < 1 or processes < 1 or years <= 0 or (of is not None and of < stories):
            raise CommandError(
                "There must be one story, one process and some time at least; --of is no less than --stories."
            )
        began = time.monotonic()
        bar = _Bar(self) if verbosity else None
        try:
            filled = loading.fill(
                stories,
                at=clock.now(),
                seed=seed,
                whole=of,
                years=years,
                processes=processes,
                among_others=among_others,
                tell=bar.tell if bar else lambda what, done, of: None,
            )
        except loading.NotEmpty as refusal:
            raise CommandError(
                "This newsroom has stories that people wrote, and readers would find invented ones among them. "
                "Fill another database, or say --among-others."
            ) from refusal
        if bar:
            bar.end()
            minutes, seconds = divmod(round(time.monotonic() - began), 60)
            size = loading.size_on_disk() / 1_000_000_000
            self.stdout.write(
                f"{filled.stories:,} stories of {filled.first} to {filled.last} in {minutes}:{seconds:02} minutes. "
                f"The newsroom has {Article.objects.count():,} stories now and takes {size:,.2f} GB."
            )


class _Bar:
    """One line that is written over again and again, where somebody looks on; else a line for each tenth."""

    def __init__(self, command: Command) -> None:
        self._out = command.stderr
        self._is_watched = self._out.isatty()
        self._told: tuple[str, int] | None = None

    def tell(self, what: str, done: int, of: int) -> None:
        """How far `what` is."""
        tenth = done * 10 // of
        if self._is_watched:
            full = "█" * (done * BAR // of)
            self._out.write(f"\r{what:10} {full:░<{BAR}} {done:,} of {of:,}   ", ending="")
        elif (what, tenth) != self._told:
            self._told = what, tenth
            self._out.write(f"{what}: {done:,} of {of:,}")

    def end(self) -> None:
        """Leave the line."""
        if self._is_watched:
            self._out.write("")
