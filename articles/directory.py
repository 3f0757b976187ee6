"""Where things of old addresses have gone. Without a live story, an author or a tag is nowhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from taggit.models import Tag

from articles.models import Edition, FormerSlug, Section
from authors.models import Author


def public_authors(*, at: datetime) -> QuerySet[Author]:
    """Authors who sign a story that is live at `at`."""
    signed = Edition.objects.live(at=at).filter(bylines__author=OuterRef("pk"), bylines__retired=False)
    return Author.objects.filter(Exists(signed))


def public_tags(*, at: datetime) -> QuerySet[Tag]:
    """Tags of stories that are live at `at`."""
    tagged = Edition.objects.live(at=at).filter(edition_tags__tag=OuterRef("pk"), edition_tags__retired=False)
    tags: QuerySet[Tag] = Tag.objects.filter(Exists(tagged))
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
