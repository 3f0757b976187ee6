"""Statements that PostgreSQL keeps: parsed and planned once for each connection, for whatever values.

Left to itself PostgreSQL planned most of them anew each time, which took longer than all that they read: settings ask
for one plan. The plans of both kinds read alike (docs/performance.md), since each list has an index for its order.

They are made by PREPARE and asked by EXECUTE, so that they go through Django's own cursors. A connection pooler that
gives each transaction another connection would not find them: PREPARED_STATEMENTS turns them off.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.conf import settings
from psycopg import sql as composed

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Value = int | str | datetime | None | Sequence[Any]  # of numbers or of texts

MOST_KEPT = 40  # for each connection: a plan with many tables takes some 100 KB
_TYPES: dict[type, str] = {datetime: "timestamptz", int: "bigint", str: "text"}
_MARKS = re.compile(r"%%|%s")

_numbers = itertools.count(1)
_known: WeakKeyDictionary[Any, set[int]] = WeakKeyDictionary()  # by psycopg's connection, what it has prepared


@dataclass(frozen=True)
class Place:
    """Where a parameter's value comes from: a value by its name, or one of the list that has that name."""

    name: str
    number: int | None

    def of(self, values: dict[str, Value]) -> Any:
        """The value."""
        value = values[self.name]
        return value if self.number is None else cast("Sequence[Any]", value)[self.number]


class Statement:
    """A statement whose constants are part of it, and whose places are its parameters."""

    def __init__(
        self, sql: str, places: Sequence[Place | None], constants: Sequence[Any], values: dict[str, Value]
    ) -> None:
        """`sql` in Django's notation; for each of its marks a place or, where that is None, a constant."""
        self._template = sql
        self._marks = list(zip(places, constants, strict=True))
        self._places = list(dict.fromkeys(place for place in places if place is not None))
        self._types = [_TYPES[type(place.of(values))] for place in self._places]
        self._number = next(_numbers)
        marks = f" ({', '.join(['%s'] * len(self._places))})" if self._places else ""
        self.sql = f"EXECUTE newsroom_{self._number}{marks}"

    def parameters(self, values: dict[str, Value]) -> list[Any]:
        """What EXECUTE takes."""
        return [place.of(values) for place in self._places]

    def is_known_to(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether a connection, which is open, has it; it is prepared there unless that has prepared enough."""
        if not settings.PREPARED_STATEMENTS:
            return False
        connected: Any = connection.connection
        known = _known.setdefault(connected, set())
        if self._number in known:
            return True
        if len(known) >= MOST_KEPT:
            return False
        types = f" ({', '.join(self._types)})" if self._types else ""
        with connection.wrap_database_errors, connected.cursor() as cursor:
            cursor.execute(f"PREPARE newsroom_{self._number}{types} AS {self._written(connected)}")
        known.add(self._number)
        return True

    def _written(self, connected: Any) -> str:
        """The statement as PostgreSQL writes it, constants in their places."""
        marks = iter(self._marks)
        numbers = {place: number for number, place in enumerate(self._places, start=1)}

        def write(mark: re.Match[str]) -> str:
            if mark[0] == "%%":
                return "%"
            place, constant = next(marks)
            return composed.Literal(constant).as_string(connected) if place is None else f"${numbers[place]}"

        return _MARKS.sub(write, self._template)
