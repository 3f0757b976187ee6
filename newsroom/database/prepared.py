"""Queries that are built and compiled once for each process, and asked with other values each time.

Django makes a query's SQL anew at every request; for a page of a story that was half of its time, and PostgreSQL
planned each statement anew besides. Here the SQL is kept and only the values change: nothing that the database answered
is. What is asked for again and again is prepared in the database too, on each connection.

A query set is built once with a placeholder for each value, and the SQL's parameters that are placeholders become what
is put in later. So a builder must use its values as they are: what it worked out from one would be worked out once and
stay. That is found out when the query is compiled, and refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections, models

from newsroom.database.instances import Instances
from newsroom.database.statements import Place, Statement, Value

Model = TypeVar("Model", bound=models.Model)

# No value of ours is among these, nor near them.
_FIRST_INSTANT, _FIRST_NUMBER, _WORD = datetime(7000, 1, 1, tzinfo=UTC), 7 * 10**18, "\ue0ffvalue {}\ue0ff"
_MOST = 10_000  # placeholders of a kind
# So many forms of one query are kept: the lengths of its lists, and what its builder is told besides.
MOST_FORMS = 500
OFTEN = 5  # times that a form is asked for before it is worth the database’s memory


class Prepared(Generic[Model]):
    """A query that returns instances of a model."""

    def __init__(self, build: Callable[..., models.QuerySet[Model]]) -> None:
        """`build` takes the values by name and makes the query set, which fetches nothing ahead."""
        self._build = build
        self._forms: dict[Any, _Form] = {}

    def __call__(self, *told: Any, **values: Value) -> list[Model]:
        """Ask with these values. What is `told` by position makes a query of its own: the size of a page, a flag."""
        form = (
            told,
            *(
                (name, len(value) if isinstance(value, list | tuple) else value is None)
                for name, value in values.items()
            ),
        )
        known = self._forms.get(form)
        if known is None:
            if len(self._forms) >= MOST_FORMS:
                return list(self._build(*told, **values))
            known = self._forms[form] = _Form(self._build, told, values)
        return cast("list[Model]", known.ask(values))


class _Form:
    """The SQL of a query for values of one form."""

    def __init__(self, build: Callable[..., Any], told: tuple[Any, ...], values: dict[str, Value]) -> None:
        stand_ins = _StandIns()
        query_set = build(*told, **{name: stand_ins.of(name, value) for name, value in values.items()})
        assert not query_set._prefetch_related_lookups, "A prepared query fetches nothing ahead."  # noqa: S101
        self._using: str = query_set.db
        compiler = query_set.query.get_compiler(using=self._using)
        self._is_empty = False
        try:
            self._sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            self._is_empty = True
            return
        self._places = [stand_ins.place(parameter) for parameter in parameters]
        self._constant = list(parameters)
        self._statement = Statement(self._sql, self._places, self._constant, values)
        self._instances: Instances[models.Model] = Instances(compiler, self._using)
        self._asked = 0
        stand_ins.must_all_be_used()

    def ask(self, values: dict[str, Value]) -> list[models.Model]:
        """The rows as instances, as the query set would have made them."""
        if self._is_empty:
            return []
        connection = connections[self._using]
        self._asked += 1
        # The cursor comes first: it makes a connection anew that was lost, and what that knows is known then.
        with connection.cursor() as cursor:
            if self._asked > OFTEN and self._statement.is_known_to(connection):
                cursor.execute(self._statement.sql, self._statement.parameters(values))
            else:
                cursor.execute(self._sql, self._filled(values))
            rows = cursor.fetchall()
        return self._instances.of(rows, connection)

    def _filled(self, values: dict[str, Value]) -> list[Any]:
        return [
            constant if place is None else place.of(values)
            for place, constant in zip(self._places, self._constant, strict=True)
        ]


class _StandIns:
    """The placeholders of one query, and where each was found again."""

    def __init__(self) -> None:
        self._places: dict[Any, Place] = {}
        self._unused: set[str] = set()

    def of(self, name: str, value: Value) -> Any:
        """What stands for a value while the query is built; nothing does for None and for an empty list."""
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return [self._new(name, index, each) for index, each in enumerate(value)]
        return self._new(name, None, value)

    def place(self, parameter: Any) -> Place | None:
        """The value that a parameter stands for, and which of a list; None for a constant. Raises for something new."""
        if _could_be_ours(parameter):
            place = self._places.get(parameter)
            if place is None:
                raise ValueError("A prepared query must use its values as they are, and work out nothing from them.")
            self._unused.discard(place.name)
            return place
        return None

    def must_all_be_used(self) -> None:
        """Raises ValueError for a value that did not get into the query as it was."""
        if self._unused:
            raise ValueError(f"A prepared query does not use {', '.join(sorted(self._unused))} as it is.")

    def _new(self, name: str, index: int | None, value: Any) -> Any:
        number = len(self._places)
        stand_in: Any
        match value:
            case datetime():
                stand_in = _FIRST_INSTANT + timedelta(days=number)
            case int():
                stand_in = _FIRST_NUMBER + number
            case str():
                stand_in = _WORD.format(number)
            case _:
                raise TypeError(f"A prepared query takes no {type(value).__name__}.")
        self._places[stand_in] = Place(name, index)
        self._unused.add(name)
        return stand_in


def _could_be_ours(parameter: Any) -> bool:
    match parameter:
        case bool():
            return False
        case datetime():
            return parameter.tzinfo is not None and abs(parameter - _FIRST_INSTANT) < timedelta(days=_MOST * 10)
        case int() | float():
            return abs(parameter - _FIRST_NUMBER) < 10**17
        case str():
            return "\ue0ff" in parameter
    return False
