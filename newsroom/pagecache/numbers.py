"""What the page cache did, in numbers: each worker counts, and writes where `manage.py pagecache` and /metrics look.

Each worker has a file of its own in NEWSROOM_VAR/pagecache, so that counting costs no lock and no statement. Sums are
of the workers that live on this machine; a worker that was replaced takes its numbers along.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

# What each is called where it is printed, in this order.
MEANINGS = {
    "hits": "answered from memory",
    "not_modified": "of those, by a 304",
    "away": "of those, while the database could not be reached",
    "shared": "of those, with what was being rendered for somebody else",
    "misses": "rendered, because they were not held",
    "passed": "left to Django, because they are none of the cache’s",
    "stores": "pages kept",
    "refused": "pages not kept, because something changed while they were rendered, or nobody could have told",
    "purged": "pages let go, because something on them changed",
    "due": "pages let go at an instant that was planned",
    "evicted": "pages let go for want of memory",
    "flushes": "times that all pages were let go",
    "warmed": "pages rendered again before somebody asked",
    "reconnections": "times that the line to the database was made",
}
PURGES = "keys that were purged, by kind"
SIZES = {"pages": "pages held", "bytes": "bytes held", "most_bytes": "bytes that may be held"}


@dataclass
class Numbers:
    """One worker's numbers. Adding one is a single step of the interpreter, and needs no lock."""

    hits: int = 0
    not_modified: int = 0
    away: int = 0
    misses: int = 0
    shared: int = 0
    passed: int = 0
    stores: int = 0
    refused: int = 0
    purged: int = 0
    due: int = 0
    evicted: int = 0
    flushes: int = 0
    warmed: int = 0
    reconnections: int = 0
    pages: int = 0
    bytes: int = 0
    most_bytes: int = 0
    purges: Counter[str] = field(default_factory=Counter)  # keys that were purged, by what stands before their colon

    def purge(self, keys: frozenset[str]) -> None:
        """Count the keys of a purge by their kind."""
        self.purges.update(key.partition(":")[0] for key in keys)

    def write(self) -> None:
        """Write them where other processes read them."""
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = folder() / f"{os.getpid()}.json"
        new = mine.with_suffix(".new")
        new.write_text(json.dumps(vars(self)))
        new.replace(mine)


def folder() -> Path:
    """Where the workers of this machine write."""
    return Path(settings.VAR) / "pagecache"


def of_workers() -> dict[int, Numbers]:
    """The numbers of each worker that lives, by its process's number."""
    forget_the_dead()
    found = {}
    for file in sorted(folder().glob("*.json")):
        told: dict[str, Any] = json.loads(file.read_text())
        found[int(file.stem)] = Numbers(**told | {"purges": Counter(told["purges"])})
    return found


def forget_the_dead() -> None:
    """Remove what workers left that live no more."""
    for file in folder().glob("*.json"):
        if not _lives(int(file.stem)):
            file.unlink(missing_ok=True)


def added(several: list[Numbers]) -> Numbers:
    """The sum of what several workers counted."""
    total = Numbers()
    for numbers in several:
        for name in (*MEANINGS, *SIZES):
            setattr(total, name, getattr(total, name) + getattr(numbers, name))
        total.purges += numbers.purges
    return total


def for_prometheus() -> str:
    """The numbers of each worker in Prometheus' text format."""
    workers = of_workers()
    lines = []
    for name, meaning in (MEANINGS | SIZES).items():
        kind, ending = ("gauge", "") if name in SIZES else ("counter", "_total")
        metric = f"newsroom_pagecache_{name}{ending}"
        lines += [f"# HELP {metric} {meaning}", f"# TYPE {metric} {kind}"]
        lines += [f'{metric}{{worker="{worker}"}} {getattr(each, name)}' for worker, each in workers.items()]
    metric = "newsroom_pagecache_purged_keys_total"
    lines += [f"# HELP {metric} {PURGES}", f"# TYPE {metric} counter"]
    for worker, each in workers.items():
        lines += [f'{metric}{{worker="{worker}",kind="{kind}"}} {times}' for kind, times in sorted(each.purges.items())]
    return "\n".join([*lines, ""])


def _lives(worker: int) -> bool:
    try:
        os.kill(worker, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
