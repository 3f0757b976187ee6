"""`manage.py typeset`: set quotation marks, apostrophes, dashes and ellipses in what was written before the desk did.

Only working copies change, each as a new revision; revisions and what readers see stay as they are until an editor
publishes. Every story is a transaction of its own, so that the command can be stopped and started again at any time.
"""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import typesetting
from articles.models import Article
from articles.typesetting import SHARED, Setting
from authors.models import User
from newsroom import clock

BATCH = 200
SHOWN = 3  # changes of one field that are shown


class Command(BaseCommand):
    """Set older texts."""

    help = "Sets quotation marks, apostrophes, dashes and ellipses in older texts, and keeps what changed as revisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who the revisions are by, which stories, and whether to look only."""
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Whose name the new revisions bear.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would change, and change nothing.")
        parser.add_argument("--from", type=int, default=0, dest="first", metavar="ID", help="Begin with this story.")
        parser.add_argument(
            "--unpublished",
            action="store_true",
            help="Leave out stories that were ever published or scheduled: each would have changes to publish.",
        )
        parser.add_argument(
            "--shared",
            action="store_true",
            help="Then pictures, authors and sections too; readers see what changes in them at once.",
        )

    def handle(
        self, *, by: str, dry_run: bool, first: int, unpublished: bool, shared: bool, verbosity: int, **_: Any
    ) -> None:
        """Go through the stories in the order of their ids, then through what is shared."""
        person = User.objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody signs in as “{by}”.")
        self.shows, self.dry_run = dry_run or verbosity > 1, dry_run
        stories = Article.objects.filter(pk__gte=first).order_by("pk")
        left_out = 0
        if unpublished:
            left_out = stories.filter(editions__isnull=False).distinct().count()
            stories = stories.filter(editions__isnull=True)
        self._go_through(
            "story",
            "stories",
            list(stories.values_list("pk", flat=True)),
            read=lambda pks: Article.objects.filter(pk__in=pks).order_by("pk"),
            write=lambda pk: typesetting.set_story(pk, by=person, at=clock.now()),
        )
        if left_out:
            self.stdout.write(f"{left_out} left out, which are or were published or scheduled.")
        for model in SHARED if shared else ():
            names = model._meta
            self._go_through(
                str(names.verbose_name),
                str(names.verbose_name_plural),
                list(model._default_manager.order_by("pk").values_list("pk", flat=True)),
                read=lambda pks, model=model: model._default_manager.filter(pk__in=pks).order_by("pk"),
                write=lambda pk, model=model: typesetting.set_shared(model, pk),
            )

    def _go_through(self, one: str, many: str, pks: list[int], *, read: Any, write: Any) -> None:
        """Look at all of them without a lock, and write those in which something is to change."""
        seen = changed = 0
        refused: list[str] = []
        todo = iter(pks)
        try:
            while batch := list(islice(todo, BATCH)):
                for thing in read(batch):
                    found = typesetting.setting(thing)
                    if found.changes and not self.dry_run:
                        found = write(thing.pk)
                    if found.changes and self.shows:
                        self._show(f"{one.capitalize()} {thing.pk}: {thing}", found, typesetting.language_of(thing))
                    changed += bool(found.changes)
                    refused += [f"{one.capitalize()} {thing.pk}, {name}: {why}" for name, why in found.refused.items()]
                    seen += 1
        except KeyboardInterrupt as stop:
            last = pks[seen - 1] if seen else None
            raise CommandError(
                f"Stopped after {seen} {many}, {changed} changed. What is done stays done"
                + (f"; go on with --from {last + 1}." if last is not None and one == "story" else "; start it again.")
            ) from stop
        would = "would change" if self.dry_run else "changed"
        self.stdout.write(f"{seen} {many} read, {changed} {would}, {len(refused)} texts left as they are.")
        for line in refused:
            self.stdout.write(self.style.WARNING(f"  {line} Edit it by hand."))

    def _show(self, name: str, found: Setting, language: str) -> None:
        self.stdout.write(name)
        for field, (was, _) in found.changes.items():
            all_of_it = list(typesetting.excerpts(field, was, language))
            for before, after in all_of_it[:SHOWN]:
                self.stdout.write(f"  {field}: {_on_one_line(before)}  →  {_on_one_line(after)}")
            if len(all_of_it) > SHOWN:
                self.stdout.write(f"  {field}: and {len(all_of_it) - SHOWN} more")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
