"""Tags by name: found without regard to case and to how marks are set, under a former address too, or made.

Renaming keeps the old address.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles.models import FormerSlug
from newsroom.slugs import slugify_headline
from newsroom.typography import spellings, typeset

NAME_LIMIT = 100
SLUG_LIMIT = 90  # leaves room for a number


class TagError(ValueError):
    """A tag cannot be named so. Its text is a sentence for the person who typed it."""


def tag_named(name: str) -> Tag:
    """The tag of this name, made if there is none. Raises TagError for what is no name."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT or "\x00" in name:
        raise TagError(_("A tag has between 1 and %(number)s characters.") % {"number": NAME_LIMIT})
    if not any(character.isalnum() for character in name):
        raise TagError(_("“%(name)s” has no letter or digit.") % {"name": name})
    found = _of_name(name)
    if found is not None:
        return found
    with transaction.atomic():
        # Two people who make the same tag at once make one. New tags are rare, so one lock serves for all of them.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('new tag', 0))")
        found = _of_name(name) or _of_former_address(name)
        return found or Tag.objects.create(name=typeset(name)[:NAME_LIMIT], slug=_free_slug(name))


def named(name: str) -> QuerySet[Tag]:
    """The tags of this name, whatever its case and however its marks are set."""
    tags: QuerySet[Tag] = Tag.objects.filter(reduce(or_, (Q(name__iexact=each) for each in spellings(name))))
    return tags


def _of_name(name: str) -> Tag | None:
    return named(name).order_by("pk").first()


def _of_former_address(name: str) -> Tag | None:
    """The renamed tag whose old address a name would have: who types the old name means it."""
    slug = slugify(name)
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, slug=slug).select_related("tag").first()
    return former.tag if former is not None and slug else None


def _free_slug(name: str) -> str:
    """An address that no tag has or had; a name without Latin letters gets a plain one with a number."""
    stem = slugify_headline(name, SLUG_LIMIT)
    slug, count = stem, 1
    while (
        Tag.objects.filter(slug=slug).exists()
        or FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, slug=slug).exists()
    ):
        count += 1
        slug = f"{stem}-{count}"
    return slug


def check_slug(slug: str, *, tag: Tag) -> None:
    """Raise TagError where another tag has or had this address."""
    if Tag.objects.filter(slug=slug).exclude(pk=tag.pk).exists():
        raise TagError(_("Another tag has this address. Choose a different one."))
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, slug=slug).exclude(tag_id=tag.pk)
    if former.exists():
        raise TagError(_("Another tag had this address, and it still leads there. Choose a different one."))


def save_renamed(tag: Tag) -> None:
    """Save a tag, and keep the address it had so that it goes on leading here."""
    with transaction.atomic():
        before = Tag.objects.filter(pk=tag.pk).values_list("slug", flat=True).first()
        tag.save()
        if before and before != tag.slug:
            FormerSlug.objects.get_or_create(kind=FormerSlug.Kind.TAG, slug=before, defaults={"tag": tag})
        FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, tag=tag, slug=tag.slug).delete()
