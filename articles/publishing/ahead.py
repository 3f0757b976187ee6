"""Verbs that plan what readers will see: schedule, reschedule, cancel, take in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from articles import timeline
from articles.models import Article, Change, Edition, Revision
from articles.publishing.ground import (
    insert,
    publishing_deed,
    refuse_all_but_the_head,
    refuse_older_after_newer,
    refuse_past,
    still_ahead,
)
from articles.publishing.merging import NOTHING, carry_into, pin_over
from articles.publishing.moving import refuse_losing_a_withdrawal, refuse_moved_meanwhile
from articles.refusals import Refused
from authors.models import User


def schedule(
    article: Article,
    *,
    revision: Revision,
    live_from: datetime,
    by: User,
    at: datetime,
    change: Change = Change.SUBSTANTIVE,
    carry: Collection[int] = (),
    leave: Mapping[int, str] = NOTHING,
) -> Edition:
    """Let readers see `revision` from `live_from`, an instant after `at`, until the next change after it.

    Any number of editions can be scheduled. Those that begin after `live_from` have to be in `carry` or in `leave`, as
    for `publish`; otherwise they would bring an older text back. Raises NotAllowed, Stale, Incomplete, Obstructed,
    Undecided, Conflict or Refused.
    """
    with publishing_deed("schedule", article, by=by, at=at) as doing:
        refuse_past(live_from, at=at)
        edition = pin_over(doing, revision, live_from=live_from, change=change, carry=carry, leave=leave)
        doing.details["live_from"] = live_from.isoformat()
        return edition


def reschedule(
    edition: Edition, *, live_from: datetime, by: User, at: datetime, seen: datetime | None = None
) -> Edition:
    """Move an edition that has not begun to another instant after `at`; its neighbours close ranks.

    `seen` is the instant at which the person saw it. Returns it anew. Raises NotAllowed, Stale where it stands
    elsewhere by now, Obstructed by an embargo, or Refused, also where an older text would come to stand after a newer
    one, or a withdrawal would be lost.
    """
    with publishing_deed("reschedule", edition.article, by=by, at=at) as doing:
        moving = still_ahead(edition, at=at)
        refuse_moved_meanwhile(doing.article, moving.live_from, seen, at=at)
        refuse_past(live_from, at=at)
        refuse_older_after_newer(doing.article, moving.revision, live_from=live_from, at=at, was=moving.live_from)
        doing.details |= {"from": moving.live_from.isoformat(), "live_from": live_from.isoformat()}
        ends = timeline.withdrawal_of_its_own(moving)
        timeline.take_out(moving)
        moved = insert(doing, moving.revision, live_from=live_from, change=Change(moving.change), pk=edition.pk)
        refuse_losing_a_withdrawal(moved, ends, at=at)
    moved.refresh_from_db()
    return moved


def cancel(edition: Edition, *, by: User, at: datetime) -> None:
    """Take an edition that has not begun out of the schedule; what precedes it goes on. Raises as `reschedule`."""
    with publishing_deed("cancel", edition.article, by=by, at=at) as doing:
        leaving = still_ahead(edition, at=at)
        doing.details |= {"live_from": leaving.live_from.isoformat(), "revision": leaving.revision.number}
        timeline.take_out(leaving)


def take_in(edition: Edition, *, revision: Revision, by: User, at: datetime) -> Edition:
    """Let a scheduled edition have everything that was written since: what `revision`, the head, adds is merged in.

    Returns it anew. Raises NotAllowed, Stale, Incomplete, Conflict, or Refused where it has everything already.
    """
    with publishing_deed("take_in", edition.article, by=by, at=at) as doing:
        taking = still_ahead(edition, at=at)
        refuse_all_but_the_head(doing.article, revision)
        base = taking.revision.aside_of or taking.revision
        if base.pk == revision.pk:
            raise Refused(_("That update has everything that is saved."))
        doing.details |= {"live_from": taking.live_from.isoformat(), "revision": revision.number}
        carry_into(doing, taking, base=base, ours=revision)
        taking.refresh_from_db()
        return taking
