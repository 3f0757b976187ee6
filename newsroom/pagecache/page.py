"""One held page: its headers, its body in three codings, each made once, and how a request is answered with it.

Browsers are told to ask each time (`no-cache`, as for every reader's page): nobody could take back what they keep. Only
with PAGECACHE_CDN, which says that something in front hears of purges, are shared caches told to keep a page, and given
its keys: others could not let go of it, and a stranger has no use for our numbers.
"""

from __future__ import annotations

import hashlib
import zlib
from time import monotonic
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsroom.pagecache.keys import Key

Headers = list[tuple[str, str]]

PLAIN, GZIP, BROTLI = "identity", "gzip", "br"
# Measured on a story of 32,568 bytes: gzip 4 makes 9,471 in 0.20 ms, gzip 6 9,302 in 0.55, brotli 5 8,770 in 0.53,
# brotli 9 8,604 in 9, brotli 11 7,445 in 25. What is rendered for one reader takes the first; the last is worth its
# time for a page that many ask for, beside the requests.
GZIP_LEVEL, BEST_GZIP_LEVEL, BROTLI_LEVEL, BEST_BROTLI_LEVEL = 4, 9, 5, 11
TOO_SHORT = 200  # bytes that no coding makes shorter
# What is worth compressing; newsroom.requests goes by the same list.
TEXTS = (
    "text/",
    *(f"application/{kind}" for kind in ("json", "xml", "atom+xml", "rss+xml", "feed+json", "manifest+json")),
)
OVERHEAD = 4096  # bytes that a page costs beside its bodies: headers, keys, its places in the indexes
LONGEST_STALE = 30  # seconds that a CDN may go on while it asks for the next one
# Ours to set for each answer; a stored copy of theirs would be another request's.
NOT_KEPT = frozenset(("content-length", "x-request-id", "etag", "vary", "cache-control"))
ASK_EACH_TIME = "no-cache"


class Page:
    """A page, as it was rendered once. Bodies are added as they are asked for; nothing else changes but its expiry."""

    __slots__ = (
        "began", "behind", "codings", "counted", "etag", "expires", "headers", "hits", "is_plain", "is_timed", "key",
        "keys", "lasts", "loosely", "renew", "short", "used", "weak",
    )  # fmt: skip

    def __init__(
        self,
        key: Key,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        *,
        keys: Iterable[str],
        loosely: Iterable[str] = (),
        behind: float = 0.0,
        began: float,
        shared: bool,
    ) -> None:
        """A page that was rendered from the instant `began` on, with the headers that Django gave it.

        A change of what it wears `loosely` leaves it `behind` seconds.
        `shared`: a CDN is told for how long it may keep the page, by each answer anew, unless the view has said so.
        """
        headers = list(headers)
        given = {name.lower(): value for name, value in headers}
        self.key = key
        self.keys = frozenset(keys)
        self.loosely = frozenset(loosely) - self.keys
        self.behind = behind
        self.began = began
        self.expires = 0.0  # when it is made anew although nothing is known to have changed
        self.lasts = 0.0  # when it is no longer right; never later does anybody get it
        self.renew = 0.0  # from when on it is rendered beside the requests if somebody asks, so that nobody waits
        self.hits = 0
        self.counted = 0  # the bytes that the store has counted for it
        self.used = monotonic()
        self.etag = given.get("etag") or f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        self.weak = self.etag.removeprefix("W/")
        self.is_plain = len(body) < TOO_SHORT or not given.get("content-type", "").startswith(TEXTS)
        cache_control = given.get("cache-control", ASK_EACH_TIME)
        self.is_timed = shared and cache_control == ASK_EACH_TIME
        vary = ", ".join(filter(None, (given.get("vary"), "Accept-Encoding")))
        self.headers: Headers = [(name, value) for name, value in headers if name.lower() not in NOT_KEPT]
        self.short: Headers = [("Vary", vary), ("ETag", self.etag)]
        if not self.is_timed:
            self.short.append(("Cache-Control", cache_control))
        self.codings: dict[str, tuple[Headers, list[bytes]]] = {}
        self._add(PLAIN, body)

    @property
    def size(self) -> int:
        """The bytes that it takes in memory."""
        return OVERHEAD + sum(len(body) for _, [body] in list(self.codings.values()))  # others add some

    def coded(self, coding: str) -> tuple[Headers, list[bytes]]:
        """Headers and body in a coding, which is made if it was never asked for."""
        found = self.codings.get(PLAIN if self.is_plain else coding)
        if found is None:
            [plain] = self.codings[PLAIN][1]
            found = self._add(
                coding, gzipped(plain) if coding == GZIP else brotli.compress(plain, quality=BROTLI_LEVEL)
            )
        return found

    def tighten(self) -> None:
        """Compress as well as can be what many ask for."""
        [plain] = self.codings[PLAIN][1]
        if not self.is_plain:
            self._add(BROTLI, brotli.compress(plain, quality=BEST_BROTLI_LEVEL))
            self._add(GZIP, gzipped(plain, BEST_GZIP_LEVEL))

    def is_had(self, if_none_match: str) -> bool:
        """Whether a client that sends this has the page already: the weak comparison of RFC 9110."""
        if if_none_match in (self.etag, "*"):
            return True
        return any(tag.strip().removeprefix("W/") == self.weak for tag in if_none_match.split(","))

    def _add(self, coding: str, body: bytes) -> tuple[Headers, list[bytes]]:
        headers = [*self.headers, *self.short, ("Content-Length", str(len(body)))]
        if coding != PLAIN:
            # Bodies that differ in their bytes must not share a strong tag.
            headers = [(name, f"W/{self.weak}" if name == "ETag" else value) for name, value in headers]
            headers.append(("Content-Encoding", coding))
        self.codings[coding] = (headers, [body])
        return self.codings[coding]

    def for_shared_caches(self, now: float) -> Headers:
        """What a CDN is told at an instant: until when it may keep the page, never past its end, and its keys."""
        left = min(self.expires, self.lasts) - now
        if self.loosely:
            left = min(left, self.behind)  # it does not hear of those
        left = max(0, int(left) - 1)  # it counts in seconds, and from when it arrives
        stale = min(LONGEST_STALE, left // 4)
        told = [("Surrogate-Key", " ".join(sorted(self.keys))), ("Cache-Tag", ",".join(sorted(self.keys)))]
        if self.is_timed:
            until = f"s-maxage={left - stale}, stale-while-revalidate={stale}"
            told.append(("Cache-Control", f"public, max-age=0, {until}"))
        return told


def gzipped(body: bytes, level: int = GZIP_LEVEL) -> bytes:
    """The body as gzip, which no time of making is written into."""
    return zlib.compress(body, level, zlib.MAX_WBITS | 16)


def coding_for(accept_encoding: str, among: Sequence[str] = (BROTLI, GZIP)) -> str:
    """The coding that a client is answered in: the first `among` these that its Accept-Encoding does not refuse."""
    takes: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        takes[name.strip()] = not _is_nothing(weight)
    others = takes.get("*", False)
    return next((coding for coding in among if takes.get(coding, others)), PLAIN)


def _is_nothing(weight: str) -> bool:
    """Whether a part's `q=` is zero. What makes no sense counts as nothing: plain is always understood."""
    name, _, number = weight.replace(" ", "").partition("=")
    if not name:
        return False
    try:
        return name != "q" or not 0 < float(number) <= 1
    except ValueError:
        return True
