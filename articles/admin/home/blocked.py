"""What is kept from readers and why: holds, legal blocks, embargoes, and the editions that they took out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models import Article, Block, Withheld
from authors.models import User
from newsroom.local_time import in_words, since

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet

MOST = 12
BEGINS = {
    Block.Kind.HOLD: gettext_lazy("On hold by %(person)s, since %(since)s: “%(reason)s”"),
    Block.Kind.LEGAL: gettext_lazy("Legal block by %(person)s, since %(since)s: “%(reason)s”"),
}


@dataclass(frozen=True)
class TakenOut:
    """An edition that is out of the schedule: when it should have begun, and whether that has passed."""

    when: str
    is_missed: bool


@dataclass
class Blocked:
    """A story that something keeps from readers. `reasons` are sentences."""

    article: Article
    reasons: list[str] = field(default_factory=list)
    taken_out: list[TakenOut] = field(default_factory=list)
    is_legal: bool = False


def blocked(user: User, *, at: datetime) -> list[Blocked]:
    """The stories of this person that are kept from readers (1 query), the newest first."""
    return [_told(each, at=at) for each in _stories(user, at=at)]


def _stories(user: User, *, at: datetime) -> ArticleQuerySet:
    blocks, held = Block.objects.filter(released_at=None), Withheld.objects.all()
    embargoes = Article.objects.filter(embargo_until__gt=at)
    # Three small sets of which each has an index; read as one condition, PostgreSQL would go through every story.
    ids = (
        blocks.order_by().values("article").union(held.order_by().values("article"), embargoes.order_by().values("pk"))
    )
    of_story = {"article": OuterRef("pk")}
    owner = {f"owner_{name}": F(f"owner__{name}") for name in ("username", "first_name", "last_name")}
    told: Any = (
        permissions.visible(user)
        .in_use()
        .filter(pk__in=ids)
        .annotate(
            open_blocks=ArraySubquery(
                blocks.filter(**of_story).values(
                    data=JSONObject(kind="kind", reason="reason", set_at="set_at", **owner)
                )
            ),
            taken_out=ArraySubquery(held.filter(**of_story).values("live_from")),
        )
        .select_related("section")
        .defer("body", "standfirst")
        .order_by("-saved_at", "-pk")[:MOST]
    )
    return told  # type: ignore[no-any-return]


def _told(article: Any, *, at: datetime) -> Blocked:
    found = Blocked(article)
    for block in article.open_blocks:
        names = {name: block[f"owner_{name}"] for name in ("username", "first_name", "last_name")}
        began = since(datetime.fromisoformat(block["set_at"]), now=at)
        given = {"person": User(**names), "since": began, "reason": block["reason"]}
        found.reasons.append(BEGINS[block["kind"]] % given)
        found.is_legal |= block["kind"] == Block.Kind.LEGAL
    if article.embargo_until is not None and article.embargo_until > at:
        found.reasons.append(_("Under embargo until %(when)s.") % {"when": in_words(article.embargo_until, now=at)})
    found.taken_out = [TakenOut(in_words(each, now=at), is_missed=each <= at) for each in article.taken_out]
    if not found.reasons:
        found.reasons.append(_("Nothing keeps it back any longer, and it was not put back."))
    return found
