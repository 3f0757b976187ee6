"""The list's filters. Each condition starts from a small, indexed set, so that none of them reads every story."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Block, Byline, Edition, Kind, Section, Stage
from articles.querysets import live_q
from articles.state import State
from authors.models import Author, User
from newsroom.desk import moment

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from articles.querysets import ArticleQuerySet

HOUR = timedelta(hours=1)


def in_state(articles: ArticleQuerySet, state: State, *, at: datetime) -> ArticleQuerySet:
    """Those of `articles` that are in a state; the same rule as `articles.state.with_state`, as a condition."""
    of_story = Edition.objects.filter(article=OuterRef("pk"))
    live = Exists(of_story.filter(live_q(at)))
    match state:
        case State.DRAFT | State.IN_REVIEW | State.READY:
            # No edition pins the head of a story that was never published: that index is small.
            unpinned = Q(has_unpinned_changes=True) | Q(head_revision=None)
            return articles.filter(unpinned, ~Exists(of_story), stage=state.value)
        case State.SCHEDULED:
            ahead = Edition.objects.upcoming(at=at).values("article_id")
            return articles.filter(~Exists(of_story.begun(at=at)), pk__in=ahead)
        case State.LIVE:
            return articles.filter(live, has_unpinned_changes=False)
        case State.LIVE_WITH_CHANGES:
            return articles.filter(live, has_unpinned_changes=True)
        case State.WITHDRAWN:
            over = Edition.objects.filter(live_until__lte=at).values("article_id")
            return articles.filter(~live, pk__in=over)


class DeskFilter(SimpleListFilter):
    """A filter that is shown as a list of choices; what is none of them filters nothing."""

    choices_: tuple[tuple[str, StrOrPromise], ...] = ()
    every: StrOrPromise = gettext_lazy("All")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        """The choices."""
        return list(self.choices_)

    def chosen(self) -> str | None:
        """The value, if it is one of the choices."""
        value = self.value()
        return value if value in {str(key) for key, _ in self.lookup_choices} else None

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The stories that the choice leaves."""
        value = self.chosen()
        return queryset if value is None else self.narrow(request, queryset, value)

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """The stories that fit `value`."""
        raise NotImplementedError


class StateFilter(DeskFilter):
    """The derived state."""

    title, parameter_name, choices_ = gettext_lazy("state"), "state", tuple(State.choices)
    every = gettext_lazy("All states")

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """See `in_state`."""
        return in_state(articles, State(value), at=moment(request))


class MineFilter(DeskFilter):
    """Own stories, or those that are assigned to somebody."""

    title, parameter_name = gettext_lazy("whose"), "mine"
    every = gettext_lazy("Everybody’s")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        """Mine, and for editors each colleague."""
        mine: list[tuple[str, StrOrPromise]] = [("mine", _("Mine")), ("assigned", _("Assigned to me"))]
        if not request.user.has_perm("articles.edit_any_article"):
            return mine
        people = User.objects.filter(is_active=True, is_staff=True).exclude(pk=cast("User", request.user).pk)
        named = people.order_by("first_name", "last_name", "username")
        return [
            *mine,
            ("nobody", _("Assigned to nobody")),
            *((str(each.pk), _("Assigned to %(person)s") % {"person": each}) for each in named),
        ]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """By creator, assignee or byline; or by assignee."""
        user = cast("User", request.user)  # the desk is for people who have signed in
        match value:
            case "mine":
                return articles.own(user)
            case "assigned":
                return articles.filter(assignee=user)
            case "nobody":
                return articles.filter(assignee=None)
        return articles.filter(assignee=int(value))


class SectionFilter(DeskFilter):
    """The section, with those inside it."""

    title, parameter_name = gettext_lazy("section"), "section"
    every = gettext_lazy("All sections")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        """All sections, in their order."""
        sections = list(Section.objects.all())
        roots = [each for each in sections if each.parent_id is None]
        return [
            (str(each.pk), each.name if each is root else f"{root.name} › {each.name}")
            for root in roots
            for each in [root, *(child for child in sections if child.parent_id == root.pk)]
        ]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """Stories of the section and of its children."""
        sections = Section.objects.filter(Q(pk=value) | Q(parent=value)).values_list("pk", flat=True)
        return articles.filter(section__in=list(sections))


class AuthorFilter(DeskFilter):
    """Who signs."""

    title, parameter_name = gettext_lazy("author"), "author"
    every = gettext_lazy("All authors")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        """All authors by name."""
        return [(str(pk), name) for pk, name in Author.objects.values_list("pk", "name")]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """Stories that the author signs, in whatever role."""
        return articles.filter(pk__in=Byline.objects.filter(author=int(value)).values("article_id"))


class KindFilter(DeskFilter):
    """News, analysis…"""

    title, parameter_name, choices_ = gettext_lazy("kind"), "kind", tuple(Kind.choices)
    every = gettext_lazy("All kinds")

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """By kind."""
        return articles.filter(kind=value)


class StageFilter(DeskFilter):
    """The stage of the working copy, also of stories that are live."""

    title, parameter_name, choices_ = gettext_lazy("stage"), "stage", tuple(Stage.choices)
    every = gettext_lazy("All stages")

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """By stage."""
        return articles.filter(stage=value)


class NextFilter(DeskFilter):
    """Stories for which something is set to happen soon: going live, an update, a withdrawal."""

    title, parameter_name = gettext_lazy("coming up"), "next"
    every = gettext_lazy("Coming up")
    choices_ = (
        ("1", gettext_lazy("Within the hour")),
        ("24", gettext_lazy("Within a day")),
        ("168", gettext_lazy("Within a week")),
        ("any", gettext_lazy("At any time")),
    )

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """Stories with an edition that begins or ends by then."""
        at = moment(request)
        begins, ends = Q(live_from__gt=at), Q(live_until__gt=at)
        if value != "any":
            until = at + int(value) * HOUR
            begins, ends = begins & Q(live_from__lte=until), ends & Q(live_until__lte=until)
        return articles.filter(pk__in=Edition.objects.filter(begins | ends).values("article_id"))


class ObstacleFilter(DeskFilter):
    """What keeps stories from readers."""

    title, parameter_name, every = gettext_lazy("held back"), "obstacle", gettext_lazy("Held back or not")
    choices_ = (
        ("any", gettext_lazy("Held back")),
        ("hold", gettext_lazy("On hold")),
        ("legal", gettext_lazy("Legal block")),
        ("embargo", gettext_lazy("Under embargo")),
    )

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet, value: str) -> ArticleQuerySet:
        """By open blocks, of which there are few, and by the embargo."""
        blocks = Block.objects.filter(released_at=None)
        blocked = Q(pk__in=(blocks if value == "any" else blocks.filter(kind=value)).values("article_id"))
        embargoed = Q(embargo_until__gt=moment(request))
        return articles.filter({"any": blocked | embargoed, "embargo": embargoed}.get(value, blocked))


class BinFilter(DeskFilter):
    """What is in the bin is not in the list, unless it is asked for."""

    title, parameter_name, choices_ = gettext_lazy("bin"), "bin", (("bin", gettext_lazy("In the bin")),)
    every = gettext_lazy("Not in the bin")

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """In the bin or not."""
        return queryset.filter(binned_at__isnull=False) if self.chosen() else queryset.filter(binned_at=None)


FILTERS = (
    StateFilter, MineFilter, SectionFilter, AuthorFilter, KindFilter, StageFilter, NextFilter,
    ObstacleFilter, BinFilter,
)  # fmt: skip
