"""Addresses that are nearly right lead to the right one, in one hop: the one place where such rules are.

Only what was not found is looked at, so that other requests pay nothing. A rule proposes an address, and that address
is asked before anybody is sent there: no redirect leads to a page that is not there or on to another redirect, and
what readers may not know of answers like what nobody ever heard of. The desk, static files and media are left alone.

A server decodes a path before anybody sees it. So a page is served at every percent-encoding of its address, and names
the plain one as canonical; where a trusted proxy says in X-Original-URI how the client wrote it, there is a redirect.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.middleware import common
from django.urls import Resolver404, resolve

from newsroom import pagecache
from newsroom.errors import page_not_found
from newsroom.security import DESK

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

LONGEST = 500
LEFT_ALONE = (DESK, "/preview/", settings.STATIC_URL, settings.MEDIA_URL)
NEVER_PROPOSED = frozenset({"shared_preview", "healthz", "readyz", "metrics"})

# Lists that once had numbered pages elsewhere. Ours go by cursor, so that a number means the beginning.
LISTS = frozenset({"front", "section", "author", "authors", "tag", "archive", "archive_month", "corrections"})
NUMBERED = ("page", "paged")
RELICS = (*NUMBERED, "feed")
A_NUMBER = re.compile(r"[1-9][0-9]{0,5}")

# Where other systems have the feeds and files of a page: the last parts of their addresses, and ours.
ATOM: tuple[str, ...] = ("feed",)
RSS: tuple[str, ...] = ("feed", "rss")
JSON: tuple[str, ...] = ("feed", "json")
TAILS: dict[tuple[str, ...], tuple[str, ...]] = {
    **dict.fromkeys((("feed", "atom"), ("atom",), ("atom.xml",), ("feed.xml",), ("feed.atom",), ("feeds",)), ATOM),
    **dict.fromkeys((("feed", "rss2"), ("feed", "rdf"), ("rss",), ("rss.xml",), ("feed.rss",), ("index.xml",)), RSS),
    **dict.fromkeys((("feed.json",), ("index.json",)), JSON),
}
NOTHING = frozenset({"index.html", "index.htm", "index.php", "amp"})
WHOLE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("security.txt",): (".well-known", "security.txt"),
    ("manifest.json",): ("manifest.webmanifest",),
    ("site.webmanifest",): ("manifest.webmanifest",),
    ("sitemap_index.xml",): ("sitemap.xml",),
    ("sitemap-news.xml",): ("news-sitemap.xml",),
}
# ?feed= as one system has it.
FEEDS = {"atom": ATOM, "feed": RSS, "rss": RSS, "rss2": RSS, "rdf": RSS, "json": JSON}

# What a sentence leaves at the end of an address that was copied from it.
PUNCTUATION = " \t\r\n.,;:!?'\")]}>’”»…"


class CommonMiddleware(common.CommonMiddleware):
    """Django's own, but it adds a missing slash only at the desk: elsewhere it would lead to what is not there."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Whether the desk has a page of this name with a slash."""
        return f"{request.path_info}/".startswith(DESK) and super().should_redirect_with_slash(request)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Put right what a reader was nearly right about. Nothing that was posted is ever sent elsewhere."""
        if request.method in ("GET", "HEAD") and not request.path_info.startswith(LEFT_ALONE):
            response = self._put_right(request, response)
        return super().process_response(request, response)

    def _put_right(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404:
            return self._found_elsewhere(request) or response
        if response.status_code == 301 and request.GET:
            return self._moved(request, response.headers.get("Location", ""))
        if response.status_code == 200:
            if request.resolver_match and request.resolver_match.url_name in LISTS:
                pagecache.wear(request, (), parameters=RELICS)  # the page cache must not pass over them
            return (_relic(request) if request.GET else None) or _encoded(request) or response
        return response

    def _found_elsewhere(self, request: HttpRequest) -> HttpResponseBase | None:
        """What the address that was meant answers: a redirect there, or that it is gone; None where there is none."""
        for path in candidates(request.path_info):
            if path == request.path_info or not _is_readers(path) or _is_nonsense(request, path):
                continue
            response: HttpResponseBase = self._ask(request, path)
            if response.status_code == 200:
                return HttpResponsePermanentRedirect(_with_query(request, path))
            if response.status_code in (301, 302):
                return self._moved(request, response.headers["Location"])
            if response.status_code == 410:
                return response
        return None

    def _moved(self, request: HttpRequest, location: str) -> HttpResponseBase:
        """A redirect to `location` with the query that was asked; without it where that place in a list is no more."""
        if "?" in location or not location.startswith("/"):
            return HttpResponsePermanentRedirect(location)
        if "after" in request.GET and self._ask(request, location).status_code != 200:
            return HttpResponsePermanentRedirect(location)
        return HttpResponsePermanentRedirect(_with_query(request, location))

    def _ask(self, request: HttpRequest, path: str) -> Any:
        """What `path` answers to this request."""
        asked = copy.copy(request)
        asked.path = asked.path_info = path
        asked.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_IF_")}
        asked.META["PATH_INFO"] = path
        asked.resolver_match = None
        vars(asked).pop("headers", None)  # cached from META
        return self.get_response(asked)


def _encoded(request: HttpRequest) -> HttpResponseBase | None:
    """A redirect to the plain address, for one that a proxy says was written in percent signs; None for a plain one."""
    written = request.META.get("HTTP_X_ORIGINAL_URI", "").partition("?")[0]
    if "%" in written and unquote(written) == request.path_info:
        plain = HttpResponsePermanentRedirect(_with_query(request, request.path_info))
        # It is the answer to a header, which a cache must not give to those who asked plainly.
        plain.headers["Cache-Control"] = "no-store"
        return plain
    return None


def candidates(path: str) -> Iterator[str]:
    """The addresses that may have been meant by `path`: each begins with one slash and is in plain form."""
    text = unquote(path)
    if len(text) > LONGEST or "\\" in text or not text.startswith("/"):
        return
    for spelled in dict.fromkeys((text.lower(), text)):
        parts = [part for part in spelled.rstrip(PUNCTUATION).split("/") if part not in ("", ".")]
        if ".." in parts:
            return
        parts = list(_without_relics(parts))
        plain = "/".join(["", *parts])
        yield f"{plain}/"
        if parts:
            yield plain


def _without_relics(parts: list[str]) -> tuple[str, ...]:
    """The parts of an address in our own terms."""
    found = tuple(parts)
    while found and found[-1] in NOTHING:
        found = found[:-1]
    if found[-2:] not in (RSS, JSON):
        length = next((length for length in (2, 1) if found[-length:] in TAILS), 0)
        found = (*found[: len(found) - length], *TAILS.get(found[len(found) - length :], ()))
    if found[-2:-1] == ("page",) and A_NUMBER.fullmatch(found[-1]):
        found = found[:-2]
    return WHOLE.get(found, found)


def _is_readers(path: str) -> bool:
    """Whether a readers' page may be at `path`."""
    if path.startswith(LEFT_ALONE):
        return False
    try:
        return resolve(path).url_name not in NEVER_PROPOSED
    except Resolver404:
        return False


