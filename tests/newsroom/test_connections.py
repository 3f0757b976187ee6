"""Connections that are kept: whether one can still be used is found out without a statement."""

from __future__ import annotations

import select
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

LONG = 10.0  # seconds
LAST = "SELECT query FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture
def other() -> Iterator[psycopg.Connection[Any]]:
    """Somebody else's connection to the same database."""
    told = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    with psycopg.connect(**told, autocommit=True) as made:
        yield made
    connection.close()


def last_asked(other: psycopg.Connection[Any]) -> str:
    """The last statement of Django's connection."""
    row = other.execute(LAST, [connection.connection.info.backend_pid]).fetchone()
    assert row is not None
    return str(row[0])


def test_connection_is_usable_without_a_statement(other: psycopg.Connection[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'the last'")
    assert connection.is_usable()
    assert last_asked(other) == "SELECT 'the last'"


def test_connection_on_which_the_server_says_something_is_asked(other: psycopg.Connection[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN something")
    other.execute("NOTIFY something")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'until it has come'")
    other.execute("NOTIFY something")
    assert select.select([connection.connection], [], [], LONG)[0]
    assert connection.is_usable()
    assert last_asked(other) != "SELECT 'until it has come'"


def test_connection_that_the_server_ended_is_not_usable(other: psycopg.Connection[Any]) -> None:
    connection.ensure_connection()
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()
