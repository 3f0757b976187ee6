"""A story's path: section, local date of first publication, slug. Free for ever once given, or given for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from articles.models import Article, Edition, Section
from newsroom import clock
from newsroom.slugs import slugify_headline

SLUG_LIMIT = 80


def stem(article: Article, headline: str) -> str:
    """The slug to try first: the one that an editor gave the story, else one made from `headline`."""
    return article.slug or slugify_headline(headline, SLUG_LIMIT)


def free_path(article: Article, *, section: Section, first_published_at: datetime, stem: str) -> str:
    """A path that belongs to no other story, `-2`, `-3`… added to the stem as needed.

    Serialises with everybody who asks for the same section and day until the transaction ends: concurrent inserters
    of equal keys would deadlock on the exclusion constraint, which is the guard and not the method. The stem is not
    part of the lock, because “Foo” with a number is also what a story called “Foo 2” asks for.
    """
    day = clock.local_date(first_published_at)
    return free_path_under(f"/{section.slug}/{day:%Y/%m/%d}/", article=article, stem=stem)


def free_path_under(prefix: str, *, article: Article, stem: str) -> str:
    """As `free_path`, below a prefix that begins and ends with a slash; in lower case, as all addresses are."""
    stem = stem.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [prefix])
    taken = set(
        Edition.objects.filter(path__startswith=f"{prefix}{stem}")
        .exclude(article=article)
        .values_list("path", flat=True)
    )
    path, number = f"{prefix}{stem}/", 1
    while path in taken:
        number += 1
        path = f"{prefix}{stem}-{number}/"
    return path
