"""Merging a change into an edition that is scheduled already, as a revision of its own."""

from __future__ import annotations

from typing import cast

from articles import content as contents
from articles.content import Content
from articles.deeds import Deed
from articles.models import Edition, Revision
from articles.pinning import repin
from articles.publishing.keeping import add_revision
from articles.refusals import Conflict
from newsroom import richtext
from newsroom.local_time import wall_clock


def carry_into(doing: Deed, edition: Edition, *, base: Revision, ours: Revision) -> None:
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
        merged = add_revision(doing.article, content, body, by=doing.by, at=doing.at, note=note)
    edition.refresh_from_db()
    repin(edition, merged)
