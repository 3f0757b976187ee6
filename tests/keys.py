"""Readers' pages with the keys that they wear, and the keys that a change purges, as the database is told them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from newsroom.pagecache import messages, worn
from tests.readers import Reader

NOTIFIED = re.compile(rf"pg_notify\('{messages.CHANNEL}', '([^']*)'\)")

# What stands in a story's page by automatic choice, which may be behind: a related story, or one of the section.
AUTOMATIC = re.compile(
    rb'<li>\s*<article class="teaser teaser--(?P<form>related|text) .*?</article>\s*</li>'
    rb'|<a class="onward__next".*?</a>',
    re.S,
)
# What stands around the latter, where there is any.
AROUND = re.compile(rb'<aside class="onward .*?</aside>', re.S)
LEADS_TO = re.compile(rb'href="(/[^"]*/)"')


@dataclass(frozen=True)
class Held:
    """A page as it is held: what it says and what it wears."""

    status: int
    body: bytes
    keys: frozenset[str]
    not_after: datetime | None
    parameters: frozenset[str]
    loosely: frozenset[str] = frozenset()

    def without_choice(self, picked: Iterable[str]) -> tuple[bytes, dict[tuple[str, str], bytes]]:
        """The page without what it chose by itself, and that by address and form; what is `picked` stays."""
        chosen: dict[tuple[str, str], bytes] = {}

        def take_out(match: re.Match[bytes]) -> bytes:
            leads_to = LEADS_TO.search(match[0])
            assert leads_to is not None
            path = leads_to[1].decode()
            if path in picked:
                return match[0]
            chosen[path, (match["form"] or b"").decode()] = match[0]
            return b""

        rest = AROUND.sub(b"", AUTOMATIC.sub(take_out, self.body))
        return b" ".join(rest.split()), chosen


@dataclass
class Told:
    """What the workers are told: keys, and whether they are to read anew what is planned, or to let go of all."""

    keys: set[str] = field(default_factory=set)
    reschedules: bool = False
    flushes: bool = False


def held(reader: Reader, paths: Iterable[str]) -> dict[str, Held]:
    """The pages at these addresses that answer 200 or anything else, as they are now."""
    found = {}
    for path in paths:
        response: Any = reader.client.get(path, secure=True)
        said = worn(response.wsgi_request)
        found[path] = Held(
            response.status_code,
            response.content,
            frozenset(said.keys),
            said.not_after,
            frozenset(said.parameters),
            frozenset(said.loosely),
        )
    return found


@contextmanager
def told() -> Iterator[Told]:
    """What is sent to the workers by what happens inside."""
    said = Told()
    with CaptureQueriesContext(connection) as captured:
        yield said
    for query in captured.captured_queries:
        for payload in NOTIFIED.findall(query["sql"]):
            if payload == messages.RESCHEDULE:
                said.reschedules = True
            elif payload == messages.FLUSH:
                said.flushes = True
            else:
                said.keys |= messages.keys_of(payload)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has happened only inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stale(
    before: dict[str, Held],
    after: dict[str, Held],
    purged: set[str],
    *,
    picked: Callable[[str], Iterable[str]] | None = None,
) -> list[str]:
    """The pages that became others, and of which no key was purged.

    Left out is what may be behind: which stories a page chose by itself, as long as those that it had chosen are still
    there and say what it says of them, and as it wears loosely what was purged, so that it has its end. What is
    `picked` for a page is no choice of its own; without it nothing is.
    """
    return [
        path
        for path, page in before.items()
        if page.status == 200
        and not page.keys & purged
        and (page.status, page.body) != (after[path].status, after[path].body)
        and not (picked and page.loosely & purged and _is_right(page, after[path], after, set(picked(path))))
    ]


def _is_right(page: Held, now: Held, after: dict[str, Held], picked: set[str]) -> bool:
    """Whether a page differs from what it is now by no more than what it chose."""
    rest, chosen = page.without_choice(picked)
    rest_now, chosen_now = now.without_choice(picked)
    still_there = all(other not in after or after[other].status == 200 for other, _ in chosen)
    return (
        now.status == 200
        and rest == rest_now
        and still_there
        and all(chosen_now.get(other, said) == said for other, said in chosen.items())
    )


def needless(before: dict[str, Held], after: dict[str, Held], purged: set[str]) -> dict[str, set[str]]:
    """The pages that stayed as they were and went all the same, with the kinds of the keys that took them."""
    return {
        path: {key.partition(":")[0] for key in page.keys & purged}
        for path, page in before.items()
        if page.status == 200 and page.keys & purged and page.body == after[path].body and after[path].status == 200
    }
