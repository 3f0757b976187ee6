"""Whether this process could serve readers now: the one answer for /readyz, `serve` and `run`."""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor


def missing() -> str:
    """Return what is missing, in one word: "database", "migrations", or nothing."""
    try:
        return "migrations" if pending_migrations() else ""
    except Error:
        return "database"


def pending_migrations() -> list[str]:
    """Return the names of migrations that the database does not hold yet. Raises django.db.Error without a database."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
