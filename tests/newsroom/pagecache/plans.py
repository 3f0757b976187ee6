"""What is planned, as tests want it: the setting PAGECACHE_PLAN names `planned`."""

from __future__ import annotations

from datetime import datetime

PLANNED: list[tuple[datetime, frozenset[str]]] = []
ASKED: list[datetime] = []


def planned(*, at: datetime) -> list[tuple[datetime, frozenset[str]]]:
    """Every instant of PLANNED after `at`."""
    ASKED.append(at)
    return [(instant, keys) for instant, keys in PLANNED if instant > at]
