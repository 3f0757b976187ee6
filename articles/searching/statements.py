"""Querysets, the gate's among them, as parts of statements that the ORM has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet


def part(rows: QuerySet[Any], name: str, parameters: dict[str, Any]) -> str:
    """The SQL of `rows`, in no order, for a statement with named parameters; its own go into `parameters`."""
    sql, values = rows.order_by().query.sql_with_params()
    names = [f"{name}_{number}" for number in range(len(values))]
    parameters.update(zip(names, values, strict=True))
    return sql % tuple(f"%({each})s" for each in names)
