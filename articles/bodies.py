"""A stored body, made ready for readers: its pictures and links to our own stories take their present form.

A link leads where its story is live now; where it is not, the words stay and the link goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Edition, Photo
from newsroom import richtext
from newsroom.newspaper import absolute, newspaper
from newsroom.templating import render_macro

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - names the type, makes nothing safe


@dataclass(frozen=True)
class Needed:
    """What bodies refer to, by identity."""

    photos: frozenset[int]
    articles: frozenset[int]


def needed(bodies: Iterable[str]) -> Needed:
    """Everything that these bodies refer to."""
    references = [richtext.references(body) for body in bodies]
    return Needed(
        frozenset(photo for found in references for photo in found.photos),
        frozenset(article for found in references for article in found.articles),
    )


def photos(ids: Iterable[int]) -> dict[int, Photo]:
    """The pictures with these ids; asks nothing where there are none."""
    wanted = set(ids)
    return Photo.objects.in_bulk(wanted) if wanted else {}


def expand(
    body: str,
    *,
    photos: Mapping[int, Photo],
    stories: Mapping[int, Edition],
    place: str = "",
    full_addresses: bool = False,
) -> SafeString:
    """The body as a page shows it, with `photos` by id and live `stories` by their article's id.

    `place` is the dateline. Feeds are read elsewhere: they ask for `full_addresses`, and their subheads have no links.
    """
    found = richtext.references(body)
    figures = {
        photo: render_macro("articles/_figure.html", "figure", photos[photo], full_addresses=full_addresses)
        for photo in found.photos
        if photo in photos
    }
    links: dict[int, str | None] = {
        article: absolute(stories[article].path) if full_addresses else stories[article].path
        for article in found.articles
        if article in stories
    }
    site = newspaper().url if full_addresses else ""
    return richtext.render(body, photos=figures, links=links, place=place, anchors=not full_addresses, site=site)
