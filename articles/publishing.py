"""The verbs: the only code that creates, moves or closes editions. Each is atomic, permitted, told `at`, and audited.

Every verb locks the story's row first, takes `by=` (who asks) and `at=` (now, as the caller's clock gives it), and
raises a `Refused` whose text is for the person, with nothing changed. What stops or delays a publication acts on
editions, because the clock publishes: nothing here runs at the instant at which a scheduled edition begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import cast

from django.db import transaction

from articles import content as contents
from articles import timeline
from articles.addresses import free_path_under
from articles.content import Content
from articles.deeds import Deed, deed
from articles.erasing import blank
from articles.models import Article, Change, Correction, Edition, Revision, Section, Stage
from articles.pinning import edition_of, repin, retire_past
from articles.refusals import Conflict, Incomplete, Refused, Stale, Undecided
from authors.models import User
from newsroom import richtext
from newsroom.local_time import wall_clock

NOTHING: Mapping[int, str] = MappingProxyType({})

# A reader's request that began just before a publication still looks for the edition that it ended.
RETIRE_AFTER = timedelta(minutes=5)


@contextmanager
def _deed(verb: str, article: Article, *, by: User, at: datetime) -> Iterator[Deed]:
    """A deed that may change the story's editions: what depends on them is brought into line before it ends."""
    with deed(verb, article, by=by, at=at) as doing:
        yield doing
        locked = doing.article
        timeline.settle(locked, at=at)
        retire_past(locked.pk, before=at - RETIRE_AFTER)
        pinned = locked.editions.filter(revision=locked.head_revision_id).exists()
        locked.has_unpinned_changes = locked.head_revision_id is not None and not pinned


