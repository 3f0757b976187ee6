"""What PostgreSQL does for a page: how many of its own pages of 8 KB it looks at, and what it reads whole.

Unlike milliseconds these are the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Reading:
    """What the statements of one page looked at. `whole` says which tables were read or sorted in large part."""

    buffers: int = 0
    statements: int = 0
    whole: list[str] = field(default_factory=list)
    dearest: tuple[int, str] = (0, "")


def reading_of(action: Callable[[], Any], *, many: int) -> Reading:
    """Do `action`, and explain each SELECT of it as it comes. `many` rows are a large part of a table."""
    reading = Reading()

    def explained(execute: Any, sql: str, params: Any, several: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH", "(")):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
                told = cursor.fetchone()[0]
            _add(reading, (json.loads(told) if isinstance(told, str) else told)[0], sql, many)
        return execute(sql, params, several, context)

    with connection.execute_wrapper(explained):
        action()
    return reading


def _add(reading: Reading, told: dict[str, Any], sql: str, many: int) -> None:
    top = told["Plan"]
    looked = sum(top.get(f"{kind} Blocks", 0) for kind in ("Shared Hit", "Shared Read"))
    reading.buffers += looked
    reading.statements += 1
    reading.dearest = max(reading.dearest, (looked, sql))
    for node in _nodes(top):
        # Of one loop: how often a small table is looked at is told by the buffers.
        removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = node["Actual Rows"] + sum(node.get(name, 0) for name in removed)
        if rows >= many and node["Node Type"] in _READING:
            where = node.get("Relation Name") or node.get("Index Name") or ""
            reading.whole.append(f"{node['Node Type']} {where}: {rows:.0f} rows of {sql[:200]}")


_READING = (
    "Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Bitmap Index Scan", "Sort", "Incremental Sort",
    "HashAggregate", "Aggregate", "Hash",
)  # fmt: skip


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)
