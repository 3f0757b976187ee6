"""Who has which story open at this moment. A form gives a sign of life every few seconds; silence means it is gone.

Presence informs people and forbids nothing: a save is never refused because somebody else is in the story. Where one
person took a story over from another, that stands only as long as both are there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, QuerySet, Value, When

from articles import permissions
from articles.models import Article, Presence

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet
    from authors.models import User

# Three missed signs, at one every 15 seconds, see static/js/desk-presence.js.
GONE_AFTER = timedelta(seconds=45)
# Who comes back so soon has not been away: a page loaded again, a laptop opened again.
STILL_THE_SAME_VISIT = timedelta(minutes=2)
KEPT_FOR = timedelta(days=1)
MOST_IN_A_STORY = 12
MOST_EVERYWHERE = 60


@dataclass(frozen=True)
class Company:
    """One person's sign of life, answered: their own row, and the colleagues who are in the story, first come first."""

    own: Presence
    others: tuple[Presence, ...]

    @property
    def taken_over(self) -> Presence | None:
        """Their own row, where a colleague took the story over from them and is still there."""
        return self.own if self.own.taken_over_by_id is not None else None


def beat(article: Article, person: User, *, at: datetime, is_writing: bool) -> Company:
    """Note that `person` has the story open at `at`, with words that are not saved if `is_writing` (2 queries)."""
    _sign(article, person, at=at, is_writing=is_writing)
    # The person's own row in the same query, whatever its age: two of their windows may differ by a moment.
    rows = list(_of(article, Q(seen_at__gt=at - GONE_AFTER) | Q(person=person)))
    own = next(row for row in rows if row.person_id == person.pk)
    others = tuple(row for row in rows if row is not own)
    if own.taken_over_at is not None and not _still_stands(own, others, at=at):
        own.taken_over_by, own.taken_over_at = None, None
        own.save(update_fields=["taken_over_by", "taken_over_at"])
    return Company(own, others[:MOST_IN_A_STORY])


def leave(article: Article, person: User, *, at: datetime) -> None:
    """Note that `person` closed the story (1 query). Another window of theirs says otherwise at its next sign."""
    Presence.objects.filter(article=article, person=person).update(seen_at=at - GONE_AFTER, is_writing=False)


def present(article: Article, *, at: datetime) -> list[Presence]:
    """Who has the story open, first come first, with their `person` (1 query)."""
    return list(_of(article, Q(seen_at__gt=at - GONE_AFTER))[:MOST_IN_A_STORY])


def everywhere(*, at: datetime, among: ArticleQuerySet | None = None) -> list[Presence]:
    """Who has what open at this moment, latest come first, with `person` and the story's headline (1 query).

    Of the stories `among`, which are those that the person who asks may see; of all, where it is not given.
    """
    here = Presence.objects.filter(seen_at__gt=at - GONE_AFTER, article__binned_at=None)
    if among is not None:
        here = here.filter(article=permissions.each_among(among))
    here = here.select_related("person", "article").only(
        "since", "seen_at", "is_writing", "person__username", "person__first_name", "person__last_name",
        "article__headline",
    )  # fmt: skip
    return list(here.order_by("-since", "-pk")[:MOST_EVERYWHERE])


def take_over(article: Article, *, from_person: User, by: User, at: datetime) -> None:
    """Note that `by` took the story over; what was taken over from `by` earlier ends. Part of the verb (2 queries)."""
    Presence.objects.filter(article=article, person=from_person).update(taken_over_by=by, taken_over_at=at)
    Presence.objects.filter(article=article, person=by).update(taken_over_by=None, taken_over_at=None)


def _sign(article: Article, person: User, *, at: datetime, is_writing: bool) -> None:
    same_visit = When(seen_at__gt=at - STILL_THE_SAME_VISIT, then=F("since"))
    known = Presence.objects.filter(article=article, person=person)
    if known.update(since=Case(same_visit, default=Value(at)), seen_at=at, is_writing=is_writing):
        return
    Presence.objects.filter(seen_at__lt=at - KEPT_FOR).delete()
    come = Presence(article=article, person=person, since=at, seen_at=at, is_writing=is_writing)
    Presence.objects.bulk_create([come], ignore_conflicts=True)


def _of(article: Article, which: Q) -> QuerySet[Presence]:
    return Presence.objects.filter(which, article=article).select_related("person", "taken_over_by")


def _still_stands(own: Presence, others: Iterable[Presence], *, at: datetime) -> bool:
    """Whether who took over is there; in the first moment their own page is only being loaded again."""
    if own.taken_over_at is not None and own.taken_over_at > at - GONE_AFTER:
        return True
    return any(row.person_id == own.taken_over_by_id for row in others)
