"""The desk's first page: my stories, what waits for review, what is set to happen next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Exists, OuterRef

from articles import permissions
from articles.admin.sentences import state_label
from articles.admin.story_filters import in_state
from articles.models import Article, Edition, Stage
from articles.state import State, with_state
from newsroom.desk import moment
from newsroom.local_time import briefly, in_words

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from articles.querysets import ArticleQuerySet
    from authors.models import User

MOST = 8


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows to its context."""
    if not request.user.has_perm("articles.view_article"):
        return context
    user, at = cast("User", request.user), moment(request)
    edits_all = user.has_perm("articles.edit_any_article")
    mine = Article.objects.own(user).in_use()
    waiting = permissions.visible(user).in_use().filter(stage=Stage.IN_REVIEW).order_by("saved_at", "pk")
    return context | {
        "title": "Today",
        "edits_all": edits_all,
        "mine": _rows(mine.order_by("-saved_at", "-pk"), at=at),
        "waiting": _rows(waiting, at=at),
        "ready": _rows(in_state(permissions.visible(user).in_use(), State.READY, at=at).order_by("-saved_at"), at=at)
        if edits_all
        else [],
        "coming": _coming(user, at=at),
    }


def _rows(articles: ArticleQuerySet, *, at: datetime) -> list[Any]:
    # First which, then their states: see articles.admin.story_list.
    ids = list(articles.values_list("pk", flat=True)[:MOST])
    found = {
        row.pk: row
        for row in with_state(Article.objects.filter(pk__in=ids), at=at).select_related("section").defer("body")
    }
    rows: list[Any] = [found[pk] for pk in ids]
    for row in rows:
        row.badge = state_label(row.state, row.next_at, at=at)
        row.when = briefly(row.saved_at, now=at)
    return rows


def _coming(user: User, *, at: datetime) -> list[dict[str, Any]]:
    """The next instants at which readers see a change of a story that this person may see, in order."""
    seen = permissions.visible(user).values("pk")
    editions = Edition.objects.filter(article__in=seen).select_related("section").defer("search_vector")
    begins = list(editions.upcoming(at=at).order_by("live_from")[:MOST])
    # An edition that ends where the next one begins is an update, which is there already.
    goes_on = Exists(Edition.objects.filter(article=OuterRef("article"), live_from=OuterRef("live_until")))
    ends = editions.filter(~goes_on, live_until__gt=at).order_by("live_until")[:MOST]
    found = [(e.live_from, "Goes live" if e.first_published_at == e.live_from else "Is updated", e) for e in begins]
    found += [(e.live_until, "Is withdrawn", e) for e in ends if e.live_until is not None]
    found.sort(key=lambda each: each[0])
    return [
        {"when": in_words(instant, now=at), "what": what, "edition": edition} for instant, what, edition in found[:MOST]
    ]
