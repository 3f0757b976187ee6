"""Readers' pages, held in the workers' memory: what views and verbs say to it. It knows no app.

A view says by which keys its page goes (`wear`), a verb which keys it changes (`purge`). A page that nobody dressed is
never held. layer.py, in front of Django, answers from what is held; line.py hears what is purged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.pagecache import messages
from newsroom.pagecache.worn import Worn, worn

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Worn", "flush", "purge", "reschedule", "wear", "worn"]


def wear(
    request: HttpRequest,
    keys: Iterable[str],
    *,
    loosely: Iterable[str] = (),
    not_after: datetime | None = None,
    parameters: Iterable[str] = (),
) -> None:
    """Say by which `keys` the page goes that answers this request; what is said several times adds up.

    A purge of a key that it wears only `loosely` leaves it PAGECACHE_BEHIND_SECONDS: for what may be so far behind.
    At `not_after`, the earliest that is named, the page must be made anew: it says something that is right until then.
    `parameters` are the names in the query string that pages of this route read: always all of them, present or not,
    since every other name is passed over, and `?q=1` is answered with what was held for no query at all. Without a
    key the page is not held, whatever else is said.
    """
    worn(request).add(keys, loosely=loosely, not_after=not_after, parameters=parameters)


def purge(keys: Iterable[str]) -> None:
    """Let go of all pages that wear one of `keys`, in every worker, when the running transaction commits.

    A rollback, also one to a savepoint, takes it back. More keys than are worth sending are a flush.
    """
    messages.send_keys(keys)


def flush() -> None:
    """Let go of all pages, in every worker, when the running transaction commits."""
    messages.send(messages.FLUSH)


def reschedule() -> None:
    """Say that another thing is planned than before; the workers read anew what, when the running transaction commits.

    What they read is what settings.PAGECACHE_PLAN names: `planned(*, at) -> list[tuple[datetime, frozenset[str]]]`,
    every instant after `at` at which something changes by the clock alone, with the keys of what then changes. `at`
    lies as far back as the oldest page and a minute more, so that nothing is missed whose instant passed while it was
    being committed.
    """
    messages.send(messages.RESCHEDULE)
