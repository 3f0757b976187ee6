"""The gate: `live` and `resolve` are the only statements of what readers may see. Both are told the instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from articles.models import Article, Edition  # noqa: F401 - named in a string below
    from authors.models import User
    from newsroom.database.prepared import Prepared


@dataclass(frozen=True)
class Resolution:
    """What one address answers at one instant: 200 with `edition`, 301 with `location`, 410 or 404."""

    status: int
    edition: Edition | None = None
    location: str | None = None


def live_q(at: datetime) -> Q:
    """The condition of being live at `at`, for querysets that reach editions through a relation's own subquery."""
    return Q(retired=False, live_from__lte=at) & (Q(live_until=None) | Q(live_until__gt=at))


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions as readers, history and the desk's clock ask for them."""

    def live(self, *, at: datetime) -> Self:
        """Editions that readers see at `at`, which is now; history asks `as_of`."""
        return self.filter(live_q(at))

    def as_of(self, *, at: datetime) -> Self:
        """Editions that readers saw at `at`, however long ago; never relies on `retired`."""
        return self.filter(Q(live_from__lte=at) & (Q(live_until=None) | Q(live_until__gt=at)))

    def begun(self, *, at: datetime) -> Self:
        """Editions that readers see at `at` or saw before it."""
        return self.filter(live_from__lte=at)

    def upcoming(self, *, at: datetime) -> Self:
        """Editions that begin after `at`."""
        return self.filter(live_from__gt=at)

    def unfinished(self, *, at: datetime) -> Self:
        """Editions that are live at `at` or begin after it."""
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), retired=False)

    def withdrawn_at_their_end(self) -> Self:
        """Editions whose end is a withdrawal: no other one of their story begins where they end."""
        successor = self.model._default_manager.filter(article=OuterRef("article"), live_from=OuterRef("live_until"))
        return self.filter(~Exists(successor), live_until__isnull=False)

    def newest_first(self) -> Self:
        """In the order of every readers' list; `article_id` makes it stable while editions supersede each other."""
        return self.order_by("-first_published_at", "-article_id")

    def at(self, path: str, *, at: datetime) -> Self:
        """The edition, if there is one, that readers see at `path` at `at`."""
        return self.live(at=at).filter(path=path)

    def resolve(self, path: str, *, at: datetime, live: Prepared[Edition] | None = None) -> Resolution:
        """What `path` answers at `at`.

        200 where a live edition has it; 301 to the live edition's path where an older edition of a live story has
        it; 410 where one has begun and none of its story is live; else 404, also for what is only scheduled. `live`
        is `at` of these editions, prepared.
        """
        edition = next(iter(live(path=path, at=at) if live else self.at(path, at=at)), None)
        if edition is not None:
            return Resolution(200, edition=edition)
        editions = self.model._default_manager.all()
        begun = editions.filter(path=path, live_from__lte=at).order_by("-live_from").values("article_id").first()
        if begun is None:
            return Resolution(404)
        location = editions.filter(live_q(at), article_id=begun["article_id"]).values_list("path", flat=True).first()
        return Resolution(410) if location is None else Resolution(301, location=location)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Working copies, as the desk asks for them."""

    def in_use(self) -> Self:
        """Those that are not in the bin."""
        return self.filter(binned_at=None)

    def own(self, user: User) -> Self:
        """Those that `user` created, is assigned or signs."""
        # As sets of ids, each from its own index: an OR would read every story to find a few.
        every, bylines = self.model._default_manager.order_by(), self.model.authors.through._default_manager.order_by()
        begun, assigned = every.filter(created_by=user), every.filter(assignee=user)
        signed = bylines.filter(author__user=user).values("article_id")
        return self.filter(pk__in=begun.values("pk").union(assigned.values("pk"), signed))
