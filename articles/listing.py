"""Readers' lists: what a teaser needs of an edition and nothing more, newest first, a page at a time.

A cursor names the last story of the page before, so that a new story shifts nothing; nothing is counted or skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from articles.models import Byline, Edition, EditionByline
from articles.querysets import EditionQuerySet

if TYPE_CHECKING:
    from taggit.models import Tag

    from authors.models import Author

PAGE_SIZE = 20

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(0|[1-9][0-9]{0,16})-([1-9][0-9]{0,17})")

# The copies of first_published_at by which an author's and a tag's stories are in order.
BY_AUTHOR = "bylines__first_published_at"
BY_TAG = "edition_tags__first_published_at"

TEASER_FIELDS = (
    "article",
    "path",
    "kind",
    "kicker",
    "headline",
    "list_headline",
    "teaser",
    "first_published_at",
    "updated_at",
    "section__name",
    "section__slug",
    "section__colour",
    "root_section__colour",
    "photo__renditions",
    "photo__focal_x",
    "photo__focal_y",
)


@dataclass(frozen=True)
class Cursor:
    """The place in a list after which a page begins: a story, by what lists are ordered by."""

    published: datetime
    article: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote. Raises ValueError for everything else."""
        match = CURSOR.fullmatch(text)
        if match is None:
            raise ValueError("Not a cursor.")
        try:
            published = EPOCH + timedelta(microseconds=int(match[1]))
        except OverflowError as error:
            raise ValueError("Not a cursor.") from error
        return cls(published, int(match[2]))

    def __str__(self) -> str:
        return f"{(self.published - EPOCH) // timedelta(microseconds=1)}-{self.article}"

    def older(self, published: str) -> Q:
        """The condition of coming after this place; `published` names the field by which the list is ordered."""
        # The first condition says nothing new, but PostgreSQL starts reading its index there.
        return Q(**{f"{published}__lte": self.published}) & (
            Q(**{f"{published}__lt": self.published}) | Q(article_id__lt=self.article)
        )


@dataclass(frozen=True)
class Page:
    """Some stories of a list, and the cursor of the older ones, if there are any."""

    stories: list[Edition]
    older: Cursor | None
    is_first: bool


def teasers(editions: EditionQuerySet) -> EditionQuerySet:
    """With what a teaser shows: section, picture, and `signed_by`, the authors' names and slugs in order."""
    signatures = (
        EditionByline.objects.filter(edition=OuterRef("pk"), role=Byline.Role.BY)
        .order_by("position")
        .values(data=JSONObject(name=F("author__name"), slug=F("author__slug")))
    )
    return (
        editions.select_related("section", "root_section", "photo")
        .only(*TEASER_FIELDS)
        .annotate(signed_by=ArraySubquery(signatures))
    )


def page(editions: EditionQuerySet, *, after: Cursor | None, size: int = PAGE_SIZE) -> Page:
    """The page of `editions`, from the newest or from below a cursor."""
    return _page(editions, Q(), after=after, size=size, published="first_published_at")


def page_by_author(editions: EditionQuerySet, author: Author, *, after: Cursor | None, size: int = PAGE_SIZE) -> Page:
    """The page of those `editions` that an author signs, in whatever role; each story once."""
    return _page(editions, _signed(author), after=after, size=size, published=BY_AUTHOR)


def page_by_tag(editions: EditionQuerySet, tag: Tag, *, after: Cursor | None, size: int = PAGE_SIZE) -> Page:
    """The page of those `editions` that carry a tag."""
    return _page(editions, _tagged(tag), after=after, size=size, published=BY_TAG)


def by_author(editions: EditionQuerySet, author: Author | int) -> EditionQuerySet:
    """Those `editions` that an author signs, newest first, read in the order of the bylines' own index."""
    return editions.filter(_signed(author)).order_by(f"-{BY_AUTHOR}", "-article_id")


def by_tag(editions: EditionQuerySet, tag: Tag | int) -> EditionQuerySet:
    """Those `editions` that carry a tag, newest first, read in the order of the tags' own index."""
    return editions.filter(_tagged(tag)).order_by(f"-{BY_TAG}", "-article_id")


def _signed(author: Author | int) -> Q:
    # An author who wrote a story and took its pictures is named twice, and the story listed once.
    again = EditionByline.objects.filter(
        edition=OuterRef("pk"), author=author, position__lt=OuterRef("bylines__position")
    )
    return Q(bylines__author=author, bylines__retired=False) & ~Q(Exists(again))


def _tagged(tag: Tag | int) -> Q:
    return Q(edition_tags__tag=tag, edition_tags__retired=False)


def _page(editions: EditionQuerySet, where: Q, *, after: Cursor | None, size: int, published: str) -> Page:
    # One filter() for all conditions, so that all of them mean the same joined row.
    condition = where & after.older(published) if after else where
    found = list(teasers(editions.filter(condition)).order_by(f"-{published}", "-article_id")[: size + 1])
    stories, more = found[:size], found[size:]
    older = Cursor(stories[-1].first_published_at, stories[-1].article_id) if more else None
    return Page(stories, older, is_first=after is None)
