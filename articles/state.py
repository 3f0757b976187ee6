"""Where a story stands, derived from its editions and its stage, never stored. One rule for lists, forms and verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy

from articles.models import Article, Block, Edition
from articles.querysets import live_q

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet


class State(models.TextChoices):
    """What a badge says. The first three are stages of a story that no edition shows or will show."""

    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in_review", gettext_lazy("In review")
    READY = "ready", gettext_lazy("Ready")
    SCHEDULED = "scheduled", gettext_lazy("Scheduled")
    LIVE = "live", gettext_lazy("Live")
    LIVE_WITH_CHANGES = "live_with_changes", gettext_lazy("Live with changes")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    @property
    def is_unpublished(self) -> bool:
        """Whether no reader has ever seen the story."""
        return self in {State.DRAFT, State.IN_REVIEW, State.READY, State.SCHEDULED}

    @property
    def is_live(self) -> bool:
        """Whether readers see the story."""
        return self in {State.LIVE, State.LIVE_WITH_CHANGES}


def with_state(articles: ArticleQuerySet, *, at: datetime) -> models.QuerySet[Any]:
    """Annotate `state` (a State value), `next_at` and `next_is_end`: the next instant at which readers see a change.

    `obstacle` is the kind of block that keeps the story from readers, a legal one before a hold; an embargo is a field.
    """
    editions = Edition.objects.filter(article=OuterRef("pk"))
    live = editions.filter(live_q(at))
    next_start = editions.upcoming(at=at).order_by("live_from").values("live_from")[:1]
    end = live.values("live_until")[:1]
    told: models.QuerySet[Any] = articles.annotate(
        next_start=Subquery(next_start),
        live_end=Subquery(end),
        is_live=Exists(live),
        obstacle=Subquery(
            Block.objects.filter(article=OuterRef("pk"), released_at=None).order_by("-kind").values("kind")[:1]
        ),
    ).annotate(
        next_at=Least("next_start", "live_end"),
        next_is_end=Case(
            When(Q(live_end__isnull=False) & (Q(next_start=None) | Q(next_start__gt=F("live_end"))), then=True),
            default=False,
            output_field=models.BooleanField(),
        ),
        state=Case(
            When(is_live=True, has_unpinned_changes=True, then=Value(State.LIVE_WITH_CHANGES)),
            When(is_live=True, then=Value(State.LIVE)),
            When(Exists(editions.begun(at=at)), then=Value(State.WITHDRAWN)),
            When(next_start__isnull=False, then=Value(State.SCHEDULED)),
            default=F("stage"),
            output_field=models.CharField(),
        ),
    )
    return told


def state_of(article: Article, *, at: datetime) -> State:
    """The state of one story at `at`."""
    return State(with_state(Article.objects.filter(pk=article.pk), at=at).get().state)


@dataclass(frozen=True)
class Outlook:
    """What readers see of a story now, and every change that is set: `upcoming` editions and the end, if one is set.

    `ends_at` is the next instant at which the story disappears, whichever edition ends then.
    """

    live: Edition | None
    upcoming: tuple[Edition, ...]
    ends_at: datetime | None


def outlook(article: Article, *, at: datetime) -> Outlook:
    """Read a story's open editions at `at` (1 query, with their revisions' numbers and authors)."""
    editions = list(
        article.editions.filter(Q(live_until=None) | Q(live_until__gt=at), retired=False)
        .select_related("revision__aside_of", "revision__created_by", "created_by")
        .defer(
            "revision__body",
            "revision__content",
            "revision__aside_of__body",
            "revision__aside_of__content",
            "search_vector",
        )
        .order_by("live_from")
    )
    live = editions[0] if editions and editions[0].live_from <= at else None
    starts = {edition.live_from for edition in editions}
    ends = [e.live_until for e in editions if e.live_until is not None and e.live_until not in starts]
    return Outlook(
        live=live,
        upcoming=tuple(edition for edition in editions if edition is not live),
        ends_at=ends[0] if ends else None,
    )


def state_seen(article: Article, seen: Outlook, *, at: datetime) -> State:
    """The state of a story whose outlook has been read: the rule of `with_state`, in at most 1 query."""
    if seen.live is not None:
        return State.LIVE_WITH_CHANGES if article.has_unpinned_changes else State.LIVE
    if article.editions.begun(at=at).exists():
        return State.WITHDRAWN
    return State.SCHEDULED if seen.upcoming else State(article.stage)
