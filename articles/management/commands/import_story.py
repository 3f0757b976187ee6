"""`manage.py import_story`: copy from files, each of them a story. All files are taken in, or none."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.importers import CopyError, read_copy
from articles.importers.copy import Copy
from articles.importers.files import KINDS
from articles.importers.story import take_in
from articles.models import Section
from articles.refusals import Refused
from authors.models import User
from newsroom import clock
from newsroom.local_time import LocalTimeError, read_local


class Command(BaseCommand):
    """Take copy in as drafts, or publish it where that is asked for."""

    help = f"Makes a story of each file ({KINDS}): a draft, unless --publish-at says when readers may see it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and what their text does not say."""
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--section", required=True, metavar="NAME", help="Section, by its name or address.")
        parser.add_argument(
            "--publish-at",
            metavar="TIME",
            help='"now", or a time such as 2026-02-03T06:00: the newsroom’s, unless it names an offset.',
        )
        parser.add_argument("--by", metavar="USERNAME", help="Who takes the copy in. Without it: the first superuser.")

    def handle(self, *, files: list[Path], section: str, publish_at: str | None, by: str | None, **_: Any) -> None:
        """Read every file, then take all of them in."""
        into, person = _section(section), _person(by)
        copies = [(file, _read(file)) for file in files]
        at = clock.now()
        live_from = _instant(publish_at, at=at)
        with transaction.atomic():
            for file, copy in copies:
                try:
                    report = take_in(copy, section=into, by=person, at=at, publish_at=live_from)
                except (CopyError, Refused) as error:
                    raise CommandError(f"{file}: {error} No story was made.") from error
                self.stdout.write(self.style.SUCCESS(f"{file}: {report.outcome(at=at)}"))
                for sentence in report.notices():
                    self.stdout.write(f"  {sentence}")
                for sentence in report.warnings:
                    self.stdout.write(self.style.WARNING(f"  {sentence}"))


def _read(file: Path) -> Copy:
    try:
        return read_copy(file.name, file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
    except CopyError as error:
        raise CommandError(f"{file}: {error} No story was made.") from error


def _section(name: str) -> Section:
    found = Section.objects.filter(name__iexact=name.strip()) | Section.objects.filter(slug=name.strip().lower())
    section = found.order_by("position", "pk").first()
    if section is None:
        names = ", ".join(Section.objects.order_by("position", "pk").values_list("name", flat=True))
        raise CommandError(f"There is no section called “{name}”. There are: {names or 'none yet'}.")
    return section


def _person(username: str | None) -> User:
    if username is not None:
        named = User.objects.filter(username=username, is_active=True).first()
        if named is None:
            raise CommandError(f"Nobody signs in as “{username}”.")
        return named
    first = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if first is None:
        raise CommandError("Say with --by USERNAME who takes the copy in: there is no superuser.")
    return first


def _instant(typed: str | None, *, at: datetime) -> datetime | None:
    if typed is None:
        return None
    if typed.strip().lower() == "now":
        return at
    try:
        wall = datetime.fromisoformat(typed.strip())
        return wall if wall.tzinfo is not None else read_local(wall.date(), wall.time())
    except LocalTimeError as error:
        raise CommandError(f"{error} Name its offset, as in 2026-02-03T06:00+00:00.") from error
    except ValueError as error:
        raise CommandError(f"“{typed}” is no time. Write one such as 2026-02-03T06:00.") from error
