"""One rendering at a time for each page: who comes while one is under way waits for it, and others are not held up."""

from __future__ import annotations

import threading
from enum import Enum
from time import monotonic

from newsroom.pagecache.keys import Key
from newsroom.pagecache.page import Page


class Landing(Enum):
    """How a rendering ended. OTHER: an answer that is no page to be held, as a redirect; FAILED: none, or a 5xx."""

    KEPT = 1
    NOT_KEPT = 2
    OTHER = 3
    FAILED = 4


class Flight:
    """A rendering under way."""

    def __init__(self, key: Key) -> None:
        """One that begins now."""
        self.key = key
        self.began = monotonic()
        self.landing = Landing.FAILED
        self.page: Page | None = None
        self._over = threading.Event()

    def land(self, landing: Landing, page: Page | None = None) -> None:
        """Say how it ended."""
        self.landing, self.page = landing, page

    def wait(self, deadline: float) -> bool:
        """Wait for the end; whether it came before the deadline."""
        return self._over.wait(max(0.0, deadline - monotonic()))

    def page_for(self, arrived: float) -> Page | None:
        """The page, for somebody who arrived at an instant: it is of no older state than what they may ask for."""
        if self.landing is Landing.KEPT or (self.landing is Landing.NOT_KEPT and self.began >= arrived):
            return self.page
        return None

    def end(self) -> None:
        """Let everybody go on."""
        self._over.set()


class Flights:
    """The renderings under way in this worker."""

    def __init__(self) -> None:
        self._under_way: dict[Key, Flight] = {}
        self._lock = threading.Lock()

    def join(self, key: Key) -> tuple[Flight, bool]:
        """The rendering of a page, and whether it is the caller's to make, who must then call over() in any case."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is not None:
                return flight, False
            flight = self._under_way[key] = Flight(key)
            return flight, True

    def over(self, flight: Flight) -> None:
        """The rendering is at an end, however it ended."""
        with self._lock:
            if self._under_way.get(flight.key) is flight:
                del self._under_way[flight.key]
        flight.end()
