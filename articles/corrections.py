"""Corrections as readers meet them: with their story for good, in feeds and structured data, and in one public list.

None is ever changed or deleted. One that was itself mistaken is struck out by another, and both go on being shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from articles.erasing import ERASED
from articles.listing import Cursor, teasers
from articles.models import Correction, Edition

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Article
    from articles.querysets import ArticleQuerySet

PAGE_SIZE = 50


@dataclass(frozen=True)
class Note:
    """One correction as it is shown. `wrong` may be empty; `strikes` is when the note that it strikes out was made."""

    id: int
    kind: Correction.Kind
    wrong: str
    text: str
    is_above: bool
    published_at: datetime
    is_struck: bool
    strikes: datetime | None

    @property
    def label(self) -> str:
        """“Correction”, “Clarification”…"""
        return str(self.kind.label)

    @property
    def sentence(self) -> str:
        """All that it says in one run of text, for machines and feeds."""
        return " ".join(filter(None, [self.wrong, self.text]))


def rows(*, at: datetime) -> QuerySet[Any]:
    """Until `at`, for the story in an outer query, as JSON objects in their order: to be read by `notes`."""
    corrections = Correction.objects.filter(article=OuterRef("article"), published_at__lte=at)
    return corrections.order_by("published_at", "pk").values(data=_AS_DATA)


def of_story(article: Article, *, at: datetime) -> list[dict[str, Any]]:
    """The same for one story, in 1 query."""
    corrections = Correction.objects.filter(article=article, published_at__lte=at).order_by("published_at", "pk")
    return list(corrections.values_list(_AS_DATA, flat=True))


def with_standing(articles: ArticleQuerySet) -> QuerySet[Article]:
    """Stories with what `standing` asks for, so that it need not ask."""
    unstruck = Correction.objects.filter(article=OuterRef("pk"), struck_by=None).order_by("published_at", "pk")
    return articles.annotate(standing_notes=ArraySubquery(unstruck.values(data=_AS_DATA)))


def standing(article: Article) -> list[Note]:
    """A story's notes that nothing has struck out, in order; 1 query, or none after `with_standing`."""
    found = getattr(article, "standing_notes", None)
    if found is None:
        unstruck = article.corrections.filter(struck_by=None).order_by("published_at", "pk")
        found = list(unstruck.values_list(_AS_DATA, flat=True))
    return notes(found)


_AS_DATA = JSONObject(
    id=F("pk"),
    kind=F("kind"),
    wrong=F("wrong"),
    text=F("text"),
    placement=F("placement"),
    published_at=F("published_at"),
    strikes=F("strikes__published_at"),
    # Few strike anything, and PostgreSQL is told so: else it would read them all.
    struck=Exists(Correction.objects.filter(strikes=OuterRef("pk"), strikes__isnull=False)),
)


def notes(found: Iterable[dict[str, Any]]) -> list[Note]:
    """Notes from the objects that the database made."""
    return [
        Note(
            id=each["id"],
            kind=Correction.Kind(each["kind"]),
            wrong=each["wrong"],
            text=each["text"],
            is_above=each["placement"] == Correction.Placement.ABOVE,
            published_at=_instant(each["published_at"]),
            is_struck=each["struck"],
            strikes=_instant(each["strikes"]) if each["strikes"] else None,
        )
        for each in found
    ]


@dataclass(frozen=True)
class Listed:
    """A note in the public list, and its story as readers see it now; None where it was withdrawn."""

    note: Note
    article: int
    story: Edition | None


@dataclass(frozen=True)
class Page:
    """Some of the list, the newest first, and the cursor of the older ones, if there are any."""

    listed: Sequence[Listed]
    older: Cursor | None
    is_first: bool


def page(*, after: Cursor | None, at: datetime, size: int = PAGE_SIZE) -> Page:
    """A page of every correction of every story that readers ever saw: 2 queries."""
    found = Correction.objects.filter(published_at__lte=at).exclude(text=ERASED)
    if after is not None:
        found = found.filter(
            Q(published_at__lte=after.published) & (Q(published_at__lt=after.published) | Q(pk__lt=after.article))
        )
    read = list(found.order_by("-published_at", "-pk").values_list("pk", "article_id", _AS_DATA)[: size + 1])
    shown, more = read[:size], read[size:]
    live = Edition.objects.live(at=at).filter(article__in={article for _, article, _ in shown})
    stories = {edition.article_id: edition for edition in teasers(live)} if shown else {}
    told = notes(data for _, _, data in shown)
    listed = [Listed(note, article, stories.get(article)) for note, (_, article, _) in zip(told, shown, strict=True)]
    older = Cursor(told[-1].published_at, shown[-1][0]) if more else None
    return Page(listed, older, is_first=after is None)


def _instant(text: str) -> datetime:
    instant = parse_datetime(text)
    assert instant is not None, text  # noqa: S101 - the database wrote it
    return instant
