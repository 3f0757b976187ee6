"""Purging: every change that readers can see lets go of the pages that wear it, in the transaction that makes it.

What editions change is told by `of_story`, which goes around every publishing verb. Authors, sections, tags and
pictures have no verbs: saving them is the change, by whatever way. `QuerySet.update` and `bulk_update` pass that by, so
that nothing uses them on what readers see of these (tests/articles/test_cache_keys.py looks).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from articles import cache_keys
from articles.cache_keys import NAVIGATION, SHOWN_OF
from articles.models import Article, Correction, Section
from articles.shown import Period, open_periods
from newsroom import pagecache

# Longer than a verb can take. What was planned for then may have come to readers before the verb is committed, and
# what a verb plans for then may come to them before any worker knows.
SOON = timedelta(minutes=1)


@contextmanager
def of_story(article: Article, *, at: datetime) -> Iterator[None]:
    """What happens inside to the story's editions, purged: what readers see at `at`, and what is planned for later."""
    before = open_periods(article.pk, at=at)
    yield
    after = open_periods(article.pk, at=at)
    was, now = cache_keys.plan_of(before, at=at), cache_keys.plan_of(after, at=at)
    keys = cache_keys.changed(_live(before, at), _live(after, at), at=at)
    for instant in was.keys() | now.keys():
        if instant <= at + SOON and was.get(instant) != now.get(instant):
            keys |= was.get(instant, set()) | now.get(instant, set())
    if keys:
        pagecache.purge(keys)
    if was != now:
        pagecache.reschedule()


def of_notes(article: int) -> None:
    """A story's notes became others."""
    pagecache.purge(cache_keys.noted(article))


def connect() -> None:
    """Watch what has no verbs; called once, when the app is ready."""
    for model in SHOWN_OF:
        pre_save.connect(_remember, sender=model, dispatch_uid=f"remember {model.__name__}")
        post_save.connect(_saved, sender=model, dispatch_uid=f"purge {model.__name__}")
    post_delete.connect(_section_deleted, sender=Section, dispatch_uid="purge deleted Section")
    post_save.connect(_note_made, sender=Correction, dispatch_uid="purge Correction")


def _live(found: list[Period], at: datetime) -> Any:
    return next((period.shown for period in found if period.has(at)), None)


def _remember(sender: type[Model], instance: Model, **_: Any) -> None:
    """Keep what readers see before the change, locked: a save between would be one that nobody compares with."""
    if instance.pk is None or not connection.in_atomic_block:
        return
    row = sender._default_manager.filter(pk=instance.pk).select_for_update(no_key=True)
    instance._shown_before = row.values(*SHOWN_OF[sender]).first()  # type: ignore[attr-defined]


def _saved(sender: type[Model], instance: Model, *, created: bool, **_: Any) -> None:
    before: dict[str, Any] | None = instance.__dict__.pop("_shown_before", None)
    if created:
        # Nobody has seen it, but a section is on every page from now on.
        if sender is Section:
            pagecache.purge({NAVIGATION})
        return
    # Without a transaction nothing is known of what was there before.
    shown = SHOWN_OF[sender]
    fields = {name for name in shown if before is None or _value(getattr(instance, name)) != before[name]}
    if fields:
        pagecache.purge(cache_keys.looked_up(sender, instance.pk, fields))
    if sender is Section and "parent_id" in fields:
        # What is planned in it enters other lists now.
        pagecache.reschedule()


def _value(value: Any) -> Any:
    """A field's value as the database has it: of a file, its name."""
    return getattr(value, "name", value)


def _section_deleted(**_: Any) -> None:
    pagecache.purge({NAVIGATION})


def _note_made(instance: Correction, **_: Any) -> None:
    of_notes(instance.article_id)
