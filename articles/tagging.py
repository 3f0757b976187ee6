"""Tags by name: found without regard to case, under a former address too, or made. Renaming keeps the old address."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from taggit.models import Tag

from articles.models import FormerSlug

NAME_LIMIT = 100


class TagError(ValueError):
    """A tag cannot be named so. Its text is a sentence for the person who typed it."""


def tag_named(name: str) -> Tag:
    """The tag of this name, made if there is none. Raises TagError for what is no name."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT:
        raise TagError(f"A tag has between 1 and {NAME_LIMIT} characters.")
    found = Tag.objects.filter(name__iexact=name).order_by("pk").first()
    if found is not None:
        return found
    slug = slugify(name)
    if not slug:
        raise TagError(f"“{name}” has no letter or digit that could make an address.")
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, slug=slug).select_related("tag").first()
    if former is not None and former.tag is not None:
        return former.tag
    return Tag.objects.filter(slug=slug).first() or Tag.objects.create(name=name, slug=slug)


def check_slug(slug: str, *, tag: Tag) -> None:
    """Raise TagError where another tag has or had this address."""
    if Tag.objects.filter(slug=slug).exclude(pk=tag.pk).exists():
        raise TagError("Another tag has this address. Choose a different one.")
    former = FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, slug=slug).exclude(tag_id=tag.pk)
    if former.exists():
        raise TagError("Another tag had this address, and it still leads there. Choose a different one.")


def save_renamed(tag: Tag) -> None:
    """Save a tag, and keep the address it had so that it goes on leading here."""
    with transaction.atomic():
        before = Tag.objects.filter(pk=tag.pk).values_list("slug", flat=True).first()
        tag.save()
        if before and before != tag.slug:
            FormerSlug.objects.get_or_create(kind=FormerSlug.Kind.TAG, slug=before, defaults={"tag": tag})
        FormerSlug.objects.filter(kind=FormerSlug.Kind.TAG, tag=tag, slug=tag.slug).delete()
