"""What the identities in snapshots stand for, in words: authors, tags, sections, pictures, stories.

A story that a person may not see at the desk, and that readers do not see either, has no name for them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles import permissions
from articles.models import Edition, Photo, Section
from authors.models import Author

if TYPE_CHECKING:
    from authors.models import User

NOT_PUBLIC = gettext_lazy("A story that is not public yet")


@dataclass
class Wanted:
    """Identities to look up."""

    authors: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    photos: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Names:
    """What was found. Everything else had a name once, and is gone."""

    authors: dict[int, str]
    tags: dict[int, str]
    sections: dict[int, str]
    photos: dict[int, Photo]
    articles: dict[int, str]

    def author(self, pk: int) -> str:
        """An author's name."""
        return self.authors.get(pk, _("an author who is not listed any more"))

    def tag(self, pk: int) -> str:
        """A tag's name."""
        return self.tags.get(pk, _("a tag that is gone"))

    def section(self, pk: int | None) -> str:
        """A section's name, after its parent's; empty for none."""
        return self.sections.get(pk, _("a section that is gone")) if pk is not None else ""

    def article(self, pk: int) -> str:
        """A story's headline, as far as the person may know it."""
        return self.articles[pk]


def look_up(wanted: Wanted, *, person: User, at: datetime) -> Names:
    """Look all of them up, in at most one query for each kind of thing and two for stories."""
    sections = {
        section.pk: f"{section.parent} › {section}" if section.parent else str(section)
        for section in (
            Section.objects.select_related("parent").filter(pk__in=wanted.sections) if wanted.sections else ()
        )
    }
    return Names(
        authors=dict(Author.objects.filter(pk__in=wanted.authors).values_list("pk", "name")) if wanted.authors else {},
        tags=dict(Tag.objects.filter(pk__in=wanted.tags).values_list("pk", "name")) if wanted.tags else {},
        sections=sections,
        photos=Photo.objects.in_bulk(wanted.photos) if wanted.photos else {},
        articles=dict.fromkeys(wanted.articles, str(NOT_PUBLIC)) | headlines(wanted.articles, person=person, at=at),
    )


def headlines(ids: Collection[int], *, person: User, at: datetime) -> dict[int, str]:
    """The headlines of these stories that `person` may know: of their own working copies, else as readers see them."""
    if not ids:
        return {}
    known = dict(permissions.visible(person).filter(pk__in=ids).values_list("pk", "headline"))
    others = set(ids) - known.keys()
    if others:
        live = Edition.objects.live(at=at).filter(article__in=others)
        known |= dict(live.values_list("article_id", "headline"))
    return known
