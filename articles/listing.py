"""Readers' lists: what a teaser needs of an edition and nothing more, newest first, a page at a time.

A cursor names the last story of the page before, so that a new story shifts nothing; nothing is counted or skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject

from articles.models import Byline, Edition, EditionByline
from articles.querysets import EditionQuerySet
from newsroom.database.prepared import Prepared
from newsroom.database.statements import Value

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from taggit.models import Tag

    from authors.models import Author

PAGE_SIZE = 20

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(0|[1-9][0-9]{0,16})-([1-9][0-9]{0,17})")

# The copies of first_published_at by which an author's and a tag's stories are in order.
BY_AUTHOR = "bylines__first_published_at"
BY_TAG = "edition_tags__first_published_at"

WORDS_OF_TEASER = (
    "article",
    "path",
    "kind",
    "language",
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
)
PICTURE_OF_TEASER = (
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
    """Some stories of a list, and the cursor of the older ones, if there are any: `beyond` is the first of those."""

    stories: list[Edition]
    older: Cursor | None
    is_first: bool
    beyond: Edition | None = None


def teasers(editions: EditionQuerySet, *, people: bool = True, pictures: bool = True) -> EditionQuerySet:
    """With what a teaser shows: section, picture, and `signed_by`, the authors' ids, names and slugs in order.

    A list that shows no `people` or no `pictures` does without.
    """
    if pictures:
        editions = editions.select_related("section", "root_section", "photo").only(
            *WORDS_OF_TEASER, *PICTURE_OF_TEASER
        )
    else:
        editions = editions.select_related("section", "root_section").only(*WORDS_OF_TEASER)
    if not people:
        return editions
    signatures = (
        EditionByline.objects.filter(edition=OuterRef("pk"), role=Byline.Role.BY)
        .order_by("position")
        .values(data=JSONObject(id=F("author_id"), name=F("author__name"), slug=F("author__slug")))
    )
    return editions.annotate(signed_by=ArraySubquery(signatures))


class Listing:
    """A readers' list whose query is made once, for its newest page and for its older ones."""

    def __init__(self, where: Callable[..., Q], *, published: str = "first_published_at") -> None:
        """The stories of which `where` is true, which takes what `page` is given; in the order of `published`."""
        self._where, self._published = where, published
        self._prepared = Prepared(self._found)

    def page(self, *told: Any, after: Cursor | None, at: datetime, **values: Value) -> Page:
        """The page of stories live at `at`, from the newest or from below a cursor; the rest is for `where`."""
        below: dict[str, Value] = {} if after is None else {"before": after.published, "below": after.article}
        found = self._prepared(*told, at=at, **below, **values)
        stories, more = found[:PAGE_SIZE], found[PAGE_SIZE:]
        older = Cursor(stories[-1].first_published_at, stories[-1].article_id) if more else None
        return Page(stories, older, is_first=after is None, beyond=more[0] if more else None)

    def _found(
        self, *told: Any, at: datetime, before: datetime | None = None, below: int = 0, **values: Any
    ) -> EditionQuerySet:
        # One filter() for all conditions, so that all of them mean the same joined row.
        condition = self._where(*told, **values)
        if before is not None:
            condition &= Cursor(before, below).older(self._published)
        stories = teasers(Edition.objects.live(at=at).filter(condition))
        return stories.order_by(f"-{self._published}", "-article_id")[: PAGE_SIZE + 1]


def by_author(editions: EditionQuerySet, author: Author | int) -> EditionQuerySet:
    """Those `editions` that an author signs, newest first, read in the order of the bylines' own index."""
    return editions.filter(_signed(author)).order_by(f"-{BY_AUTHOR}", "-article_id")


def by_tag(editions: EditionQuerySet, tag: Tag | int) -> EditionQuerySet:
    """Those `editions` that carry a tag, newest first, read in the order of the tags' own index."""
    return editions.filter(_tagged(tag)).order_by(f"-{BY_TAG}", "-article_id")


def newest_from(editions: EditionQuerySet, section: OuterRef) -> EditionQuerySet:
    """Those `editions` that belong to the root section of an outer query, newest first; after them those of others.

    To be cut, and what is others' left out by whoever shows it: asked by equality, PostgreSQL would go through all of
    the archive for the few stories of a section that sleeps. This order only the sections' own index has.
    """
    return editions.filter(root_section__gte=section).order_by("root_section_id", "-first_published_at", "-article_id")


def is_one_of(chosen: QuerySet[Any]) -> Func:
    """The condition of being one of a few editions, by a query of their ids.

    As an array: PostgreSQL takes a subquery of some hundreds for a reason to read the whole table.
    """
    ids = ArraySubquery(chosen)
    return Func(F("pk"), ids, arg_joiner=" = ANY (", template="(%(expressions)s))", output_field=BooleanField())


def _signed(author: Author | int) -> Q:
    # An author who wrote a story and took its pictures is named twice, and the story listed once.
    again = EditionByline.objects.filter(
        edition=OuterRef("pk"), author=author, position__lt=OuterRef("bylines__position")
    )
    return Q(bylines__author=author, bylines__retired=False) & ~Q(Exists(again))


def _tagged(tag: Tag | int) -> Q:
    return Q(edition_tags__tag=tag, edition_tags__retired=False)


OF_AUTHOR = Listing(lambda *, author: _signed(author), published=BY_AUTHOR)
OF_TAG = Listing(lambda *, tag: _tagged(tag), published=BY_TAG)
