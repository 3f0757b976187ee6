"""The feeds that have addresses: of everything, and of each section, author and tag, in every format."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles import cache_keys, directory, navigation
from articles.feeds.answering import feed_of
from articles.feeds.formats import ATOM, Format, feed_path
from articles.listing import by_author, by_tag
from articles.metadata import titled
from articles.models import Edition, Section
from articles.views.requests import moved
from authors.models import Author
from newsroom import clock
from newsroom.newspaper import newspaper


@require_safe
def everything(request: HttpRequest, file_format: Format = ATOM) -> HttpResponseBase:
    """The newest stories."""
    at = clock.now()
    stories = Edition.objects.live(at=at).newest_first()
    return feed_of(
        request, stories, at=at, title=newspaper().name, about="/", file_format=file_format, wears=cache_keys.FRONT
    )


@require_safe
def section(request: HttpRequest, slug: str, file_format: Format = ATOM) -> HttpResponseBase:
    """A section's newest stories, with those of its children."""
    at = clock.now()
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_section(slug)
        return moved(feed_path("section_feed", former.slug, file_format=file_format) if former else None)
    stories = Edition.objects.live(at=at).filter(navigation.stories_of(found)).newest_first()
    return feed_of(
        request,
        stories,
        at=at,
        title=titled(found.name),
        about=found.get_absolute_url(),
        file_format=file_format,
        wears=cache_keys.in_section(found.pk),
    )


@require_safe
def author(request: HttpRequest, slug: str, file_format: Format = ATOM) -> HttpResponseBase:
    """An author's newest stories; not found without a live one."""
    at = clock.now()
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_author(slug, at=at)
        return moved(feed_path("author_feed", former.slug, file_format=file_format) if former else None)
    return feed_of(
        request,
        by_author(Edition.objects.live(at=at), found),
        at=at,
        title=titled(found.name),
        about=found.get_absolute_url(),
        file_format=file_format,
        may_be_empty=False,
        wears=cache_keys.by_author(found.pk),
    )


@require_safe
def tag(request: HttpRequest, slug: str, file_format: Format = ATOM) -> HttpResponseBase:
    """A tag's newest stories; not found without a live one."""
    at = clock.now()
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_tag(slug, at=at)
        return moved(feed_path("tag_feed", former.slug, file_format=file_format) if former else None)
    return feed_of(
        request,
        by_tag(Edition.objects.live(at=at), found),
        at=at,
        title=titled(found.name),
        about=reverse("tag", args=[found.slug]),
        file_format=file_format,
        may_be_empty=False,
        wears=cache_keys.with_tag(found.pk),
    )
