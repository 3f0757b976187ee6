"""Parts of statements that the ORM has no words for: querysets, the gate's among them, and how far back to look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.models import Edition

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Counted in stories and not by the time that the latest took: a newspaper may have begun anew after a pause. Cut by the
# week and not by the instant: only the index of words has it, so that PostgreSQL asks that one for both at once.
_AS_FAR_BACK_AS = """newsroom_week(visible.first_published_at) >= newsroom_week((
            SELECT min(first_published_at) FROM (
                SELECT first_published_at FROM {editions}
                WHERE NOT retired AND first_published_at <= (SELECT max(first_published_at) FROM latest)
                ORDER BY first_published_at DESC, article_id DESC LIMIT {stories}
            ) AS counted
        ))"""


def part(rows: QuerySet[Any], name: str, parameters: dict[str, Any]) -> str:
    """The SQL of `rows`, in no order, for a statement with named parameters; its own go into `parameters`."""
    sql, values = rows.order_by().query.sql_with_params()
    names = [f"{name}_{number}" for number in range(len(values))]
    parameters.update(zip(names, values, strict=True))
    return sql % tuple(f"%({each})s" for each in names)


def as_far_back_as(stories: int) -> str:
    """The condition of being one of `visible` in the weeks of so many stories, back from the newest of `latest`."""
    return _AS_FAR_BACK_AS.format(editions=Edition._meta.db_table, stories=stories)
