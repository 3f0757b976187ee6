"""Queries that are made once: they answer like those made anew, and refuse what would make them lie."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from articles.models import Edition, Section
from newsroom.database import prepared
from newsroom.database.prepared import OFTEN, Prepared
from tests.factories import HOUR, NOON, SectionFactory, photo, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles")]

LIVE = Prepared(lambda *, at: Edition.objects.live(at=at).select_related("section").order_by("pk"))
AMONG = Prepared(lambda most, *, slugs: Section.objects.filter(slug__in=slugs).order_by("slug")[:most])


def test_it_answers_for_the_values_of_each_time_and_keeps_no_answer() -> None:
    first, second = published(at=NOON - 2 * HOUR), published(at=NOON - HOUR)
    assert LIVE(at=NOON - 1.5 * HOUR) == [first]
    assert LIVE(at=NOON) == [first, second]
    third = published(at=NOON - HOUR)
    found = LIVE(at=NOON)
    assert found == [first, second, third]
    with CaptureQueriesContext(connection) as asked:
        assert found[0].section.name == first.section.name
    assert not asked, "what is selected along comes along"


def test_rows_that_name_the_same_thing_share_it_and_are_otherwise_as_django_makes_them() -> None:
    parent = SectionFactory(slug="world")
    child = SectionFactory(slug="europe", parent=parent)
    for section in (child, child, parent):
        published(section=section, lead_photo=photo(alt_text="x") if section is parent else None)
    selected = Prepared(
        lambda *, at: (
            Edition.objects.live(at=at)
            .select_related("section__parent", "root_section", "photo")
            .only("path", "section__slug", "section__parent__slug", "root_section__slug", "photo__renditions")
            .annotate(far=F("section__parent__slug"))
            .order_by("pk")
        )
    )
    first, second, third = selected(at=NOON)
    plain = Edition.objects.live(at=NOON).order_by("pk")
    assert [each.path for each in (first, second, third)] == [each.path for each in plain]
    assert first.section is second.section
    assert first.section == child
    assert first.section.parent == parent
    assert third.section.parent is None
    assert [each.far for each in (first, second, third)] == ["world", "world", None]  # type: ignore[attr-defined]
    assert first.photo is None
    assert third.photo.renditions[0]["width"] == 640
    assert first.get_deferred_fields() >= {"headline", "teaser"}
    assert first._state.db == "default"
    assert not first._state.adding


def test_lists_of_every_length_and_what_is_told_make_queries_of_their_own() -> None:
    for slug in ("arts", "law", "sport"):
        SectionFactory(slug=slug)
    assert [each.slug for each in AMONG(5, slugs=["sport", "arts"])] == ["arts", "sport"]
    assert [each.slug for each in AMONG(5, slugs=["law", "nothing"])] == ["law"]
    assert [each.slug for each in AMONG(1, slugs=["sport", "law"])] == ["law"]
    assert [each.slug for each in AMONG(5, slugs=["law"])] == ["law"]
    assert AMONG(5, slugs=[]) == []


def test_what_would_be_worked_out_once_and_stay_is_refused() -> None:
    later = Prepared(lambda *, at: Edition.objects.live(at=at + timedelta(hours=1)))
    with pytest.raises(ValueError, match="work out nothing"):
        later(at=NOON)
    forgotten = Prepared(lambda *, at, section: Edition.objects.live(at=at))
    with pytest.raises(ValueError, match="does not use section"):
        forgotten(at=NOON, section=1)


def test_the_database_prepares_what_is_asked_for_often_and_answers_alike(settings: Settings) -> None:
    settings.PREPARED_STATEMENTS = True
    odd = SectionFactory(name="Hundred %s of it’s 'own'", slug="odd")
    query = Prepared(lambda *, slug: Section.objects.filter(slug=slug, name__contains="%s of it’s 'own'"))
    for _ in range(OFTEN):
        assert query(slug="odd") == [odd]
    query(slug="odd")  # says PREPARE beside
    with CaptureQueriesContext(connection) as asked:
        assert query(slug="odd") == [odd]
        assert query(slug="other") == []
    assert [each["sql"].startswith("EXECUTE") for each in asked] == [True, True]


def test_too_many_forms_are_asked_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_FORMS", 2)
    query = Prepared(lambda most: Section.objects.order_by("slug")[:most])
    SectionFactory(slug="arts")
    assert [len(query(most)) for most in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert len(query._forms) == 2


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_lost_is_made_anew_and_prepared_anew(settings: Settings) -> None:
    settings.PREPARED_STATEMENTS = True
    SectionFactory(slug="arts")
    query = Prepared(lambda *, slug: Section.objects.filter(slug=slug))
    for _ in range(OFTEN + 2):
        assert query(slug="arts")
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    # As at the beginning of a request.
    begins: Any = connection
    begins.health_check_enabled, begins.health_check_done = True, False
    assert [each.slug for each in query(slug="arts")] == ["arts"]
