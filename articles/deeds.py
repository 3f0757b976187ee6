"""A deed: one verb at work on one story. It locks first, checks the rule, and leaves the audit row, for every verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from articles import permissions
from articles.models import Article, Event
from articles.refusals import Stale
from articles.state import State, state_of
from authors.models import User

# What a verb may change on the story's own row; the caller's copy follows, so that a later save of it undoes nothing.
_FIELDS = (
    "stage",
    "has_unpinned_changes",
    "head_revision_id",
    "lock_version",
    "slug",
    "assignee_id",
    "binned_at",
)


@dataclass
class Deed:
    """The locked story, who acts and when, the state it was in, and `details` for the audit row."""

    article: Article
    by: User
    at: datetime
    from_state: State
    details: dict[str, Any] = field(default_factory=dict)


@contextmanager
def deed(verb: str, article: Article, *, by: User, at: datetime) -> Iterator[Deed]:
    """Run a verb's body in a transaction, with the story's row locked.

    Raises NotAllowed where the role forbids the verb and Stale where somebody acted on the story after `at`; what
    the body raises undoes everything.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        permissions.require(by, verb, locked)
        if locked.events.filter(at__gt=at).exists():
            raise Stale("Somebody else has just acted on this story. Look at it again before you go on.")
        doing = Deed(locked, by, at, state_of(locked, at=at))
        yield doing
        locked.save(update_fields=[name.removesuffix("_id") for name in _FIELDS])
        Event.objects.create(
            article=locked, verb=verb, by=by, at=at, from_state=doing.from_state, details=doing.details
        )
    for name in _FIELDS:
        setattr(article, name, getattr(locked, name))
