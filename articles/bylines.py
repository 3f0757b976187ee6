"""Who did what on a story, in order: one source for the page, its structured data and the feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from articles.models import Byline, EditionByline
from authors.models import Author
from newsroom.database import instances

# What pages show of who signs: their card, and their address.
AUTHOR = ("id", "name", "slug", "role", "biography", "portrait")


@dataclass(frozen=True)
class Credit:
    """One role and those who had it: “Photographs by A and B”."""

    role: str
    authors: list[Author]

    @property
    def words(self) -> str:
        """The role as a byline begins: “By”."""
        return _words(self.role, get_language())


@lru_cache(maxsize=256)
def _words(role: str, language: str | None) -> str:
    return str(Byline.Role(role).label)


def rows() -> QuerySet[EditionByline, Any]:
    """A subquery of who signs an edition, in order, for `read`: a page's row carries it along."""
    author = JSONObject(**{name: F(f"author__{name}") for name in AUTHOR})
    return (
        EditionByline.objects.filter(edition=OuterRef("pk"))
        .order_by("position", "pk")
        .values(data=JSONObject(id=F("pk"), role=F("role"), author=author))
    )


def read(carried: Iterable[dict[str, Any]]) -> list[EditionByline]:
    """The bylines of `rows`, with their authors, and without a query."""
    made = []
    for each in carried:
        byline = instances.carried(EditionByline, {"id": each["id"], "role": each["role"]})
        byline.author = instances.carried(Author, each["author"])
        made.append(byline)
    return made


def credits_of(signed: Iterable[EditionByline]) -> list[Credit]:
    """The roles in the order of their first author, the authors in theirs."""
    ordered = list(signed)
    first: dict[str, int] = {}
    for place, byline in enumerate(ordered):
        first.setdefault(byline.role, place)
    ordered.sort(key=lambda byline: first[byline.role])
    return [
        Credit(role, [byline.author for byline in group])
        for role, group in groupby(ordered, key=lambda byline: byline.role)
    ]


def writers(named: Iterable[Credit]) -> list[Author]:
    """Those who wrote the story; where nobody is named so, everybody who worked on it."""
    known = list(named)
    wrote = [author for credit in known if credit.role == Byline.Role.BY for author in credit.authors]
    return wrote or contributors(known)


def contributors(named: Iterable[Credit]) -> list[Author]:
    """Everybody who is named, each once."""
    return list(dict.fromkeys(author for credit in named for author in credit.authors))
