"""The one list of the formats in which every feed is written, and of the addresses of each.

Atom has the feed's plain address, `…/feed/`; the others are below it. All of these begin with what was reserved
before: no section can take one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from newsroom import seo
from newsroom.newspaper import absolute


@dataclass(frozen=True)
class Format:
    """A way to write a feed: what its address ends in, how HTTP calls it, how people do."""

    name: str
    media_type: str
    label: str


ATOM = Format("atom", "application/atom+xml", "Atom")
RSS = Format("rss", "application/rss+xml", "RSS")
JSON = Format("json", "application/feed+json", "JSON Feed")

FORMATS = (ATOM, RSS, JSON)


class FormatConverter:
    """The formats that have an address of their own, below the feed's."""

    regex = "|".join(each.name for each in FORMATS if each is not ATOM)

    def to_python(self, value: str) -> Format:
        """The format with this name."""
        return next(each for each in FORMATS if each.name == value)

    def to_url(self, value: Format) -> str:
        """Its name."""
        return value.name


def feed_path(route: str, *args: object, file_format: Format = ATOM) -> str:
    """The path of a feed; `route` and `args` name it as for `reverse`."""
    return reverse(route, args=args if file_format is ATOM else (*args, file_format))


def announced(title: str, path: str) -> tuple[seo.Feed, ...]:
    """What a page's head says of a feed: where it is, in each format. `path` is that of Atom."""
    return tuple(
        seo.Feed(
            title=title if each is ATOM else f"{title} ({each.label})",
            url=absolute(path if each is ATOM else f"{path}{each.name}/"),
            media_type=each.media_type,
        )
        for each in FORMATS
    )
