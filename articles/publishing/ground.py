"""What every verb that touches editions stands on: the deed around it, its refusals, and the pinning of a revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from articles import checklist, purging, timeline
from articles.content import Content
from articles.deeds import Deed, deed
from articles.models import Article, Change, Edition, Revision
from articles.pinning import edition_of, repin, retire_past
from articles.refusals import Refused, Stale
from authors.models import User
from newsroom.local_time import day_and_time

# A reader's request that began just before a publication still looks for the edition that it ended.
RETIRE_AFTER = timedelta(minutes=5)


@contextmanager
def publishing_deed(verb: str, article: Article, *, by: User, at: datetime) -> Iterator[Deed]:
    """A deed that may change the story's editions: what depends on them is brought into line before it ends.

    Pages that show what it changes are purged in its transaction.
    """
    with deed(verb, article, by=by, at=at) as doing, purging.of_story(doing.article, at=at):
        yield doing
        locked = doing.article
        timeline.settle(locked, at=at)
        retire_past(locked.pk, before=at - RETIRE_AFTER)
        pinned = locked.editions.filter(revision=locked.head_revision_id).exists()
        locked.has_unpinned_changes = locked.head_revision_id is not None and not pinned


def refuse_past(instant: datetime, *, at: datetime, instead: str = "") -> None:
    """Raise Refused where `instant` is not ahead; `instead` is what else the person may want to do than publish now."""
    if instant <= at:
        raise Refused(
            _("That time has passed. Choose one that is still ahead, or %(instead)s.")
            % {"instead": instead or _("publish now")}
        )


def refuse_all_but_the_head(article: Article, revision: Revision) -> None:
    """Raise Stale where somebody saved after `revision`, so that nobody publishes what they have not seen."""
    if article.head_revision_id != revision.pk:
        raise Stale(_("The story was saved again since you opened it. Look at the newest text before you publish it."))


def refuse_older_after_newer(
    article: Article, revision: Revision, *, live_from: datetime, at: datetime, was: datetime | None = None
) -> None:
    """Raise Refused where `revision`, from `live_from`, would bring an older text back after a newer one.

    `was` is where a moved edition stood: what it does not pass is no affair of the move.
    """
    for other in article.editions.upcoming(at=at).select_related("revision__aside_of"):
        if other.live_from == was:
            continue
        older = revision.holds_up_to < other.revision.holds_up_to
        newer = revision.holds_up_to > other.revision.holds_up_to
        passes = was is None or (was < other.live_from) != (live_from < other.live_from)
        if passes and ((older and other.live_from < live_from) or (newer and live_from < other.live_from)):
            raise Refused(
                _(
                    "The update of %(when)s would be on the wrong side of it: an older text would come back after a "
                    "newer one. Cancel one of the two, or schedule the newest text anew."
                )
                % {"when": day_and_time(other.live_from)}
            )


def still_ahead(edition: Edition, *, at: datetime) -> Edition:
    """The edition as it is now, if it has not begun. Raises Stale where it has, or was cancelled."""
    with_texts = Edition.objects.select_related("revision__aside_of")
    fresh = with_texts.upcoming(at=at).filter(pk=edition.pk).first()
    if fresh is None:
        raise Stale(_("This update has begun or was cancelled meanwhile. Look at the story again."))
    return fresh


def insert(
    doing: Deed,
    revision: Revision,
    *,
    live_from: datetime,
    change: Change,
    path: str | None = None,
    pk: int | None = None,
    is_new_to_readers: bool = True,
) -> Edition:
    """Pin `revision` from `live_from`; `path` and `pk` are given where they are not new.

    Raises Incomplete or Obstructed where the pre-publication check blocks it; a text that readers see already, at
    another address, is not checked again.
    """
    article, at = doing.article, doing.at
    if is_new_to_readers:
        checklist.require(article, cast("Content", revision.content), revision.body, readers_from=live_from)
    before = timeline.last_begun(article, at=at)
    until = timeline.make_room(article, live_from=live_from, at=at)
    edition = edition_of(revision)
    edition.pk = pk
    edition.live_from, edition.live_until = live_from, until
    edition.created_at, edition.created_by = at, doing.by
    if before is None:
        edition.change = Change.FIRST
        edition.first_published_at = live_from
        edition.path = path or timeline.first_path(article, edition)
    else:
        edition.change = Change.SUBSTANTIVE if change == Change.FIRST else change
        edition.first_published_at = before.first_published_at
        edition.updated_at = before.updated_at if edition.change == Change.MINOR else live_from
        edition.path = path or before.path
    repin(edition, revision)
    doing.details["revision"] = revision.number
    return edition
