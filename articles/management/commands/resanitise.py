"""`manage.py resanitise`: clean every stored body again, for when the allow-list has become tighter.

Only working copies change, each as a new revision. Revisions are immutable; readers are safe meanwhile, since a body
is cleaned once more whenever it is put on a page.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles import publishing
from articles.models import Article
from authors.models import User
from newsroom import clock, richtext
from newsroom.richtext import RichTextError

NOTE = "Cleaned again"


class Command(BaseCommand):
    """Clean the working copies' bodies with the list as it is now."""

    help = "Cleans every story’s body with the allow-list as it is now, and keeps what changed as a revision."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who the revisions are by, and whether to look only."""
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Whose name the new revisions bear.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")

    def handle(self, *, by: str, dry_run: bool, **_: Any) -> None:
        """Go through all stories, each in a transaction of its own."""
        person = User.objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody signs in as “{by}”.")
        seen, changed, refused = 0, 0, []
        for pk in list(Article.objects.order_by("pk").values_list("pk", flat=True)):
            try:
                changed += _clean_again(pk, by=person, dry_run=dry_run)
            except RichTextError:
                refused.append(pk)
            seen += 1
        would = "would change" if dry_run else "changed"
        self.stdout.write(f"{seen} stories read, {changed} {would}, {len(refused)} refused.")
        for pk in refused:
            self.stdout.write(self.style.WARNING(f"  Story {pk} is too large or nested too deeply; edit it by hand."))


def _clean_again(pk: int, *, by: User, dry_run: bool) -> bool:
    """Whether the story's body changed, or would."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=pk)
        cleaned = richtext.clean(article.body)
        if cleaned == article.body:
            return False
        if not dry_run:
            article.body = cleaned
            article.save(update_fields=["body"])
            publishing.keep(article, by=by, at=clock.now(), note=NOTE)
        return True
