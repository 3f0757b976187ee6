"""Stories as feeds carry them, the same in every format: full text, every author, corrections, the lead picture."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from articles import bodies, cache_keys, corrections, pictures
from articles.listing import teasers
from articles.models import Edition, EditionByline, EditionTag
from newsroom import languages
from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper
from newsroom.templating import render_to_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.content import Content
    from articles.models import Photo
    from articles.querysets import EditionQuerySet

ENTRIES = 20

# The namespace of our entries' ids. Changing it would show every story as new to every subscriber.
NAMESPACE = uuid.UUID("5b9d8f0e-3f0b-4d0c-9a57-0f7f6a3f1c52")


@dataclass(frozen=True)
class Image:
    """The lead picture: one address, its size, and the texts that go with it."""

    url: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """A story as a feed carries it. `content` is HTML with full addresses, `summary` plain text.

    `language` is the story's own as a BCP 47 tag, the newsroom's where it has none. `source` is who published a
    syndicated story first, and where; both empty for our own.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    people: list[dict[str, str]]
    categories: list[str]
    language: str
    direction: str
    summary: str
    content: str
    image: Image | None
    source: str
    source_url: str


def entry_id(story: Edition) -> str:
    """The id that a story keeps whatever becomes of its address, headline or section."""
    # first_published_at is frozen once the story has begun, and tells apart newsrooms that number alike.
    return uuid.uuid5(NAMESPACE, f"{story.article_id} {story.first_published_at.astimezone(UTC).isoformat()}").urn


def entries_of(stories: EditionQuerySet | Sequence[Edition], *, at: datetime) -> tuple[list[Entry], set[str]]:
    """The first of these stories as entries, in their order, and the keys that a page wears which shows them.

    One query for the stories, one for pictures in them, one for stories they link to. `stories` are live at `at`; a
    list of them may have come from any query.
    """
    found = _with_texts(stories, at=at)
    needed = bodies.needed(story.revision.body for story in found)
    photos = bodies.photos(needed.photos)
    linked = teasers(Edition.objects.live(at=at).filter(article__in=needed.articles)) if needed.articles else []
    targets = {one.article_id: one for one in linked}
    return [_entry(story, photos=photos, targets=targets) for story in found], cache_keys.entries(found, needed)


def _with_texts(stories: EditionQuerySet | Sequence[Edition], *, at: datetime) -> list[Edition]:
    """The first stories with full text, every author in order, tags, and corrections until `at`."""
    if isinstance(stories, list | tuple):
        wanted = [story.pk for story in stories[:ENTRIES]]
        found = {story.pk: story for story in _carrying(Edition.objects.live(at=at).filter(pk__in=wanted), at=at)}
        return [found[pk] for pk in wanted if pk in found]
    return list(_carrying(cast("EditionQuerySet", stories), at=at)[:ENTRIES])


def _carrying(stories: EditionQuerySet, *, at: datetime) -> EditionQuerySet:
    people = (
        EditionByline.objects.filter(edition=OuterRef("pk"))
        .order_by("position")
        .values(data=JSONObject(id=F("author_id"), name=F("author__name"), slug=F("author__slug")))
    )
    tags = EditionTag.objects.filter(edition=OuterRef("pk")).order_by("tag__name")
    return (
        stories.select_related("revision", "section", "photo")
        .defer("search_vector")
        .annotate(
            people=ArraySubquery(people),
            tagged=ArraySubquery(tags.values(data=JSONObject(id=F("tag_id"), name=F("tag__name")))),
            correction_list=ArraySubquery(corrections.rows(at=at)),
        )
    )


def _entry(story: Edition, *, photos: dict[int, Photo], targets: dict[int, Edition]) -> Entry:
    content = cast("Content", story.revision.content)
    tags: list[dict[str, str]] = story.tagged  # type: ignore[attr-defined]  # annotated
    return Entry(
        id=entry_id(story),
        title=story.headline,
        url=absolute(story.path),
        published=story.first_published_at,
        updated=story.updated_at or story.first_published_at,
        people=_people(story),
        categories=list(dict.fromkeys([story.section.name, *(tag["name"] for tag in tags)])),
        language=languages.tag(story.language) if story.language else newspaper().language,
        direction=languages.language(story.language).direction if story.language else "",
        summary=story.standfirst or story.teaser,
        content=_html(story, content, photos=photos, targets=targets),
        image=_image(story, content),
        source=content["source_name"],
        source_url=content["canonical_url"],
    )


def _people(story: Edition) -> list[dict[str, str]]:
    """Everybody who signs, in order and each once."""
    found: list[dict[str, str]] = story.people  # type: ignore[attr-defined]  # annotated
    addresses = {person["slug"]: absolute(address("author", person["slug"])) for person in found}
    named = {person["slug"]: person["name"] for person in found}
    return [{"name": named[slug], "url": address} for slug, address in addresses.items()]


def _image(story: Edition, content: Content) -> Image | None:
    shown = pictures.picture(story.photo, full_addresses=True) if story.photo else None
    if story.photo is None or shown is None:
        return None
    alt = "" if story.photo.is_decorative else content["lead_photo_alt"] or story.photo.alt_text
    return Image(shown.src, shown.width, shown.height, alt, story.photo.credit)


def _html(story: Edition, content: Content, *, photos: dict[int, Photo], targets: dict[int, Edition]) -> str:
    context: dict[str, Any] = {
        "story": story,
        "content": content,
        "body": bodies.expand(
            story.revision.body, photos=photos, stories=targets, place=content["dateline"], full_addresses=True
        ),
        "corrections": corrections.notes(story.correction_list),  # type: ignore[attr-defined]  # annotated
    }
    return render_to_string("articles/feed_entry.html", context)
