"""Who writes an invented archive, and where it stands: sections, authors, tags, pictures, and a login to fill it."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from taggit.models import Tag

from articles.demo import pictures
from articles.demo.roster import SECTIONS
from articles.filling import words
from articles.models import Article, Photo, Section
from authors.models import Author, User
from newsroom.slugs import slugify_headline

if TYPE_CHECKING:
    from collections.abc import Iterable

# Nobody signs in by this name: its account is not active and has no password.
LOGIN = "archive"
PICTURES = 12


@dataclass(frozen=True)
class Cast:
    """Everything that stories refer to, by id, so that another process can be told. The first of each is drawn most."""

    by: int
    content_type: int
    # Id, address and top-level section.
    sections: tuple[tuple[int, str, int], ...]
    authors: tuple[int, ...]
    names: dict[int, str]
    tags: tuple[int, ...]
    photos: tuple[int, ...]


def filler() -> User:
    """The login in whose name archives are filled."""
    found, _ = User.objects.get_or_create(
        username=LOGIN, defaults={"first_name": "The", "last_name": "archive", "is_active": False}
    )
    if found.password == "":
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found


def gather(stories: int, *, seed: int, at: datetime) -> Cast:
    """What an archive of so many stories refers to: what the newsroom has, and as many authors and tags as it lacks."""
    lot = random.Random(f"{seed}/cast")  # noqa: S311 - for prose, not for secrets
    by = filler()
    sections = list(Section.objects.all()) or _sections()
    # With the archive grows who wrote it and what it is about, but more slowly.
    wanted = round(stories**0.5)
    authors = _authors(max(12, min(800, wanted)), lot)
    tags = _tags(max(30, min(4000, 4 * wanted)), lot)
    photos = list(Photo.objects.order_by("pk").values_list("pk", flat=True)[:500]) or _photos(by, at)
    return Cast(
        by=by.pk,
        content_type=ContentType.objects.get_for_model(Article).pk,
        sections=tuple((one.pk, one.slug, one.root_id) for one in sections),
        authors=tuple(authors),
        names=authors,
        tags=tuple(tags),
        photos=tuple(photos),
    )


def _sections() -> list[Section]:
    made: dict[str, Section] = {}
    for position, each in enumerate(SECTIONS):
        made[each.slug] = Section.objects.create(
            slug=each.slug,
            name=each.name,
            colour=each.colour,
            description=each.description,
            position=position,
            parent=made.get(each.parent),
        )
    return list(made.values())


def _authors(count: int, lot: random.Random) -> dict[int, str]:
    """At least so many authors, names by id, in the order in which they came."""
    known = set(Author.objects.values_list("slug", flat=True))
    made: dict[str, Author] = {}
    while len(known) + len(made) < count:
        name = f"{lot.choice(words.FIRST_NAMES)} {lot.choice(words.SURNAMES)}"
        slug = slugify_headline(name)
        if slug not in known:
            made[slug] = Author(name=name, slug=slug, role=f"Reporter, {lot.choice(words.PLACES)}")
    Author.objects.bulk_create(made.values())
    return dict(Author.objects.order_by("pk").values_list("pk", "name")[:count])


def _tags(count: int, lot: random.Random) -> list[int]:
    """At least so many tags by id, the same subjects that stories are about first."""
    names = [*(one.capitalize() for one in words.SUBJECTS), *words.PLACES]
    names += [f"{place} {office}" for office in words.OFFICES for place in lot.sample(words.PLACES, 200)]
    known = {name.lower() for name in Tag.objects.values_list("name", flat=True)}
    slugs = set(Tag.objects.values_list("slug", flat=True))
    missing = count - len(known)
    fresh = (name for name in names if name.lower() not in known and slugify_headline(name, 90) not in slugs)
    Tag.objects.bulk_create(Tag(name=name, slug=slugify_headline(name, 90)) for name in _first(missing, fresh))
    return list(Tag.objects.order_by("pk").values_list("pk", flat=True)[:count])


def _first(count: int, things: Iterable[str]) -> list[str]:
    return [thing for _, thing in zip(range(count), things, strict=False)]


def _photos(by: User, at: datetime) -> list[int]:
    names = sorted(pictures.SCENES)[:: max(1, len(pictures.SCENES) // PICTURES)][:PICTURES]
    made = []
    for name, section in zip(names, (SECTIONS * PICTURES)[:PICTURES], strict=True):
        told = name.replace("-", " ").capitalize()
        file = File(io.BytesIO(pictures.scene(name, section=section.slug)), name="picture")
        made.append(
            Photo.objects.take_in(
                file, by=by, at=at, title=told, alt_text=f"{told}, drawn.", credit="Drawing: the archive"
            )
        )
    return [photo.pk for photo in made]
