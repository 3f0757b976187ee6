"""The first page's lists of stories: what waits for review, what is ready, and this person's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import colleagues, permissions
from articles.admin.sentences import state_label
from articles.models import Article, Event, Stage
from articles.state import State, with_state
from articles.workflow import TAKING_ON
from newsroom.local_time import since

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet
    from authors.models import User

MOST_WAITING = 12
MOST_READY = 8
MOST_OWN = 8
# What is nobody's for so long wants to be seen.
LONG = timedelta(hours=2)


@dataclass(frozen=True)
class Row:
    """A story in a list, in its stage since `start`. `claimed_by` is the editor who has taken it on."""

    article: Any
    state: str
    badge: str
    stage: str
    start: datetime
    saved: str
    since: str
    waited: str
    is_long: bool
    claimed_by: str
    is_claimed_by_me: bool


@dataclass
class Lists:
    """The lists, each cut off where it is long, with whether there is more."""

    waiting: list[Row] = field(default_factory=list)
    ready: list[Row] = field(default_factory=list)
    mine: list[Row] = field(default_factory=list)
    more_waiting: bool = False
    more_ready: bool = False
    more_mine: bool = False

    @property
    def unclaimed(self) -> int:
        """How many of those that wait nobody has claimed."""
        return sum(not row.claimed_by for row in self.waiting)


def lists(user: User, *, edits_all: bool, at: datetime) -> Lists:
    """The lists of a person (2 queries): which stories, each list from an index of its own, and then their states."""
    found: dict[str, set[int]] = {"waiting": set(), "ready": set(), "mine": set()}
    wanted = _own(user)
    if edits_all:
        in_use = permissions.visible(user).in_use()
        oldest = ("stage_since", "pk")
        wanted += [
            _tagged("waiting", in_use.filter(stage=Stage.IN_REVIEW).order_by(*oldest)[: MOST_WAITING + 1]),
            _tagged("ready", in_use.filter(stage=Stage.READY).order_by(*oldest)[: MOST_READY + 1]),
        ]
    for pk, name in wanted[0].union(*wanted[1:], all=True):
        found[name].add(pk)
    rows = {row.article.pk: row for row in _rows(set().union(*found.values()), user, at=at)}
    oldest_first = sorted(
        rows.values(), key=lambda row: (row.article.stage_since or row.article.saved_at, row.article.pk)
    )
    newest_first = sorted(rows.values(), key=lambda row: (row.article.saved_at, row.article.pk), reverse=True)
    waiting = [row for row in oldest_first if row.article.pk in found["waiting"]]
    ready = [row for row in oldest_first if row.article.pk in found["ready"]]
    mine = [row for row in newest_first if row.article.pk in found["mine"]]
    return Lists(
        waiting[:MOST_WAITING],
        ready[:MOST_READY],
        mine[:MOST_OWN],
        more_waiting=len(waiting) > MOST_WAITING,
        more_ready=len(ready) > MOST_READY,
        more_mine=len(mine) > MOST_OWN,
    )


def _own(user: User) -> list[Any]:
    """The newest that a person began, is assigned and signs: three small sets; one condition reads all stories."""
    in_use = Article.objects.in_use()
    # Not the bare column for what they sign: PostgreSQL would walk the archive until it has met enough of theirs.
    signed = in_use.filter(bylines__author__user=user).order_by((F("saved_at") + timedelta(0)).desc(), "-pk")
    ties = (in_use.filter(created_by=user), in_use.filter(assignee=user))
    newest = [*(articles.order_by("-saved_at", "-pk") for articles in ties), signed]
    return [_tagged("mine", articles[: MOST_OWN + 1]) for articles in newest]


def _tagged(name: str, articles: ArticleQuerySet) -> Any:
    return articles.values_list("pk", Value(name))


def _rows(ids: set[int], user: User, *, at: datetime) -> list[Row]:
    # As workflow.claimed_by has it, for many.
    edits = Exists(colleagues.editors().order_by().filter(pk=OuterRef("assignee")))
    taken_on = Event.objects.filter(article=OuterRef("pk"), verb__in=TAKING_ON, at__gte=OuterRef("stage_since"))
    found = (
        with_state(Article.objects.filter(pk__in=ids), at=at)
        .annotate(assignee_edits=edits, was_taken_on=Exists(taken_on))
        .select_related("section", "assignee", "created_by")
        .defer("body", "standfirst")
    )
    return [_row(each, user, at=at) for each in found]


def _row(article: Any, user: User, *, at: datetime) -> Row:
    start = article.stage_since or article.saved_at
    claimed = article.assignee_edits and (article.was_taken_on or article.assignee_id != article.created_by_id)
    published = article.state not in {State.DRAFT, State.IN_REVIEW, State.READY}
    return Row(
        article,
        state=article.state,
        badge=state_label(article.state, article.next_at, at=at),
        stage=article.get_stage_display() if published and article.stage != Stage.DRAFT else "",
        start=start,
        saved=since(article.saved_at, now=at),
        since=since(start, now=at),
        waited=waited(start, at=at),
        is_long=at - start > LONG,
        claimed_by=str(article.assignee) if claimed else "",
        is_claimed_by_me=claimed and article.assignee_id == user.pk,
    )


def waited(start: datetime, *, at: datetime) -> str:
    """How long something has waited: “4 min”, “2 h 10 min”, “3 days”."""
    minutes = max(0, (at - start) // timedelta(minutes=1))
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        return (_("%(hours)s h %(minutes)s min") if rest else _("%(hours)s h")) % {"hours": hours, "minutes": rest}
    days = minutes // (24 * 60)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
