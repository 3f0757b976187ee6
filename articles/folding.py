"""Expressions over words that several indexes and searches share; each must be written the same way in both places."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, IntegerField, TextField
from django.db.models.expressions import Combinable


def folded(field: str | Combinable) -> Func:
    """A text in lower case without accents, its words apart by spaces: “Café – don’t” is “ cafe   don t ”.

    The function is made by a migration, since PostgreSQL's own takes no index.
    """
    return Func(F(field) if isinstance(field, str) else field, function="newsroom_fold", output_field=TextField())


def words_of_headline(vector: str) -> Func:
    """What a search vector has of the headline: the words with the weight A."""
    return Func(F(vector), template="ts_filter(%(expressions)s, '{a}')", output_field=SearchVectorField())


def week_of(instant: str) -> Func:
    """The number of the week of an instant, for indexes of words: `newsroom_week`, which a migration makes."""
    return Func(F(instant), function="newsroom_week", output_field=IntegerField())
