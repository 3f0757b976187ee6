"""Twenty queries and the story that each must find among its first three, in an archive that has their words all over.

`make bench` asks the same ones of 100,000 stories (tests/bench/bench_search.py). What they cost is told here by queries
and by plans, which are the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from articles.searching import candidates
from newsroom import clock
from tests import paper
from tests.readers import Reader
from tests.scale import scaled

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)
QUERIES = json.loads((Path(__file__).parent.parent / "data" / "search.json").read_text())
FIRST = 3
MOST_QUERIES = 3


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo newsroom and more stories, once for all tests here; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        paper.demo_newsroom(at=NOW)
        paper.more_stories(scaled(800, 10_000), newest=NOW - timedelta(hours=1))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reader_of_archive(archive: None, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Somebody who reads it."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    # As far as this archive goes: less than half of it, so that the rest is looked for by the index.
    monkeypatch.setattr(candidates, "LATEST", 300)
    monkeypatch.setattr(candidates, "NEAR", 300)
    return Reader()


def test_there_are_twenty_queries() -> None:
    assert len({each["query"] for each in QUERIES}) == 20


@pytest.mark.parametrize("asked", QUERIES, ids=lambda each: each["query"])
def test_the_expected_story_is_among_the_first_three_for_three_queries(
    reader_of_archive: Reader, asked: dict[str, str]
) -> None:
    page = reader_of_archive.page(f"/search/?{urlencode({'q': asked['query']})}")
    assert asked["expected"] in page.text_of("h2", class_="teaser__headline")[:FIRST]
    assert len(reader_of_archive.queries) <= MOST_QUERIES
    assert_no_story_is_read_in_vain(reader_of_archive)


@pytest.mark.parametrize(
    "query",
    ["said", "trade accord", "-said section:culture", "author:halloran tag:tariffs", "tag:water -river to:2026"],
)
def test_no_search_reads_all_stories_in_either_order(reader_of_archive: Reader, query: str) -> None:
    for sort in ("", "newest"):
        reader_of_archive.get(f"/search/?{urlencode({'q': query, 'sort': sort})}")
        assert_no_story_is_read_in_vain(reader_of_archive)


def test_nor_do_suggestions_and_other_spellings(reader_of_archive: Reader) -> None:
    for path in ("/search/suggest/?q=kess", "/search/suggest/?q=zzyzx", "/search/?q=kesssing+zzyzx"):
        reader_of_archive.get(path)
        assert_no_story_is_read_in_vain(reader_of_archive)


def assert_no_story_is_read_in_vain(reader: Reader) -> None:
    """No statement of the last page skips rows or goes through all editions."""
    for sql in reader.queries:
        assert " OFFSET " not in sql
        assert "Seq Scan on articles_edition" not in plan(sql)


def plan(sql: str) -> str:
    """How PostgreSQL goes about a statement where it is let choose as for a large archive."""
    with connection.cursor() as cursor:
        # A small table is read through in any case; what is done without an index only then would be done so later.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        lines = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = on")
    return lines
