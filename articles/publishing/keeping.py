"""Keeping: the working copy as it stands, as a revision. Saving is not publishing: no reader sees any of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from articles import content as contents
from articles.content import Content
from articles.models import Article, Revision
from authors.models import User
from newsroom import richtext


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
            head = add_revision(locked, content, body, by=by, at=at, note=note)
            locked.head_revision = head
            locked.has_unpinned_changes = True
            locked.lock_version += 1
            locked.save(update_fields=["head_revision", "has_unpinned_changes", "lock_version"])
    for name in ("has_unpinned_changes", "head_revision_id", "lock_version"):
        setattr(article, name, getattr(locked, name))
    return head


def set_aside(
    article: Article, content: Content, body: str, *, base: Revision | None, by: User, at: datetime, note: str
) -> Revision:
    """Keep a text that somebody wrote and that is not the working copy's, as a revision beside it.

    `base` is the revision that the text was begun from. The head stays, and no edition is touched. Where the story
    has a revision that says the same, nothing is added, and that one is returned. Call it with the story's row locked.
    """
    body = richtext.anchor(richtext.clean(body))
    known: Revision | None = article.revisions.filter(digest=contents.digest(content, body)).first()
    if known is not None:
        return known
    goes_back_to = base or article.head_revision
    return add_revision(article, content, body, by=by, at=at, note=note, aside_of=goes_back_to)


def add_revision(
    article: Article,
    content: Content,
    body: str,
    *,
    by: User,
    at: datetime,
    note: str,
    aside_of: Revision | None = None,
) -> Revision:
    """A new revision of a locked story; `aside_of` says that it is not the working copy's, and what it goes back to."""
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
        aside_of=aside_of,
    )
