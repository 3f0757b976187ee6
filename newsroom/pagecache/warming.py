"""Rendering again what a change has just let go of or what grows too old, so that no reader waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from newsroom.pagecache.keys import Key
from newsroom.pagecache.page import Page

logger = logging.getLogger(__name__)

HOTTEST = 20  # of what one change let go
MOST_WAITING = 60
FEWEST_HITS = 2  # a page that was asked for less often waits for its reader


class Warming:
    """One thread, which starts when there is something to do, and renders one page after the other."""

    def __init__(self, render: Callable[[Key], None], tighten: Callable[[Page], None]) -> None:
        """`render` renders a page and keeps it; `tighten` compresses one as well as can be."""
        self._render, self._tighten = render, tighten
        self._waiting: dict[Key, None] = {}  # in order, each once
        self._loose: dict[Key, Page] = {}
        self._wanted = threading.Condition()
        self._thread: threading.Thread | None = None

    def let_go(self, pages: Iterable[Page]) -> None:
        """Take note of pages that were let go: the hottest are rendered again, the hottest of them first."""
        hot = sorted((page for page in pages if page.hits >= FEWEST_HITS), key=lambda page: page.hits, reverse=True)
        with self._wanted:
            for page in hot[:HOTTEST]:
                if len(self._waiting) < MOST_WAITING:
                    self._waiting.setdefault(page.key)
            self._begin()

    def renew(self, page: Page) -> bool:
        """Take note of a page that somebody asks for and that will soon be too old; whether there is room for it."""
        with self._wanted:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.setdefault(page.key)
            self._begin()
            return page.key in self._waiting

    def loose(self, page: Page) -> None:
        """Take note of a page that is asked for often enough to be compressed as well as can be."""
        with self._wanted:
            if len(self._loose) < MOST_WAITING:
                self._loose[page.key] = page
            self._begin()

    def _begin(self) -> None:
        if not self._waiting and not self._loose:
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="page-warming", daemon=True)
            self._thread.start()
        self._wanted.notify()

    def _work(self) -> None:
        while True:
            with self._wanted:
                while not self._waiting and not self._loose:
                    self._wanted.wait()
                key = next(iter(self._waiting), None)
                if key is not None:
                    del self._waiting[key]
                else:
                    _, page = self._loose.popitem()
            try:
                if key is not None:
                    self._render(key)
                else:
                    self._tighten(page)
            except Exception:
                logger.exception("a page could not be rendered again")
