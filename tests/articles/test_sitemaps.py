"""Sitemaps: by month, true dates, and news that is new and our own."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from articles import publishing, sitemaps
from articles.models import Change
from tests.bulk import archive_of
from tests.factories import DAY, HOUR, NOON, AuthorFactory, SectionFactory, managing_editor, published, revised
from tests.readers import Reader

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def values(reader: Reader, path: str, name: str) -> list[str]:
    """The texts of all elements of a name in a sitemap, which must be well-formed."""
    root = ElementTree.fromstring(reader.get(path).content)  # noqa: S314 - our own
    return [element.text or "" for element in root.iter(name)]


def test_index_names_the_months_that_have_a_live_story(reader: Reader) -> None:
    published(at=NOON)
    published(at=NOON - 70 * DAY)
    gone = published(at=NOON - 40 * DAY)
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - DAY)
    assert values(reader, "/sitemap.xml", f"{SITEMAP}loc") == [
        f"{SITE}/sitemap-2026-02.xml",
        f"{SITE}/sitemap-2025-11.xml",
    ]
    assert reader.status("/sitemap-2025-12.xml") == 404
    assert reader.status("/sitemap-2026-13.xml") == 404


def test_month_dates_a_story_by_its_last_change_of_substance(reader: Reader) -> None:
    story = published(at=NOON - DAY)
    assert values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}loc") == [SITE + story.path]
    assert values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}lastmod") == ["2026-02-02T12:00:00+00:00"]
    update = revised(story.article, at=NOON - HOUR, headline="New")
    publishing.publish(story.article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.SUBSTANTIVE)
    assert values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}lastmod") == ["2026-02-03T11:00:00+00:00"]


def test_news_are_the_last_48_hours_without_what_others_wrote(reader: Reader) -> None:
    published(headline="New & ours", at=NOON - 47 * HOUR)
    published(headline="Old", at=NOON - 49 * HOUR)
    published(headline="Theirs", canonical_url="https://example.com/x", source_name="They")
    assert values(reader, "/news-sitemap.xml", f"{NEWS}title") == ["New & ours"]
    assert values(reader, "/news-sitemap.xml", f"{NEWS}name") == ["The Northmere Courier"]
    assert values(reader, "/news-sitemap.xml", f"{NEWS}language") == ["en"]
    assert values(reader, "/news-sitemap.xml", f"{NEWS}publication_date") == ["2026-02-01T13:00:00+00:00"]


def test_news_sitemap_never_holds_more_than_is_allowed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST_NEWS", 3)
    archive_of(5, sections=[SectionFactory()], authors=[AuthorFactory()], tags=[], apart=timedelta(minutes=1))
    assert len(values(reader, "/news-sitemap.xml", f"{SITEMAP}loc")) == 3


def test_sitemaps_are_well_formed_without_a_story(reader: Reader) -> None:
    assert values(reader, "/sitemap.xml", f"{SITEMAP}loc") == []
    assert values(reader, "/news-sitemap.xml", f"{SITEMAP}loc") == []


def test_robots_are_told_where_the_sitemaps_are_and_kept_from_the_desk(reader: Reader) -> None:
    text = reader.text("/robots.txt")
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert f"Sitemap: {SITE}/news-sitemap.xml" in text
    assert "Disallow: /admin/" in text
