"""Atom feeds with full text: of everything, and of each section, author and tag.

An entry's id is made of what never changes, not of its address. “updated” is what the newsroom said: it moves with
a substantive change or a correction and with nothing else. Readers of feeds ask again by ETag; there is no
Last-Modified, since a withdrawal takes the newest date back.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles import bodies, corrections, directory, navigation
from articles.listing import by_author, by_tag, teasers
from articles.metadata import titled
from articles.models import Edition, EditionByline, EditionTag, Section
from articles.views.requests import moved
from authors.models import Author
from newsroom import clock
from newsroom.documents import xml_document
from newsroom.newspaper import absolute, newspaper

if TYPE_CHECKING:
    from articles.querysets import EditionQuerySet

ENTRIES = 20

# The namespace of our entries' ids. Changing it would show every story as new to every subscriber.
NAMESPACE = uuid.UUID("5b9d8f0e-3f0b-4d0c-9a57-0f7f6a3f1c52")

# What an empty feed says of its age: nothing has ever changed in it.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A story as a feed carries it. `content` is HTML with full addresses."""

    id: str
    story: Edition
    url: str
    updated: datetime
    people: list[dict[str, str]]
    content: str


@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """The newest stories."""
    at = clock.now()
    stories = Edition.objects.live(at=at).newest_first()
    return _feed(request, stories, at=at, title=newspaper().name, about="/")


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A section's newest stories, with those of its children."""
    at = clock.now()
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_section(slug)
        return moved(reverse("section_feed", args=[former.slug]) if former else None)
    stories = Edition.objects.live(at=at).filter(navigation.stories_of(found)).newest_first()
    return _feed(request, stories, at=at, title=titled(found.name), about=found.get_absolute_url())


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An author's newest stories; not found without a live one."""
    at = clock.now()
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_author(slug, at=at)
        return moved(reverse("author_feed", args=[former.slug]) if former else None)
    stories = by_author(Edition.objects.live(at=at), found)
    return _feed(request, stories, at=at, title=titled(found.name), about=found.get_absolute_url(), may_be_empty=False)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A tag's newest stories; not found without a live one."""
    at = clock.now()
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_tag(slug, at=at)
        return moved(reverse("tag_feed", args=[former.slug]) if former else None)
    stories = by_tag(Edition.objects.live(at=at), found)
    about = reverse("tag", args=[found.slug])
    return _feed(request, stories, at=at, title=titled(found.name), about=about, may_be_empty=False)


def entry_id(story: Edition) -> str:
    """The id that a story keeps whatever becomes of its address, headline or section."""
    # first_published_at is frozen once the story has begun, and tells apart newsrooms that number alike.
    return uuid.uuid5(NAMESPACE, f"{story.article_id} {story.first_published_at.astimezone(UTC).isoformat()}").urn


def _feed(
    request: HttpRequest,
    stories: EditionQuerySet,
    *,
    at: datetime,
    title: str,
    about: str,
    may_be_empty: bool = True,
) -> HttpResponseBase:
    entries = _entries(stories, at=at)
    if not entries and not may_be_empty:
        raise Http404
    context = {
        "newspaper": newspaper(),
        "title": title,
        "about": absolute(about),
        "address": absolute(request.path),
        "updated": max((entry.updated for entry in entries), default=NEVER),
        "entries": entries,
    }
    return xml_document(request, "articles/feed.xml", context, content_type="application/atom+xml")


def _entries(stories: EditionQuerySet, *, at: datetime) -> list[Entry]:
    """The first stories as entries: one query for them, one for pictures in them, one for stories they link to."""
    found = list(_with_texts(stories, at=at)[:ENTRIES])
    needed = bodies.needed(story.revision.body for story in found)
    photos = bodies.photos(needed.photos)
    linked = teasers(Edition.objects.live(at=at).filter(article__in=needed.articles)) if needed.articles else []
    targets = {one.article_id: one for one in linked}
    return [
        Entry(
            id=entry_id(story),
            story=story,
            url=absolute(story.path),
            updated=story.updated_at or story.first_published_at,
            people=_people(story),
            content=_content(story, photos=photos, targets=targets),
        )
        for story in found
    ]


def _with_texts(stories: EditionQuerySet, *, at: datetime) -> EditionQuerySet:
    """With full text, every author in order, tags, and corrections until `at`."""
    people = (
        EditionByline.objects.filter(edition=OuterRef("pk"))
        .order_by("position")
        .values(data=JSONObject(name=F("author__name"), slug=F("author__slug")))
    )
    tags = EditionTag.objects.filter(edition=OuterRef("pk")).order_by("tag__name").values("tag__name")
    return (
        stories.select_related("revision", "section", "photo")
        .defer("search_vector")
        .annotate(
            people=ArraySubquery(people),
            tag_names=ArraySubquery(tags),
            correction_list=ArraySubquery(corrections.rows(at=at)),
        )
    )


def _people(story: Edition) -> list[dict[str, str]]:
    """Everybody who signs, in order and each once."""
    found: list[dict[str, str]] = story.people  # type: ignore[attr-defined]  # annotated
    addresses = {person["slug"]: absolute(reverse("author", args=[person["slug"]])) for person in found}
    named = {person["slug"]: person["name"] for person in found}
    return [{"name": named[slug], "url": address} for slug, address in addresses.items()]


def _content(story: Edition, *, photos: dict[int, Any], targets: dict[int, Edition]) -> str:
    context = {
        "story": story,
        "content": story.revision.content,
        "body": bodies.expand(story.revision.body, photos=photos, stories=targets, full_addresses=True),
        "corrections": corrections.notes(story.correction_list),  # type: ignore[attr-defined]  # annotated
    }
    return render_to_string("articles/_feed_entry.html", context)
