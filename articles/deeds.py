"""A deed: one verb at work on one story. It locks first, checks the rule, and leaves the audit row, for every verb."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Event
from articles.refusals import Refused, Stale
from articles.state import State, state_of
from authors.models import User

# What a verb may change on the story's own row; the caller's copy follows, so that a later save of it undoes nothing.
_FIELDS = (
    "stage",
    "stage_since",
    "has_unpinned_changes",
    "head_revision_id",
    "lock_version",
    "slug",
    "assignee_id",
    "binned_at",
    "embargo_until",
)

# What can be done with a story in the bin.
IN_THE_BIN = frozenset({"retrieve", "erase"})


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

    Raises NotAllowed where the role forbids the verb, Stale where something happened to the story after `at`, and
    Refused where it is in the bin; what the body raises undoes everything.
    """
    with transaction.atomic():
        began = time.monotonic()
        locked = Article.objects.select_for_update().get(pk=article.pk)
        waited = timedelta(seconds=time.monotonic() - began)
        permissions.require(by, verb, locked)
        if locked.binned_at is not None and verb not in IN_THE_BIN:
            raise Refused(_("This story is in the bin. Take it out first."))
        # What began while this waited for the story has been read, and is no longer to be moved or taken out.
        overtaken = locked.editions.filter(live_from__gt=at, live_from__lte=at + waited)
        if locked.events.filter(at__gt=at).exists() or overtaken.exists():
            raise Stale(_("Something has just happened to this story. Look at it again before you go on."))
        doing = Deed(locked, by, at, state_of(locked, at=at))
        stage = locked.stage
        yield doing
        if locked.stage != stage:
            locked.stage_since = at
        locked.save(update_fields=[name.removesuffix("_id") for name in _FIELDS])
        Event.objects.create(
            article=locked, verb=verb, by=by, at=at, from_state=doing.from_state, details=doing.details
        )
    for name in _FIELDS:
        setattr(article, name, getattr(locked, name))
