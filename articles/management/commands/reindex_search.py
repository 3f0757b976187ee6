"""`manage.py reindex_search`: work out again what search has of each story, for when its rules have become others.

Editions that readers see or will see are gone through in the order of their numbers, a batch in each transaction; one
whose words are as they should be is not written. So it can be stopped and run again, while the site is at work.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import BooleanField, F, Func

from articles import pinning
from articles.content import Content
from articles.models import Edition
from authors.models import Author

if TYPE_CHECKING:
    from django.db.models.expressions import CombinedExpression

BATCH = 200


class Command(BaseCommand):
    """Bring the search vectors up to date."""

    help = "Works out again what search has of every story that readers see or will see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to go on, and how many stories a transaction takes."""
        parser.add_argument(
            "--from", dest="first", type=int, default=1, metavar="NUMBER", help="Begin at this edition."
        )
        parser.add_argument("--batch", type=int, default=BATCH, help="How many editions a transaction takes.")

    def handle(self, *, first: int, batch: int, verbosity: int, **_: Any) -> None:
        """Go through them."""
        seen = changed = 0
        while ids := _next(first, batch):
            changed += _reindex(ids)
            seen, first = seen + len(ids), ids[-1] + 1
            if verbosity > 1:
                self.stdout.write(f"Up to edition {ids[-1]}: {seen} read, {changed} changed.")
        self.stdout.write(f"{seen} editions read, {changed} changed.")


def _next(first: int, batch: int) -> list[int]:
    # What is erased has no vector, and gets none.
    current = Edition.objects.filter(retired=False, search_vector__isnull=False, pk__gte=first)
    return list(current.order_by("pk").values_list("pk", flat=True)[:batch])


@transaction.atomic
def _reindex(ids: list[int]) -> int:
    """How many of these had to be written."""
    editions = Edition.objects.filter(pk__in=ids, search_vector__isnull=False).order_by("pk")
    found = list(editions.select_for_update(of=("self",)).select_related("revision").defer("search_vector"))
    contents = {edition.pk: cast("Content", edition.revision.content) for edition in found}
    signing = {author for content in contents.values() for author, _ in content["bylines"]}
    names = dict(Author.objects.filter(pk__in=signing).values_list("pk", "name"))
    changed = 0
    for edition in found:
        content = contents[edition.pk]
        vector = pinning.search_vector(content, edition.revision.body, names)
        changed += Edition.objects.filter(_differs(vector), pk=edition.pk).update(search_vector=vector)
    return changed


def _differs(vector: CombinedExpression) -> Func:
    return Func(F("search_vector"), vector, arg_joiner=" IS DISTINCT FROM ", template="(%(expressions)s)",
                output_field=BooleanField())  # fmt: skip
