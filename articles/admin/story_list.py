"""The list of stories: the newest saved first, a page at a time by cursor, never counting what it does not show."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from unfold.views import ChangeList

from articles.admin.sentences import obstacle_labels, state_label
from articles.models import Article, Byline
from articles.state import State, with_state
from newsroom.desk import moment
from newsroom.local_time import briefly, in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.querysets import ArticleQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
MICROSECOND = timedelta(microseconds=1)


class StoryList(ChangeList):  # type: ignore[misc]  # unfold has no types
    """One page of stories. `older` is the cursor of the next page, if there is one."""

    older: str | None = None
    is_first = True

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> ArticleQuerySet:
        """Filtered and searched, in order."""
        articles: ArticleQuerySet = super().get_queryset(request, exclude_parameters)
        return articles.order_by("-saved_at", "-pk")

    def get_results(self, request: HttpRequest) -> None:
        """Read one page, and one row more to know whether another follows."""
        rows, cursor = self.queryset, request.GET.get(PAGE_VAR)
        if cursor:
            rows, self.is_first = rows.filter(_after(cursor)), False
        # First which stories, then what each shows: PostgreSQL would work out the state of every story that fits.
        ids = list(rows.values_list("pk", flat=True)[: self.list_per_page + 1])
        found = list(_shown(ids, at=moment(request)))
        self.result_list = found[: self.list_per_page]
        for article in self.result_list:
            article.listed_at = moment(request)  # the cells tell times from it
        if len(found) > self.list_per_page:
            last = self.result_list[-1]
            self.older = f"{(last.saved_at - EPOCH) // MICROSECOND}-{last.pk}"
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_full_result_count = self.show_admin_actions = False
        self.can_show_all = self.multi_page = False
        self.paginator = Paginator(self.result_list, self.list_per_page)

    @property
    def older_link(self) -> str:
        """The address of the next page."""
        return str(self.get_query_string({PAGE_VAR: self.older}))

    @property
    def newest_link(self) -> str:
        """The address of the first page."""
        return str(self.get_query_string(remove=[PAGE_VAR]))


def _shown(ids: list[int], *, at: datetime) -> QuerySet[Any]:
    """These stories in their order, with everything that a row shows."""
    signatures = Prefetch("bylines", Byline.objects.select_related("author"))
    return (
        with_state(Article.objects.filter(pk__in=ids), at=at)
        .select_related("section", "assignee")
        .prefetch_related(signatures)
        .defer("body", "standfirst")
        .order_by("-saved_at", "-pk")
    )


def _after(cursor: str) -> Q:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise IncorrectLookupParameters("Not a cursor.")
    saved_at = EPOCH + int(match[1]) * MICROSECOND
    return Q(saved_at__lte=saved_at) & (Q(saved_at__lt=saved_at) | Q(pk__lt=int(match[2])))


def headline(article: Article) -> str:
    """The cell that names a story: kicker and kind, headline."""
    above = " · ".join(filter(None, [article.kicker, "" if article.kind == "news" else article.get_kind_display()]))
    return format_html(
        '<span class="desk-cell"><span class="desk-cell__above">{}</span>'
        '<span class="desk-cell__headline">{}</span></span>',
        above,
        article.headline or _("Without a headline"),
    )


def byline(article: Article) -> str:
    """The cell that says who signs."""
    return ", ".join(each.author.name for each in article.bylines.all()) or "—"


def badge(state: str, label: str) -> str:
    """A state as a coloured badge."""
    return format_html('<span class="desk-badge desk-badge--{}">{}</span>', state, label)


def state_badge(article: Any) -> str:
    """The cell that says where a story stands; beside it the stage of a published story, and what holds it back."""
    badges = [(article.state, state_label(article.state, article.next_at, at=article.listed_at))]
    if State(article.state) not in {State.DRAFT, State.IN_REVIEW, State.READY} and article.stage != "draft":
        badges.append((article.stage, article.get_stage_display()))
    badges += obstacle_labels(article.obstacle, article.embargo_until, at=article.listed_at)
    return format_html_join(" ", "{}", [(badge(*each),) for each in badges])


def coming_up(article: Any) -> str:
    """The cell that says what happens next, and when."""
    if article.next_at is None:
        return "—"
    what = _("Withdrawn") if article.next_is_end else _("Updated") if State(article.state).is_live else _("Live")
    return format_html(
        '<span class="desk-cell__next">{} <time datetime="{}">{}</time></span>',
        what,
        article.next_at.isoformat(),
        in_words(article.next_at, now=article.listed_at),
    )


def saved(article: Any) -> str:
    """The cell that says when a story was last saved."""
    return briefly(article.saved_at, now=article.listed_at)
