"""Verbs that plan what readers will see: schedule, reschedule, cancel."""

from __future__ import annotations

from datetime import datetime

from articles import timeline
from articles.models import Article, Change, Edition, Revision, Stage
from articles.publishing.ground import (
    insert,
    publishing_deed,
    refuse_all_but_the_head,
    refuse_past,
    still_ahead,
)
from authors.models import User


def schedule(
    article: Article,
    *,
    revision: Revision,
    live_from: datetime,
    by: User,
    at: datetime,
    change: Change = Change.SUBSTANTIVE,
) -> Edition:
    """Let readers see `revision` from `live_from`, an instant after `at`, until the next change after it.

    Any number of editions can be scheduled. Raises NotAllowed, Stale, Incomplete or Refused.
    """
    with publishing_deed("schedule", article, by=by, at=at) as doing:
        refuse_past(live_from, at=at)
        refuse_all_but_the_head(doing.article, revision)
        edition = insert(doing, revision, live_from=live_from, change=change)
        doing.article.stage = Stage.DRAFT
        doing.details["live_from"] = live_from.isoformat()
        return edition


def reschedule(edition: Edition, *, live_from: datetime, by: User, at: datetime) -> Edition:
    """Move an edition that has not begun to another instant after `at`; its neighbours close ranks.

    Returns it anew. Raises NotAllowed, Stale or Refused.
    """
    with publishing_deed("reschedule", edition.article, by=by, at=at) as doing:
        moving = still_ahead(edition, at=at)
        refuse_past(live_from, at=at)
        doing.details |= {"from": moving.live_from.isoformat(), "live_from": live_from.isoformat()}
        timeline.take_out(moving)
        moved = insert(doing, moving.revision, live_from=live_from, change=Change(moving.change), pk=edition.pk)
    moved.refresh_from_db()
    return moved


def cancel(edition: Edition, *, by: User, at: datetime) -> None:
    """Take an edition that has not begun out of the schedule; what precedes it goes on. Raises as `reschedule`."""
    with publishing_deed("cancel", edition.article, by=by, at=at) as doing:
        leaving = still_ahead(edition, at=at)
        doing.details |= {"live_from": leaving.live_from.isoformat(), "revision": leaving.revision.number}
        timeline.take_out(leaving)
