"""The sections as every page shows them: in the masthead, at the foot, and the one that a page is about.

One query a page, and none on pages that show no section.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from newsroom.database import instances
from newsroom.database.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Branch:
    """A section and those inside it."""

    section: Section
    children: list[Section]


@dataclass(frozen=True)
class Navigation:
    """All sections in their order; a child knows its parent without a query."""

    sections: Sequence[Section]

    @cached_property
    def roots(self) -> list[Section]:
        """The top-level sections."""
        return [section for section in self.sections if section.parent_id is None]

    @cached_property
    def tree(self) -> list[Branch]:
        """The top-level sections, each with those inside it."""
        return [Branch(root, self.children(root)) for root in self.roots]

    def children(self, section: Section) -> list[Section]:
        """The sections inside `section`."""
        return [child for child in self.sections if child.parent_id == section.pk]

    def find(self, slug: str) -> Section | None:
        """The section with this slug."""
        return next((section for section in self.sections if section.slug == slug), None)


_ALL = Prepared(lambda: Section.objects.all())


def load() -> Navigation:
    """Read the sections."""
    return _of(_ALL())


def rows() -> QuerySet[Section, Any]:
    """A subquery of all sections, for `read`: a page's row carries them along."""
    fields = {field.attname: F(field.attname) for field in Section._meta.concrete_fields}
    return Section.objects.values(data=JSONObject(**fields))


def read(carried: Iterable[dict[str, Any]]) -> Navigation:
    """The sections of `rows`, without a query."""
    return _of([instances.carried(Section, each) for each in carried])


def _of(sections: list[Section]) -> Navigation:
    by_id = {section.pk: section for section in sections}
    for section in sections:
        if section.parent_id is not None:
            section.parent = by_id[section.parent_id]
    return Navigation(sections)


def stories_of(section: Section) -> Q:
    """The condition of an edition's belonging to a section's page: a parent's includes its children's."""
    return Q(**{field_of(section): section})


def field_of(section: Section) -> str:
    """The field of editions by which they belong to a section's page."""
    return "root_section" if section.parent_id is None else "section"


def context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `navigation`, read only where a template shows it and its view has not given it."""
    return {"navigation": SimpleLazyObject(load)}
