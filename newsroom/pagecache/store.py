"""The pages that are held, what takes them out, and what may come in.

A page comes in only if nothing that it wears was purged, and nothing was flushed, since before its first query. Why
that is enough: a transaction's NOTIFY comes after its commit. So a page that saw the state before the commit began
before the NOTIFY came. If the page is finished by then, it is held for a moment and the NOTIFY takes it out; if not,
the NOTIFY has moved the sequence past the page's token, and it is refused. A page that began after the NOTIFY saw the
commit. A NOTIFY that is lost is lost with its line, and a new line begins with a flush.

Bounded in bytes: what was used least recently goes first, some more at once than is wanted, so that looking for it is
rare.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from newsroom import clock
from newsroom.pagecache.keys import Key
from newsroom.pagecache.numbers import Numbers
from newsroom.pagecache.page import Page
from newsroom.pagecache.plan import NEVER, Plan

# The clock is measured anew now and then, and may go back by as much: an instant that a rendering had only just behind
# it may be one that its page has ahead.
MARGIN = 0.25
# Of the time until a page is too old, the last part: who asks for it then gets it, and has it renewed for the next.
RENEWED_IN = 2 / 3
MOST_REMEMBERED = 20_000  # purged keys and cooled pages; more are forgotten in the safe direction
LARGEST_SHARE = 8  # no page takes more than this part of the memory
KEPT_OF_16 = 15  # what is left of the memory when it was full


@dataclass(frozen=True)
class Token:
    """Where a rendering began: the sequence of messages, and the database's time in seconds."""

    sequence: int
    began: float


