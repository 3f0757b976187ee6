"""Authors by name, as bylines in copy have them: found without regard to case and marks, or made without a login."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import F, Q

from authors.models import Author, FormerSlug
from newsroom.slugs import slugify_headline
from newsroom.typography import spellings, typeset

NAME_LIMIT = 120
_SLUG_LIMIT = 100


def author_named(name: str) -> tuple[Author, bool]:
    """The author of this name, and whether they were made for it. One with a login is preferred among namesakes."""
    name = " ".join(name.split())[:NAME_LIMIT]
    with transaction.atomic():
        # Two pieces of copy that name the same newcomer make one author. One lock for all names: with one for each,
        # copy that names the same two people in different orders would deadlock.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('new author', 0))")
        same = reduce(or_, (Q(name__iexact=each) for each in spellings(name)))
        found = Author.objects.filter(same).order_by(F("user").asc(nulls_last=True), "pk").first()
        if found is not None:
            return found, False
        return Author.objects.create(name=typeset(name)[:NAME_LIMIT], slug=_free_slug(name)), True


def _free_slug(name: str) -> str:
    """An address that no author has or had."""
    stem = slugify_headline(name, _SLUG_LIMIT)
    taken = set(Author.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, count = stem, 1
    while slug in taken:
        count += 1
        slug = f"{stem}-{count}"
    return slug
