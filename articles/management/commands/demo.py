"""`manage.py demo`: the demo newsroom, into an empty database and nowhere else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.demo import loader
from articles.demo.roster import LOGINS as LOGINS
from articles.models import Article, Section
from authors.models import Author, User
from newsroom import clock


class Command(BaseCommand):
    """Fill an empty newsroom."""

    help = "Fills an empty database with the demo newsroom: people, sections, pictures and stories in every state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether a database that is not empty is an error."""
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where the database is not empty.")

    def handle(self, *, if_empty: bool, verbosity: int, **_: Any) -> None:
        """Fill it. Raises CommandError outside a demonstration and where there is anything already."""
        if not settings.NEWSROOM_DEMO:
            raise CommandError(
                "The demo newsroom has logins with public passwords. Set NEWSROOM_DEMO=1 where this is wanted, "
                "and never where readers come."
            )
        if any(model.objects.exists() for model in (User, Author, Section, Article)):
            if if_empty:
                return
            raise CommandError("This database is not empty, and the demo newsroom only goes into an empty one.")
        count = loader.fill(at=clock.now())
        if not verbosity:
            return
        self.stdout.write(f"The demo newsroom has {count} stories. Its logins:")
        for login in LOGINS:
            self.stdout.write(f"  {login}")
