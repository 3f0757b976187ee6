"""Whether anything of the first page has changed, in one query whose price does not grow with the archive."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery

from articles import notices, permissions
from articles.models import Article, Buffer, Edition, Event, Presence
from articles.presence import GONE_AFTER
from authors.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

# “Waits 12 min” and “saved 10:32” may be so old, and what leaves no trace below is seen so late.
REFRESH = timedelta(minutes=5)
EVENTS = 20


def pulse(user: User, *, at: datetime) -> str:
    """A token that stays the same for as long as nothing that the page shows has changed.

    What people did leaves an event; beside that there are those who come and go, what is told to this person, what
    they typed, and the next instants at which the clock itself publishes, withdraws or ends an embargo.
    """
    # Several events, not the newest alone: of two at once, the one with the lower id may be committed later.
    rows: dict[str, Any] = {
        "latest": ArraySubquery(Event.objects.order_by("-pk").values("pk")[:EVENTS]),
        "told": ArraySubquery(notices.unseen(user).order_by("-pk").values("pk")[: notices.MOST_SHOWN + 1]),
        "typed": ArraySubquery(Buffer.objects.filter(person=user).order_by("pk").values("pk")),
        "present": ArraySubquery(_present(user, at=at)),
        "next_start": _next(Edition.objects.all(), "live_from", at=at),
        "next_end": _next(Edition.objects.all(), "live_until", at=at),
        "next_embargo": _next(Article.objects.all(), "embargo_until", at=at),
    }
    seen = User.objects.filter(pk=user.pk).annotate(**rows).values_list(*rows).first()
    return hashlib.sha256(repr((seen, at.timestamp() // REFRESH.total_seconds())).encode()).hexdigest()[:20]


def _present(user: User, *, at: datetime) -> QuerySet[Any]:
    here = Presence.objects.filter(seen_at__gt=at - GONE_AFTER).exclude(person=user)
    return permissions.about_visible(here, user, few=True).order_by("pk").values("pk")


def _next(rows: Any, instant: str, *, at: datetime) -> Subquery:
    return Subquery(rows.filter(**{f"{instant}__gt": at}).order_by(instant).values(instant)[:1])
