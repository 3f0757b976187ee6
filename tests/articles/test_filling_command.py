"""Filling: where it goes, where it stops, and what becomes of the indexes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.filling import indexes
from articles.filling.cast import LOGIN
from articles.filling.days import days
from articles.filling.rows import COLUMNS
from articles.models import Article, Photo, Section
from authors.models import User
from tests.factories import ArticleFactory

NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_part_of_an_archive_is_its_newest_days() -> None:
    whole = days(5000, whole=5000, years=2, last=date(2026, 2, 2))
    part = days(700, whole=5000, years=2, last=date(2026, 2, 2))
    assert sum(day.wanted for day in whole) == 5000
    assert sum(day.wanted for day in part) == 700
    assert part[1:] == whole[-len(part) + 1 :]
    assert part[0].date == whole[-len(part)].date


@pytest.mark.parametrize("is_told", [False, True])
def test_stories_of_people_stay_alone_unless_told(*, is_told: bool) -> None:
    Section.objects.create(name="Ports", slug="ports")
    User.objects.create(username=LOGIN, is_active=False)
    Photo.objects.bulk_create([Photo(title="None", created_at=NOW)])
    ArticleFactory()
    if is_told:
        call_command("fill", stories=5, among_others=True, verbosity=0)
        assert Article.objects.count() == 6
    else:
        with pytest.raises(CommandError, match="--among-others"):
            call_command("fill", stories=5)
        assert Article.objects.count() == 1


def _definitions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s)", [list(COLUMNS)])
        found = dict(cursor.fetchall())
        whose = "conrelid = ANY (%s::text[]::regclass[])"
        cursor.execute(
            f"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE {whose}",  # noqa: S608
            [list(COLUMNS)],
        )
        return {**found, **{f"constraint {name}": how for name, how in cursor.fetchall()}}


def test_what_is_set_aside_comes_back_as_it_was() -> None:
    before = _definitions()
    indexes.set_aside(COLUMNS)
    meanwhile = _definitions()
    assert "edition_words" not in meanwhile
    assert "constraint edition_one_at_a_time" not in meanwhile
    # Whoever comes next after a crash brings it back, and finds nothing more to do.
    assert indexes.restore() > 0
    assert _definitions() == before
    assert indexes.restore() == 0