def _is_list(path: str) -> bool:
    try:
        return resolve(path).url_name in LISTS
    except Resolver404:
        return False


def _is_nonsense(request: HttpRequest, path: str) -> bool:
    """Whether the request wants a page of a list by something that is no number."""
    given = [value for name in NUMBERED for value in request.GET.getlist(name)]
    return any(not A_NUMBER.fullmatch(value) for value in given) and _is_list(path)


def _with_query(request: HttpRequest, path: str) -> str:
    """`path` with the query that was asked, written anew; a list's number left out."""
    query = request.GET.copy()
    if _is_list(path):
        for name in NUMBERED:
            query.pop(name, None)
    return f"{path}?{query.urlencode()}" if query else path


def _relic(request: HttpRequest) -> HttpResponseBase | None:
    """For a list that was asked in another system's terms: where it is in ours; None for all else."""
    path = request.path_info
    if not any(name in request.GET for name in RELICS) or not _is_list(path):
        return None
    if _is_nonsense(request, path):
        return page_not_found(request, Http404())
    tail = FEEDS.get(request.GET.get("feed", ""))
    if tail and _is_readers(feed := f"{path}{'/'.join(tail)}/"):
        return HttpResponsePermanentRedirect(feed)
    if any(name in request.GET for name in NUMBERED):
        return HttpResponsePermanentRedirect(_with_query(request, path))
    return None
