"""Under what a page is held: its path and what it reads of its query, in one order, so that nobody makes many of one.

Which parameters the pages of a route read is learned from what they wear. A page is kept only if its request had
nothing but those: so what else somebody writes into an address can never get into what others are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

from newsroom.security import DESK

# The path, the query in one order, and for whom: EVERYBODY, unless the page says that it depends on who asks for HTML.
Key = tuple[str, str, str]
EVERYBODY, BROWSERS, OTHERS = "", "browsers", "others"

MOST_PATHS = 10_000  # whose routes are remembered
READS = frozenset(("GET", "HEAD"))
NO_BODY = frozenset((None, "", "0"))
LONGEST_QUERY = 200  # a query that is longer is nobody's place in a list
HTML = "text/html"


def elsewhere() -> tuple[str, ...]:
    """How the paths begin that are no readers' pages: the desk's, and files'."""
    return DESK, settings.STATIC_URL, settings.MEDIA_URL


def only_asks(environ: dict[str, Any]) -> bool:
    """Whether a request asks for something and brings nothing along."""
    return environ["REQUEST_METHOD"] in READS and environ.get("CONTENT_LENGTH") in NO_BODY


@dataclass
class Route:
    """What is known of the pages of a route. `wears`: whether one of them did; None until the first was rendered."""

    wears: bool | None = None
    parameters: set[str] = field(default_factory=set)
    by_accept: bool = False

    def learn(self, *, wears: bool, parameters: set[str], by_accept: bool) -> None:
        """Take in what one page of the route said. Knowledge only grows."""
        self.wears = self.wears or wears
        self.parameters |= parameters
        self.by_accept = self.by_accept or by_accept


class Routes:
    """The routes of the site, as far as they are known. There are as many as the site has, whatever is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Route] = {}
        self._of_path: dict[str, Route] = {}

    def of(self, path: str) -> Route | None:
        """The route of a path as Django reads it; None where there is none."""
        found = self._of_path.get(path)
        if found is not None:
            return found
        try:
            return self._known.setdefault(resolve(path).route, Route())
        except Resolver404:
            return None

    def remember(self, path: str, route: Route) -> None:
        """Spare the next one the search for a path at which there is a page."""
        if len(self._of_path) >= MOST_PATHS:
            self._of_path.clear()
        self._of_path[path] = route


def key(environ: dict[str, Any], route: Route) -> Key:
    """Under what the page that answers this request is held, by what is known of its route."""
    query = environ.get("QUERY_STRING", "")
    if query and route.wears:
        query = canonical(query, route.parameters)
    audience = EVERYBODY if not route.by_accept else BROWSERS if is_browser(environ) else OTHERS
    return environ["PATH_INFO"], query, audience


def canonical(query: str, parameters: set[str]) -> str:
    """The query with these parameters alone, sorted by name; values of one name stay in their order."""
    read = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in parameters]
    return urlencode(sorted(read, key=lambda pair: pair[0]))


def is_canonical(query: str, parameters: set[str]) -> bool:
    """Whether a request with this query asked for nothing that the page does not read, and that in our order."""
    return not query or (len(query) <= LONGEST_QUERY and query == canonical(query, parameters))


def is_browser(environ: dict[str, Any]) -> bool:
    """Whether the client asks for HTML: the one thing of Accept that a page may depend on."""
    return HTML in environ.get("HTTP_ACCEPT", "")
