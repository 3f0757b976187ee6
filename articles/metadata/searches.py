"""The search page. No search engine is to list what another search finds; its feeds are for who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.metadata.lists import listed
from articles.metadata.words import titled
from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import Feed, Head

if TYPE_CHECKING:
    from articles.feeds.formats import Format


def search(text: str, *, feeds: Sequence[tuple[Format, str]]) -> Head:
    """The page of a search for `text`, which may be empty; `feeds` are the paths of what it finds, by format."""
    name = _("Search")
    title = titled(text, name)
    words = _("Every story from %(newspaper)s, by its words.") % {"newspaper": newspaper().name}
    return replace(
        listed(name, words, address("search"), after=None),
        title=title,
        feeds=tuple(
            Feed(title=f"{title} ({each.label})", url=absolute(path), media_type=each.media_type)
            for each, path in feeds
        ),
        indexed=not feeds,
    )
