"""A feed of any stories as a response: conditional, in the format that is asked for.

Browsers show Atom and RSS with a stylesheet and offer to save what is called by their names, so that a person who
opens a feed is sent it as plain XML; feed readers, which do not ask for HTML, get the format's own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from articles.feeds.entries import Entry, entries_of
from articles.feeds.formats import ATOM, JSON, Format
from articles.feeds.json_feed import as_json
from newsroom.documents import json_document, xml_document
from newsroom.newspaper import absolute, newspaper
from newsroom.pagecache import wear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Edition
    from articles.querysets import EditionQuerySet

# What an empty feed says of its age: nothing has ever changed in it.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A feed, ready to be written. `about` is the page that it belongs to and `address` its own, both in full."""

    title: str
    about: str
    address: str
    updated: datetime
    entries: list[Entry]
    hub: str


def feed_of(
    request: HttpRequest,
    stories: EditionQuerySet | Sequence[Edition],
    *,
    at: datetime,
    title: str,
    about: str,
    file_format: Format = ATOM,
    may_be_empty: bool = True,
    wears: str = "",
) -> HttpResponseBase:
    """A feed of the first twenty of `stories`, in their order, as the answer to `request`.

    `stories` are live at `at`: a queryset through the gate, or a list of editions from one. `title` is the page's, as
    `metadata.titled` makes it; `about` is the path of the page that shows the same to people, its query string
    included. The feed's own address is the one that was asked for. `wears` is the key of the list, for the page cache;
    without one the answer is never held. Raises Http404 where there are no stories and
    the feed may not be empty. Costs at most three queries beside the one that a queryset is.
    """
    entries, keys = entries_of(stories, at=at)
    if not entries and not may_be_empty:
        raise Http404
    if wears:
        wear(request, {wears, *keys})
    query = f"?{request.GET.urlencode()}" if request.GET and "?" in about else ""
    feed = Feed(
        title=title,
        about=absolute(about),
        address=absolute(f"{request.path}{query}"),
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
        hub=settings.NEWSROOM_WEBSUB_HUB,
    )
    return _written(request, feed, file_format)


def _written(request: HttpRequest, feed: Feed, file_format: Format) -> HttpResponseBase:
    headers = {"Link": f'<{feed.hub}>; rel="hub", <{feed.address}>; rel="self"'} if feed.hub else {}
    if file_format is JSON:
        # Pages of other sites may read it: it is the same for everybody.
        headers["Access-Control-Allow-Origin"] = "*"
        return json_document(request, as_json(feed), content_type=JSON.media_type, headers=headers)
    headers["Vary"] = "Accept"
    media_type = "application/xml" if "text/html" in request.headers.get("Accept", "") else file_format.media_type
    context: dict[str, Any] = {"newspaper": newspaper(), "feed": feed}
    template = f"articles/feed_{file_format.name}.xml"
    return xml_document(request, template, context, content_type=media_type, headers=headers)