def keep(article: Article, *, by: User, at: datetime, note: str = "") -> Revision:
    """Keep the working copy as it stands in the database as a revision, and return the head.

    To be called in the transaction that saved the story and its bylines, tags and related stories. Content equal
    to the last revision makes none. Saving is not publishing: no reader sees any of it.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        content, body = contents.snapshot(locked), richtext.anchor(locked.body)
        digest = contents.digest(content, body)
        head: Revision | None = locked.head_revision
        if head is None or head.digest != digest:
            head = _add_revision(locked, content, body, by=by, at=at, note=note)
            locked.head_revision = head
            locked.has_unpinned_changes = True
            locked.lock_version += 1
            locked.save(update_fields=["head_revision", "has_unpinned_changes", "lock_version"])
    for name in ("has_unpinned_changes", "head_revision_id", "lock_version"):
        setattr(article, name, getattr(locked, name))
    return head


def publish(
    article: Article,
    *,
    revision: Revision,
    by: User,
    at: datetime,
    change: Change = Change.SUBSTANTIVE,
    carry: Collection[int] = (),
    leave: Mapping[int, str] = NOTHING,
) -> Edition:
    """Let readers see `revision` from `at` on, until the story's next scheduled change.

    `revision` is the one that the person had on the screen. Every scheduled edition's id has to be in `carry` (the
    change is merged into it) or in `leave` (with a reason, which may be empty). The first publication is always
    Change.FIRST. Raises NotAllowed, Stale, Incomplete, Undecided, Conflict or Refused.
    """
    with _deed("publish", article, by=by, at=at) as doing:
        return _go_live(doing, revision, change, carry, leave)


def correct(
    article: Article,
    *,
    revision: Revision,
    text: str,
    by: User,
    at: datetime,
    kind: Correction.Kind = Correction.Kind.CORRECTION,
    carry: Collection[int] = (),
    leave: Mapping[int, str] = NOTHING,
) -> Edition:
    """Publish `revision` as a correction, with a public note that stays: what was wrong and what is right.

    As `publish`, but every entry of `leave` needs its reason: a scheduled edition would bring the error back.
    """
    with _deed("correct", article, by=by, at=at) as doing:
        if not text.strip():
            raise Refused("Say what was wrong and what is right; readers see this note with the story.")
        if not all(reason.strip() for reason in leave.values()):
            raise Refused("Say why the correction is left out of a scheduled update: it would bring the error back.")
        if doing.from_state.is_unpublished:
            raise Refused("Readers have not seen this story yet, so there is nothing to correct. Publish it.")
        edition = _go_live(doing, revision, Change.CORRECTION, carry, leave)
        Correction.objects.create(
            article=doing.article,
            revision=edition.revision,
            kind=kind,
            text=text.strip(),
            published_at=at,
            created_by=by,
        )
        doing.details["kind"] = kind
        return edition


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
    with _deed("schedule", article, by=by, at=at) as doing:
        _refuse_past(live_from, at=at)
        _refuse_all_but_the_head(doing.article, revision)
        edition = _insert(doing, revision, live_from=live_from, change=change)
        doing.article.stage = Stage.DRAFT
        doing.details["live_from"] = live_from.isoformat()
        return edition


def reschedule(edition: Edition, *, live_from: datetime, by: User, at: datetime) -> Edition:
    """Move an edition that has not begun to another instant after `at`; its neighbours close ranks.

    Returns it anew. Raises NotAllowed, Stale or Refused.
    """
    with _deed("reschedule", edition.article, by=by, at=at) as doing:
        moving = _upcoming(edition, at=at)
        _refuse_past(live_from, at=at)
        doing.details |= {"from": moving.live_from.isoformat(), "live_from": live_from.isoformat()}
        timeline.take_out(moving)
        moved = _insert(doing, moving.revision, live_from=live_from, change=Change(moving.change), pk=edition.pk)
    moved.refresh_from_db()
    return moved


def cancel(edition: Edition, *, by: User, at: datetime) -> None:
    """Take an edition that has not begun out of the schedule; what precedes it goes on. Raises as `reschedule`."""
    with _deed("cancel", edition.article, by=by, at=at) as doing:
        leaving = _upcoming(edition, at=at)
        doing.details |= {"live_from": leaving.live_from.isoformat(), "revision": leaving.revision.number}
        timeline.take_out(leaving)


def withdraw(
    article: Article,
    *,
    by: User,
    at: datetime,
    live_until: datetime | None = None,
    keep: Collection[int] = (),
    reason: str = "",
) -> None:
    """Take the story away from readers at `live_until` (now, unless given); its address then answers 410.

    Every edition scheduled for later goes too, except those whose ids are in `keep`. Raises NotAllowed, Stale or
    Refused where nothing is live then.
    """
    with _deed("withdraw", article, by=by, at=at) as doing:
        instant = at if live_until is None else live_until
        if instant < at:
            _refuse_past(instant, at=at)
        removed = timeline.end_at(doing.article, instant=instant, keep=keep, at=at)
        doing.details |= {
            "live_until": instant.isoformat(),
            "reason": reason,
            "removed": [edition.live_from.isoformat() for edition in removed],
        }


def keep_live(article: Article, *, by: User, at: datetime) -> None:
    """Call off a withdrawal that is set for later: the live story goes on to its next update, or for good."""
    with _deed("keep_live", article, by=by, at=at) as doing:
        editions = timeline.open_editions(doing.article, at=at)
        starts = [edition.live_from for edition in editions[1:]]
        for edition, until in zip(editions, [*starts, None], strict=False):
            if edition.live_until != until:
                doing.details["live_until"] = edition.live_until.isoformat() if edition.live_until else None
                edition.live_until = until
                edition.save(update_fields=["live_until"])
                return
        raise Refused("No withdrawal is set for this story.")


def change_address(article: Article, *, slug: str, by: User, at: datetime, section: Section | None = None) -> Edition:
    """Give a live story a new address: `slug`, and `section`'s if given; the day stays. The old one redirects.

    Raises NotAllowed, Stale or Refused where the story is not live.
    """
    with _deed("change_address", article, by=by, at=at) as doing:
        current = doing.article.editions.live(at=at).select_related("revision").first()
        if current is None:
            raise Refused("Only a live story can change its address. Before publication, edit its slug instead.")
        _, old_section, year, month, day, _, _ = current.path.split("/")
        prefix = f"/{section.slug if section else old_section}/{year}/{month}/{day}/"
        path = free_path_under(prefix, article=doing.article, stem=slug)
        if path == current.path:
            raise Refused("This is the story’s address already.")
        doing.details |= {"from": current.path, "to": path}
        doing.article.slug = slug
        doing.article.save(update_fields=["slug"])
        return _insert(doing, current.revision, live_from=at, change=Change.MINOR, path=path)


def erase(article: Article, *, reason: str, by: User, at: datetime) -> None:
    """Blank the story's text everywhere, for a legal order: working copy, revisions, editions, corrections, search.

    What was live ends, what was scheduled goes, and every path that was ever public goes on answering 410.
    """
    with _deed("erase", article, by=by, at=at) as doing:
        if not reason.strip():
            raise Refused("Say on whose order the story is erased; it is kept in the record.")
        doing.details["reason"] = reason.strip()
        for edition in reversed(timeline.open_editions(doing.article, at=at)):
            if edition.live_from == at:
                raise Stale("The story has gone live this very moment. Look at it again before you go on.")
            if edition.live_from > at:
                timeline.take_out(edition)
        doing.article.editions.live(at=at).update(live_until=at)
        blank(doing.article)
        # A form that was opened before must not bring the text back.
        doing.article.lock_version += 1
        doing.article.binned_at = at


def _add_revision(article: Article, content: Content, body: str, *, by: User, at: datetime, note: str) -> Revision:
    last = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        article=article,
        number=last + 1,
        content=content,
        body=body,
        digest=contents.digest(content, body),
        note=note,
        created_at=at,
        created_by=by,
    )


def _refuse_past(instant: datetime, *, at: datetime) -> None:
    if instant <= at:
        raise Refused("That time has passed. Choose one that is still ahead, or publish now.")


def _refuse_all_but_the_head(article: Article, revision: Revision) -> None:
    if article.head_revision_id != revision.pk:
        raise Stale("The story was saved again since you opened it. Look at the newest text before you publish it.")


def _upcoming(edition: Edition, *, at: datetime) -> Edition:
    fresh = Edition.objects.upcoming(at=at).filter(pk=edition.pk).select_related("revision").first()
    if fresh is None:
        raise Stale("This update has begun or was cancelled meanwhile. Look at the story again.")
    return fresh


def _insert(
    doing: Deed,
    revision: Revision,
    *,
    live_from: datetime,
    change: Change,
    path: str | None = None,
    pk: int | None = None,
) -> Edition:
    """Pin `revision` from `live_from`; `path` and `pk` are given where they are not new."""
    article, at = doing.article, doing.at
    if lacking := contents.missing(cast("Content", revision.content), revision.body):
        raise Incomplete(lacking)
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


def _go_live(
    doing: Deed, revision: Revision, change: Change, carry: Collection[int], leave: Mapping[int, str]
) -> Edition:
    """Publish at the deed's instant, and carry the change into the scheduled editions that were named."""
    article, at = doing.article, doing.at
    _refuse_all_but_the_head(article, revision)
    live = article.editions.live(at=at).select_related("revision").first()
    if live is not None and live.revision_id == revision.pk and change != Change.CORRECTION:
        raise Refused("Readers already see this text.")
    upcoming = [edition for edition in timeline.open_editions(article, at=at) if edition.live_from > at]
    undecided = [edition for edition in upcoming if edition.pk not in carry and edition.pk not in leave]
    if undecided:
        raise Undecided(undecided)
    before = live or timeline.last_begun(article, at=at) or next(iter(upcoming), None)
    base = before.revision if before else revision
    edition = _insert(doing, revision, live_from=at, change=change)
    article.stage = Stage.DRAFT
    for scheduled in upcoming:
        if scheduled.pk in carry:
            _carry(doing, scheduled, base=base, ours=revision)
    doing.details["left_out"] = {str(e.live_from): leave[e.pk] for e in upcoming if e.pk in leave}
    return edition


def _carry(doing: Deed, edition: Edition, *, base: Revision, ours: Revision) -> None:
    """Merge what `ours` changed since `base` into a scheduled edition, as a revision of its own."""
    theirs = edition.revision
    pairs = [(cast("Content", r.content), r.body) for r in (base, ours, theirs)]
    try:
        content, body = contents.merge(*pairs)
    except contents.MergeConflict as conflict:
        raise Conflict(edition, conflict.fields) from conflict
    body = richtext.anchor(richtext.clean(body))
    digest = contents.digest(content, body)
    if digest == theirs.digest:
        return
    merged = ours if digest == ours.digest else None
    if merged is None:
        note = f"Revision {ours.number} merged into the update of {wall_clock(edition.live_from):%-d %B %H:%M %Z}"
        merged = _add_revision(doing.article, content, body, by=doing.by, at=doing.at, note=note)
    edition.refresh_from_db()
    repin(edition, merged)


__all__ = [
    "cancel",
    "change_address",
    "correct",
    "erase",
    "keep",
    "keep_live",
    "publish",
    "reschedule",
    "schedule",
    "withdraw",
]
