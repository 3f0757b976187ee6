"""Rows of a prepared query as instances of models: what does not depend on the rows is worked out once.

Django works out anew for each query which column belongs to which field and how it is converted, and makes an instance
of a related model for each row. Here the rows that name the same section share one instance of it, and an instance is
its columns put into place: a model's constructor, which goes through all fields there are, took half of the time. So
no signal says that one was made; nobody of ours listens, and what fields work out then is in columns already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.base import ModelState

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

Model = TypeVar("Model", bound=models.Model)


def carried(model: type[Model], columns: Mapping[str, Any]) -> Model:
    """An instance of what a row carried along as JSON: its columns, by the names of attributes, the key among them.

    What is not there is read where it is asked for. The columns are text and numbers, which JSON has as they are.
    """
    instance = _made(model, DEFAULT_DB_ALIAS)
    instance.__dict__.update(columns)
    return instance


def _made(model: type[Model], using: str) -> Model:
    instance = model.__new__(model)
    instance._state = state = ModelState()
    state.db, state.adding = using, False
    return instance


class Instances(Generic[Model]):
    """How the rows of a compiled query become instances, those that `select_related` names included."""

    def __init__(self, compiler: SQLCompiler, using: str) -> None:
        """`compiler` has made its SQL, of a query for instances of a model; `using` names the database."""
        select: Any = compiler.select
        self._converters = list(compiler.get_converters([each[0] for each in select[: compiler.col_count]]).items())
        self._main = _Part(cast("dict[str, Any]", compiler.klass_info), select, using)
        self._annotations = list((compiler.annotation_col_map or {}).items())

    def of(self, rows: Iterable[Sequence[Any]], connection: BaseDatabaseWrapper) -> list[Model]:
        """The instances of these rows, in their order."""
        made: list[Model] = []
        known: dict[tuple[int, Any], models.Model | None] = {}
        for row in map(list, rows):
            for place, (converters, expression) in self._converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            instance = self._main.make(row, known)
            for name, place in self._annotations:
                setattr(instance, name, row[place])
            made.append(cast("Model", instance))
        return made


class _Part:
    """The columns of one model."""

    def __init__(self, told: Mapping[str, Any], select: Sequence[Any], using: str) -> None:
        places = told["select_fields"]
        assert not told.get("from_parent"), "A prepared query is of no model that inherits another's table."  # noqa: S101
        self._model: type[models.Model] = told["model"]
        own = self._model.__init__ is models.Model.__init__ and "from_db" not in vars(self._model)
        assert own, "A prepared query is of no model that makes its instances in a way of its own."  # noqa: S101
        self._using = using
        self._from, self._to = places[0], places[-1] + 1
        self._names = [each[0].target.attname for each in select[self._from : self._to]]
        self.key = self._from + self._names.index(cast("Any", self._model._meta.pk).attname)
        self._related = [
            (_Part(each, select, using), each["local_setter"], each["remote_setter"])
            for each in told.get("related_klass_infos", ())
        ]

    def make(self, row: list[Any], known: dict[tuple[int, Any], models.Model | None]) -> models.Model:
        """The instance of a row with all that it is related to, of which each is made once and then `known`."""
        instance = _made(self._model, self._using)
        instance.__dict__.update(zip(self._names, row[self._from : self._to], strict=True))
        for part, put_there, put_back in self._related:
            name = part.key, row[part.key]
            if name in known:
                related = known[name]
            else:
                related = known[name] = None if row[part.key] is None else part.make(row, known)
            put_there(instance, related)
            if related is not None:
                put_back(related, instance)
        return instance
