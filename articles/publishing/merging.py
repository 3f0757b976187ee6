"""Pinning a text over what is scheduled: each later edition takes the change in, as a revision of its own, or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import cast

from django.utils.translation import gettext as _

from articles import checklist, joining, timeline
from articles import content as contents
from articles.content import Content
from articles.deeds import Deed
from articles.models import Change, Edition, Revision, Stage
from articles.pinning import repin
from articles.publishing.ground import insert, refuse_all_but_the_head
from articles.publishing.keeping import add_revision
from articles.refusals import Conflict, Undecided
from newsroom import richtext
from newsroom.local_time import day_and_time

NOTHING: Mapping[int, str] = MappingProxyType({})


def pin_over(
    doing: Deed,
    revision: Revision,
    *,
    live_from: datetime,
    change: Change,
    carry: Collection[int],
    leave: Mapping[int, str],
) -> Edition:
    """Pin the head from `live_from`, and carry what it changes into the later editions whose ids are in `carry`.

    What it changes is told from the text that it follows. Raises Stale, Undecided where a later edition is in neither
    `carry` nor `leave`, Conflict where a change cannot be merged, and what `insert` raises.
    """
    article, at = doing.article, doing.at
    refuse_all_but_the_head(article, revision)
    editions = timeline.open_editions(article, at=at)
    later = [edition for edition in editions if edition.live_from > live_from]
    undecided = [edition for edition in later if edition.pk not in carry and edition.pk not in leave]
    if undecided:
        raise Undecided(undecided)
    followed = [edition for edition in editions if edition.live_from < live_from][-1:]
    before = next(iter(followed), None) or timeline.last_begun(article, at=at) or next(iter(later), None)
    base = before.revision if before else revision
    edition = insert(doing, revision, live_from=live_from, change=change)
    article.stage = Stage.DRAFT
    for scheduled in later:
        if scheduled.pk in carry:
            carry_into(doing, scheduled, base=base, ours=revision)
    doing.details["left_out"] = {str(e.live_from): leave[e.pk] for e in later if e.pk in leave}
    return edition


def carry_into(doing: Deed, edition: Edition, *, base: Revision, ours: Revision) -> None:
    """Merge what `ours` changed since `base` into a scheduled edition, as a revision of its own.

    Raises Conflict, or Incomplete where what comes out of it lacks something.
    """
    theirs = edition.revision
    pairs = [(cast("Content", r.content), r.body) for r in (base, ours, theirs)]
    try:
        content, body = joining.merge(*pairs)
    except joining.MergeConflict as conflict:
        raise Conflict(edition, conflict.fields) from conflict
    body = richtext.anchor(richtext.clean(body))
    digest = contents.digest(content, body)
    if digest == theirs.digest:
        return
    checklist.require(doing.article, content, body, readers_from=edition.live_from)
    merged = ours if digest == ours.digest else None
    if merged is None:
        # Written once, in the newsroom's language, like a note that somebody typed.
        note = _("Revision %(number)s merged into the update of %(when)s") % {
            "number": ours.number,
            "when": day_and_time(edition.live_from),
        }
        merged = add_revision(doing.article, content, body, by=doing.by, at=doing.at, note=note, aside_of=ours)
    edition.refresh_from_db()
    repin(edition, merged)
