"""Where things of old addresses have gone. Without a live story, an author or a tag is nowhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from taggit.models import Tag

from articles.listing import BY_AUTHOR, BY_TAG
from articles.models import Edition, FormerSlug, Section
from authors.models import Author

# Not whether there is a live story but which is the newest: asked whether there is one, PostgreSQL would read the whole
# archive to know it of everybody.


def public_authors(*, at: datetime) -> QuerySet[Author]:
    """Authors who sign a story that is live at `at`."""
    signed = Edition.objects.live(at=at).filter(bylines__author=OuterRef("pk"), bylines__retired=False)
    newest = Subquery(signed.order_by(f"-{BY_AUTHOR}").values("pk")[:1])
    return Author.objects.alias(newest=newest).filter(newest__isnull=False)


def public_tags(*, at: datetime) -> QuerySet[Tag]:
    """Tags of stories that are live at `at`."""
    tagged = Edition.objects.live(at=at).filter(edition_tags__tag=OuterRef("pk"), edition_tags__retired=False)
    newest = Subquery(tagged.order_by(f"-{BY_TAG}").values("pk")[:1])
    tags: QuerySet[Tag] = Tag.objects.alias(newest=newest).filter(newest__isnull=False)
    return tags


def former_section(slug: str) -> Section | None:
    """The section that once had this slug."""
    return Section.objects.filter(former_slugs__kind=FormerSlug.Kind.SECTION, former_slugs__slug=slug).first()


def former_author(slug: str, *, at: datetime) -> Author | None:
    """The author who once had this slug, if readers may know them."""
    return public_authors(at=at).filter(former_slugs__slug=slug).first()


def former_tag(slug: str, *, at: datetime) -> Tag | None:
    """The tag that once had this slug, if readers may know it."""
    return public_tags(at=at).filter(former_slugs__kind=FormerSlug.Kind.TAG, former_slugs__slug=slug).first()
