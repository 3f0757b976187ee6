"""No page's cost grows with the archive: what PostgreSQL reads for it, at 400 stories and at 3,000 of the same paper.

Told in the database's own pages, never in milliseconds. The small archive is the newest part of the large one, so that
the same stories are on the same pages; what is older must not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from taggit.models import Tag

from articles.demo import pictures
from articles.filling import loading
from articles.listing import Cursor
from articles.models import Edition, Section
from articles.permissions import Role
from authors.models import Author
from newsroom import clock
from tests.desk import Desk
from tests.factories import UserFactory
from tests.pictures import file_of, quarters
from tests.plans import Reading, reading_of
from tests.readers import Reader

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)
SMALL, LARGE = 400, 3000
# A page may read so many times as much, and so many pages more: an index is one level deeper, and of a few bounded
# lists the small archive has not enough to fill them.
TIMES, MORE = 2, 150
# Of the large archive no list, index or sort may have so many rows.
MANY = 1500

LIST = "/admin/articles/article/"


@dataclass
class Looked:
    """What each page read, by its name, at one size."""

    readers: dict[str, Reading]
    desk: dict[str, Reading]


def _pages() -> dict[str, str]:
    """Every kind of page whose cost must not grow, of things that are in both archives."""
    live = Edition.objects.live(at=NOW).newest_first()
    story, deep = live[3], live[120]
    section = Section.objects.order_by("pk")[0]
    in_section = live.filter(root_section=section)
    after = Cursor(in_section[60].first_published_at, in_section[60].article_id)
    author, tag = Author.objects.order_by("pk")[0], Tag.objects.order_by("pk")[0]
    day = clock.local_date(deep.first_published_at)
    return {
        "front": "/",
        "story": story.path,
        "older story": deep.path,
        "no story": f"{story.path[:-1]}-not/",
        "section": section.get_absolute_url(),
        "section, further down": f"{section.get_absolute_url()}?after={after}",
        "author": author.get_absolute_url(),
        "authors": "/authors/",
        "tag": f"/tags/{tag.slug}/",
        "month": f"/archive/{day:%Y/%m}/",
        "corrections": "/corrections/",
        "feed": "/feed/",
        "section's feed": f"{section.get_absolute_url()}feed/",
        "author's feed": f"{author.get_absolute_url()}feed/",
        "tag's feed": f"/tags/{tag.slug}/feed/",
        "news sitemap": "/news-sitemap.xml",
        "authors' sitemap": "/sitemap-authors-1.xml",
        "pages' sitemap": "/sitemap-pages.xml",
        "suggestions": "/search/suggest/?q=har",
    }


DESK = {
    "first page": "/admin/",
    "list": LIST,
    "list, live": f"{LIST}?state=live",
    "calendar, month": f"{LIST}calendar/?view=month",
    "calendar, week": f"{LIST}calendar/?view=week",
    "calendar, day": f"{LIST}calendar/?view=day",
    "add": f"{LIST}add/",
    "authors": "/admin/authors/author/",
}


def _looked() -> Looked:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = Reader(at=NOW)
    editor = UserFactory(role=Role.EDITOR)
    desk = Desk(editor, at=NOW)
    desk_pages = {**DESK, "form": f"{LIST}{Edition.objects.live(at=NOW).newest_first()[3].article_id}/change/"}
    found = Looked({}, {})
    for asked, pages, readings in (
        (reader.get, _pages(), found.readers),
        (desk.get, desk_pages, found.desk),
    ):
        for name, path in pages.items():
            asked(path)
            readings[name] = reading_of(lambda asked=asked, path=path: asked(path), many=MANY)  # type: ignore[misc]
            assert readings[name].statements, f"{path} asked nothing"
    return found


@pytest.fixture(scope="module")
def looked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Looked, Looked]]:
    """What the pages read of the small archive, and of the large one that it becomes."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # What earlier tests rolled back is still in the tables' files, and PostgreSQL plans for files of such a size.
        cursor.execute("VACUUM FULL")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(pictures, "scene", lambda *_, **__: file_of(quarters(64, 36)).getvalue())
        patch.setattr(clock, "now", lambda: NOW)
        loading.fill(SMALL, at=NOW, whole=LARGE, years=2)
        small = _looked()
        loading.fill(LARGE - SMALL, at=NOW, whole=LARGE - SMALL, years=2)
        large = _looked()
        yield small, large
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", ["readers", "desk"])
def test_pages_read_as_much_of_a_large_archive_as_of_a_small_one(looked: tuple[Looked, Looked], who: str) -> None:
    small, large = (getattr(each, who) for each in looked)
    grown = {
        name: f"{small[name].buffers} became {reading.buffers}, most of it for {reading.dearest[1][:300]}"
        for name, reading in large.items()
        if reading.buffers > small[name].buffers * TIMES + MORE
    }
    assert not grown, "\n".join(f"{name}: {told}" for name, told in grown.items())


@pytest.mark.parametrize("who", ["readers", "desk"])
def test_pages_read_and_sort_no_table_whole(looked: tuple[Looked, Looked], who: str) -> None:
    whole = {name: reading.whole for name, reading in getattr(looked[1], who).items() if reading.whole}
    assert not whole, "\n".join(f"{name}: {told}" for name, told in whole.items())


def test_what_is_published_is_in_the_indexes_of_words_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT index.relname, 'fastupdate=off' = ANY (coalesce(index.reloptions, '{}')) FROM pg_class AS index"
            " JOIN pg_am AS kind ON kind.oid = index.relam JOIN pg_index AS of ON of.indexrelid = index.oid"
            " WHERE kind.amname = 'gin' AND of.indrelid IN ('articles_edition'::regclass, 'articles_article'::regclass)"
        )
        found = dict(cursor.fetchall())
    assert set(found.values()) == {True}, found
    assert {"edition_words", "edition_by_part_of_headline", "article_by_folded_headline"} <= set(found)
