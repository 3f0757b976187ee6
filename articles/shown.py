"""What readers see of a story, period by period, as far as a page can show it: read in one query, and comparable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from articles.models import Edition, EditionByline, EditionTag

if TYPE_CHECKING:
    from articles.querysets import EditionQuerySet

# What a teaser says, its picture included; names of people and sections are looked up.
_TEASER = ("kind", "language", "kicker", "headline", "list_headline", "teaser", "photo_id", "section_id")
_FIELDS = ("pk", "revision_id", "article_id", "path", "root_section_id", "first_published_at", "updated_at")
_MORE = ("is_syndicated", "live_from", "live_until")


@dataclass(frozen=True)
class Shown:
    """What readers see of a story while an edition of it is live."""

    edition: int
    revision: int
    article: int
    path: str
    root_section: int
    first_published_at: datetime
    updated_at: datetime | None
    kind: str
    language: str
    kicker: str
    headline: str
    list_headline: str
    teaser: str
    photo: int | None
    section: int
    is_syndicated: bool
    authors: tuple[int, ...]
    roles: tuple[str, ...]
    tags: frozenset[int]

    @property
    def as_teaser(self) -> tuple[Any, ...]:
        """All that a list may show of it."""
        texts = (self.kind, self.language, self.kicker, self.headline, self.list_headline, self.teaser)
        return (*texts, self.photo, self.section, self.authors, self.roles, self.path)


@dataclass(frozen=True)
class Period:
    """What readers see in [live_from, live_until)."""

    live_from: datetime
    live_until: datetime | None
    shown: Shown

    def has(self, at: datetime) -> bool:
        """Whether an instant is in it."""
        return self.live_from <= at and (self.live_until is None or at < self.live_until)


@dataclass(frozen=True)
class Turn:
    """An instant at which readers come to see `after` of a story instead of `before`; None is nothing of it."""

    at: datetime
    before: Shown | None
    after: Shown | None


def periods(editions: EditionQuerySet) -> list[Period]:
    """The periods of these editions, a story's together and in order. One query."""
    bylines = EditionByline.objects.filter(edition=OuterRef("pk")).order_by("position", "pk")
    tags = EditionTag.objects.filter(edition=OuterRef("pk"))
    rows = (
        editions.order_by("article_id", "live_from")
        .annotate(
            authors=ArraySubquery(bylines.values("author_id")),
            roles=ArraySubquery(bylines.values("role")),
            tags=ArraySubquery(tags.values("tag_id")),
        )
        .values_list(*_FIELDS, *_TEASER, *_MORE, "authors", "roles", "tags")
    )
    return [_period(row) for row in rows.iterator(chunk_size=2000)]


def turns(found: Iterable[Period], *, after: datetime) -> Iterator[Turn]:
    """Every instant after `after` at which one of these periods, a story's together and in order, begins or ends."""
    for _, group in groupby(found, key=lambda period: period.shown.article):
        story = list(group)
        instants = {instant for period in story for instant in (period.live_from, period.live_until)}
        for instant in sorted(each for each in instants if each is not None and each > after):
            ending = next((p.shown for p in story if p.live_until == instant), None)
            beginning = next((p.shown for p in story if p.live_from == instant), None)
            yield Turn(instant, ending, beginning)


def _period(row: Sequence[Any]) -> Period:
    *told, live_from, live_until, authors, roles, tags = row
    told += [tuple(authors), tuple(roles), frozenset(tags)]
    return Period(live_from, live_until, Shown(*told))


def open_periods(article: int, *, at: datetime) -> list[Period]:
    """What readers see of a story at `at`, and what is set for later. One query."""
    return periods(Edition.objects.unfinished(at=at).filter(article=article))
