"""`manage.py cut_pictures`: make the crops of pictures that were taken in before there were such crops.

Each picture is a transaction of its own; a second run finds nothing to do.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Photo
from newsroom.images import ImageRefused


class Command(BaseCommand):
    """Cut what is lacking out of the originals."""

    help = "Makes the crops that older pictures lack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many at most."""
        parser.add_argument("--limit", type=int, metavar="NUMBER", help="Stop after so many pictures.")

    def handle(self, *, limit: int | None, **_: Any) -> None:
        """Go through the pictures that lack something, the oldest first."""
        cut, failed = 0, []
        for pk in list(Photo.objects.lacking_parts().values_list("pk", flat=True)[:limit]):
            try:
                Photo(pk=pk).cut_lacking()
            except (ImageRefused, OSError) as error:
                failed.append(pk)
                self.stderr.write(f"Picture {pk}: {error}")
            else:
                cut += 1
        self.stdout.write(f"{cut} pictures cut.")
        if failed:
            raise CommandError(f"{len(failed)} pictures could not be cut.")
