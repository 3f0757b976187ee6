"""What is planned, in memory: when a page's keys next change by the clock alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

NEVER = float("inf")


class Plan:
    """Instants, in seconds of the database's time, with the keys that change then."""

    def __init__(self, planned: Iterable[tuple[datetime, Iterable[str]]] = ()) -> None:
        self.instants: list[tuple[float, frozenset[str]]] = sorted(
            ((at.timestamp(), frozenset(keys)) for at, keys in planned), key=lambda entry: entry[0]
        )
        ahead = [at for at, _ in self.instants[-1:]]
        self.ends = ahead[0] if ahead else NEVER  # who planned may have told no more than so many
        self._of_key: defaultdict[str, list[float]] = defaultdict(list)
        for at, keys in self.instants:
            for key in keys:
                self._of_key[key].append(at)

    def next(self, keys: Iterable[str], after: float) -> float:
        """The first instant after `after` at which one of the keys changes; NEVER where none is planned."""
        return min((self._next(key, after) for key in keys if key in self._of_key), default=NEVER)

    def between(self, after: float, until: float) -> frozenset[str]:
        """The keys that change later than `after` and not later than `until`."""
        begin = bisect_right(self.instants, after, key=lambda entry: entry[0])
        end = bisect_right(self.instants, until, key=lambda entry: entry[0])
        return frozenset().union(*(keys for _, keys in self.instants[begin:end]))

    def _next(self, key: str, after: float) -> float:
        instants = self._of_key[key]
        place = bisect_right(instants, after)
        return instants[place] if place < len(instants) else NEVER
