"""What the desk calls a model and its fields, in its own language.

Where the name of a field says in English what it is, the model repeats nothing. A `verbose_name` that is added there
only to be translated would be a migration for words that the database never holds, so these are given here, afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model
    from django_stubs_ext import StrOrPromise


def name_fields(model: type[Model], names: Mapping[str, StrOrPromise]) -> None:
    """Give fields of a model their names at the desk. Raises FieldDoesNotExist."""
    for name, called in names.items():
        model._meta.get_field(name).verbose_name = called  # type: ignore[union-attr]


def name_model(model: type[Model], one: StrOrPromise, several: StrOrPromise) -> None:
    """Give a model its name at the desk."""
    model._meta.verbose_name, model._meta.verbose_name_plural = one, several