class Store:
    """Held pages. `pages` may be read by anybody at any time; all else goes through the methods, under a lock."""

    def __init__(self, most_bytes: int, *, ceiling: float, numbers: Numbers) -> None:
        """Pages of at most `most_bytes` together, each held for at most `ceiling` seconds."""
        self.pages: dict[Key, Page] = {}
        self.plan = Plan()
        self.bytes = 0
        self._most_bytes = most_bytes
        self._ceiling = ceiling
        self._numbers = numbers
        self._wearing: defaultdict[str, set[Key]] = defaultdict(set)
        self._wearing_loosely: defaultdict[str, set[Key]] = defaultdict(set)
        self._sequence = 0
        self._flushed = 0  # the sequence of the last flush
        self._purged: dict[str, int] = {}  # the sequence of each key's last purge, since that flush
        self._due = NEVER  # up to when planned instants have been acted upon
        self._heat: dict[Key, int] = {}
        self._lock = threading.RLock()
        numbers.most_bytes = most_bytes

    def now(self) -> float:
        """The database's time, in seconds."""
        return monotonic() + clock.ahead()

    def token(self) -> Token:
        """To be taken before a rendering's first query, and shown when its page is to be kept."""
        with self._lock:
            return Token(self._sequence, self.now())

    def put(self, page: Page, token: Token, *, not_after: float = NEVER) -> bool:
        """Keep a page; returns whether it may be kept."""
        with self._lock:
            now = self.now()
            page.lasts = min(not_after, self.plan.next(page.keys, token.began - MARGIN))
            page.expires = min(page.lasts, token.began + self._ceiling)
            # Whoever planned an instant wants the page of before until then; a page that only grew old has no such.
            page.renew = page.expires - self._ceiling * RENEWED_IN if page.expires < page.lasts else NEVER
            if page.loosely:
                since = token.began if self._is_behind(page, token) else NEVER
                self._leave(page, min(since, self.plan.next(page.loosely, token.began - MARGIN)))
            if not self._is_current(page, token) or page.expires <= now or self._is_too_large(page):
                self._numbers.refused += 1
                return False
            self._take_out([page.key])
            page.hits = self._heat.pop(page.key, 0) // 2  # an old fame counts, and fades
            self.pages[page.key] = page
            self._count(page)
            for wearing, keys in self._worn(page):
                for key in keys:
                    wearing[key].add(page.key)
            self._numbers.stores += 1
            self._evict()
            return True

    def purge(self, keys: frozenset[str]) -> list[Page]:
        """Let go of all pages that wear one of the keys, also of those under way; returns the held ones."""
        with self._lock:
            self._sequence += 1
            self._numbers.purge(keys)
            if len(self._purged) + len(keys) > MOST_REMEMBERED:
                self._purged.clear()
                self._flushed = self._sequence  # for what is being rendered only; what is held is let go by its keys
            self._purged.update(dict.fromkeys(keys, self._sequence))
            gone = self._take_out(self._worn_by(keys))
            now = self.now()
            for held in self._worn_by(keys, loosely=True):
                self._leave(self.pages[held], now)
            self._numbers.purged += len(gone)
            return gone

    def flush(self) -> list[Page]:
        """Let go of all pages, also of those under way; returns the held ones."""
        with self._lock:
            self._sequence += 1
            self._flushed = self._sequence
            self._purged.clear()
            self._numbers.flushes += 1
            return self._take_out(list(self.pages))

    def follow(self, plan: Plan) -> None:
        """Follow a new plan. A page whose instant has gone from the plan goes at that instant all the same."""
        with self._lock:
            self.plan = plan
            for at, keys in plan.instants:
                for held in self._worn_by(keys):
                    page = self.pages[held]
                    if page.began - MARGIN < at < page.lasts:
                        page.lasts = at
                        page.expires = min(page.expires, at)
                for held in self._worn_by(keys, loosely=True):
                    page = self.pages[held]
                    if page.began - MARGIN < at:
                        self._leave(page, at)

    def let_due_go(self) -> list[Page]:
        """Let go of the pages whose planned instant has passed since this was last asked; returns them."""
        with self._lock:
            now = self.now()
            keys = self.plan.between(min(self._due, now), now)
            self._due = now
            gone = self._take_out([key for key in self._worn_by(keys) if self.pages[key].lasts <= now])
            self._numbers.due += len(gone)
            return gone

    def recount(self, page: Page) -> None:
        """Take note that a page has other bodies than before."""
        with self._lock:
            if self.pages.get(page.key) is page:
                self._count(page)
                self._evict()

    def _is_current(self, page: Page, token: Token) -> bool:
        if self._flushed > token.sequence:
            return False
        return not any(self._purged.get(key, 0) > token.sequence for key in page.keys)

    def _is_behind(self, page: Page, token: Token) -> bool:
        """Whether something that it wears loosely may have been purged since it began."""
        return any(self._purged.get(key, 0) > token.sequence for key in page.loosely)

    def _leave(self, page: Page, changed: float) -> None:
        """Let a page of which something may be behind since an instant go on for so long; until then it is right."""
        until = changed + page.behind
        if until < page.lasts:
            page.lasts = until
        if until < page.expires:
            page.expires = until
            page.renew = min(page.renew, until - page.behind * RENEWED_IN)

    def _worn(self, page: Page) -> tuple[tuple[defaultdict[str, set[Key]], frozenset[str]], ...]:
        return (self._wearing, page.keys), (self._wearing_loosely, page.loosely)

    def _is_too_large(self, page: Page) -> bool:
        return page.size > self._most_bytes // LARGEST_SHARE

    def _count(self, page: Page) -> None:
        size = page.size
        self.bytes += size - page.counted
        page.counted = size

    def _worn_by(self, keys: Iterable[str], *, loosely: bool = False) -> set[Key]:
        wearing = self._wearing_loosely if loosely else self._wearing
        found: set[Key] = set()
        for key in keys:
            if key in wearing:
                found |= wearing[key]
        return found

    def _take_out(self, keys: Iterable[Key]) -> list[Page]:
        gone = []
        for held in keys:
            page = self.pages.pop(held, None)
            if page is None:
                continue
            gone.append(page)
            self.bytes -= page.counted
            for worn_by, names in self._worn(page):
                for key in names:
                    worn_by[key].discard(held)
                    if not worn_by[key]:
                        del worn_by[key]
            if page.hits:
                self._heat[held] = page.hits
        if len(self._heat) > MOST_REMEMBERED:
            self._heat.clear()
        self._numbers.pages, self._numbers.bytes = len(self.pages), self.bytes
        return gone

    def _evict(self) -> None:
        self._numbers.pages, self._numbers.bytes = len(self.pages), self.bytes
        if self.bytes <= self._most_bytes:
            return
        leaving, left = [], self.bytes
        for page in sorted(self.pages.values(), key=lambda page: page.used):
            if left <= self._most_bytes * KEPT_OF_16 // 16:
                break
            leaving.append(page.key)
            left -= page.counted
        self._numbers.evicted += len(self._take_out(leaving))
