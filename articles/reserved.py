"""Which slugs a section may not take: the first parts of the addresses that the site itself uses.

They are read from the URLconf, so a new route is reserved from the moment it exists; `articles.checks` refuses
to start when a section has its slug already.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# Where a route stops being literal text: a converter, or an expression's special characters.
VARIABLE = frozenset("<([{\\.*+?|$")


def reserved_slugs() -> frozenset[str]:
    """The first path segments of every route, and of static files and media; in lower case."""
    served = (urlsplit(str(url)).path.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL))
    prefixes = (prefix.split("/")[0] for prefix in served if prefix)
    return frozenset(slug.lower() for slug in (*_first_segments(get_resolver().url_patterns), *prefixes))


def _first_segments(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The literal first segment of each pattern; those that begin with a converter have none."""
    for pattern in patterns:
        route = str(pattern.pattern).removeprefix("^").removeprefix("/")
        if not route and isinstance(pattern, URLResolver):
            yield from _first_segments(pattern.url_patterns)
            continue
        segment = route.split("/")[0].rstrip("$")
        if segment and not VARIABLE & set(segment):
            yield segment
