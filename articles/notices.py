"""What reaches a person of what colleagues do with a story: told in the verb's own transaction, shown until put away.

Nobody is told what they did themselves, and nobody of a story that they may not see. `articles.mail` sends the same by
e-mail once the transaction has committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from articles import colleagues, mail, permissions
from articles.models import Article, Comment, Notice
from authors.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


# More than that nobody reads in a list; the sidebar then says “more than”.
MOST_SHOWN = 20


def number(count: int) -> str:
    """How many notices, for a small label: nothing for none, and no more than a few digits."""
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")


def people_of(article: Article) -> QuerySet[User]:
    """Whom a verb on a story is told to: see `articles.colleagues.concerned`."""
    return colleagues.concerned(article)


def tell(
    people: Iterable[User],
    article: Article,
    kind: Notice.Kind,
    *,
    by: User,
    at: datetime,
    text: str = "",
    comment: Comment | None = None,
) -> list[Notice]:
    """Tell each of `people` once, but not `by` nor who may not see the story; by e-mail too, after the commit.

    `text` is shown with it at the desk, and at the desk only. Call it inside the verb's transaction, after the story's
    row has been changed, so that a colleague who is given a story may see it. Returns the notices that were made.
    """
    chosen = {person.pk: person for person in people if person.pk != by.pk and person.is_active and person.is_staff}
    notices = Notice.objects.bulk_create(
        Notice(to=person, article=article, kind=kind, by=by, at=at, text=text, comment=comment)
        for person in chosen.values()
        if permissions.may_view(person, article)
    )
    if notices:
        transaction.on_commit(mail.wake, robust=True)
    return notices


def unseen(person: User | AnonymousUser) -> QuerySet[Notice]:
    """What a person has been told and has not put away, newest first; only of stories that they still may see."""
    theirs = Notice.objects.filter(to=person.pk, seen_at=None)
    return theirs.filter(article=permissions.each_among(permissions.visible(person).in_use()))


def put_away(
    person: User,
    *,
    at: datetime,
    article: Article | None = None,
    notice: int | None = None,
    kind: Notice.Kind | None = None,
) -> int:
    """Mark as seen what `person` was told: all of it, of one story, of one kind, or one notice by its id.

    Returns how many were put away now. Other people's notices are never touched.
    """
    narrowed = {"article": article, "pk": notice, "kind": kind}
    chosen = {name: value for name, value in narrowed.items() if value is not None}
    return Notice.objects.filter(to=person, seen_at=None, **chosen).update(seen_at=at)
