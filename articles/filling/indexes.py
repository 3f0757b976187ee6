"""Indexes and constraints, out of the way while many rows come in: building them afterwards takes a small part of it.

What was taken away is written down in the database, in the transaction that takes it away, and crossed off as it comes
back. So whatever interrupts a filling, `restore` brings everything back, and PostgreSQL checks each row as it does.
Primary keys stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import connection, transaction

_LIST = "newsroom_filling_set_aside"

# Foreign keys go first and come last: they need the indexes of what they refer to.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype::text
FROM pg_constraint
WHERE conrelid = ANY (%s::text[]::regclass[]) AND contype IN ('f', 'u', 'x')
ORDER BY contype <> 'f', conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = ANY (%s::text[]::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY 1
"""


@transaction.atomic
def set_aside(tables: Collection[str]) -> None:
    """Take the indexes and constraints of `tables` away. Waits for everybody who is using them."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {_LIST} (number int GENERATED ALWAYS AS IDENTITY, statement text)")
        cursor.execute(_CONSTRAINTS, [list(tables)])
        constraints = cursor.fetchall()
        for table, name, _, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        back = [
            f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how, kind in constraints if kind != "f"
        ]
        back += [how for _, how in indexes]
        back += [
            f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how, kind in constraints if kind == "f"
        ]
        cursor.executemany(f"INSERT INTO {_LIST} (statement) VALUES (%s)", [(one,) for one in back])  # noqa: S608


def restore(tell: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Bring back what is set aside, each in a transaction of its own, and return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [_LIST])
        if cursor.fetchone()[0] is None:
            return 0
        cursor.execute(f"SELECT number, statement FROM {_LIST} ORDER BY number")  # noqa: S608
        waiting = cursor.fetchall()
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for done, (number, statement) in enumerate(waiting):
            tell(done, len(waiting))
            with transaction.atomic():
                cursor.execute(statement)
                cursor.execute(f"DELETE FROM {_LIST} WHERE number = %s", [number])  # noqa: S608
        tell(len(waiting), len(waiting))
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute(f"DROP TABLE {_LIST}")
    return len(waiting)
