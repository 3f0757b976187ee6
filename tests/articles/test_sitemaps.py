"""Sitemaps: by month, true dates, and news that is new and our own."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from articles import publishing, sitemaps
from articles.models import Change
from tests.bulk import archive_of
from tests.factories import DAY, HOUR, NOON, AuthorFactory, SectionFactory, managing_editor, photo, published, revised
from tests.readers import Reader
from tests.schemas import assert_valid

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
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
        f"{SITE}/sitemap-pages.xml",
        f"{SITE}/sitemap-authors-1.xml",
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


def test_every_file_that_the_index_names_is_there_and_valid(reader: Reader) -> None:
    section = SectionFactory(slug="trade")
    published(at=NOON - HOUR, section=section, tag_names=["Ports & sea"], lead_photo=photo(), headline="a & <b>")
    published(at=NOON - 40 * DAY, section=section, language="zh-hans", tag_names=["Ports & sea"])
    assert_valid(reader.get("/sitemap.xml").content, "siteindex.xsd")
    files = values(reader, "/sitemap.xml", f"{SITEMAP}loc")
    assert len(files) == 5
    listed = set()
    for address in [*files, f"{SITE}/news-sitemap.xml"]:
        path = address.removeprefix(SITE)
        assert_valid(reader.get(path).content, "sitemap.xsd")
        listed |= set(values(reader, path, f"{SITEMAP}loc"))
    assert {f"{SITE}/", f"{SITE}/trade/", f"{SITE}/authors/", f"{SITE}/tags/ports-sea/"} < listed
    for address in listed:
        page = reader.page(address.removeprefix(SITE))
        assert page.one("link", rel="canonical")["href"] == address
        assert page.meta("robots") is None or "noindex" not in str(page.meta("robots"))


def test_schema_refuses_what_is_wrong(reader: Reader) -> None:
    published(lead_photo=photo())
    for path, was, becomes in (
        ("/sitemap-2026-02.xml", b"<lastmod>", b"<lastmod>on "),
        ("/sitemap-2026-02.xml", b"image:loc>", b"image:url>"),
        ("/news-sitemap.xml", b"<news:language>en<", b"<news:language>en-GB<"),
    ):
        content = reader.get(path).content
        assert was in content
        with pytest.raises(AssertionError):
            assert_valid(content.replace(was, becomes), "sitemap.xsd")


def test_story_brings_the_largest_rendition_of_its_picture(reader: Reader) -> None:
    published(lead_photo=photo())
    published(at=NOON - DAY)
    assert values(reader, "/sitemap-2026-02.xml", f"{IMAGE}loc") == [f"{SITE}/media/photos/1280.jpg"]


def test_date_of_a_story_stays_with_a_minor_change_and_moves_with_a_correction(reader: Reader) -> None:
    story = published(at=NOON - DAY)
    minor = revised(story.article, at=NOON - 2 * HOUR, headline="New")
    publishing.publish(story.article, revision=minor, by=managing_editor(), at=NOON - 2 * HOUR, change=Change.MINOR)
    assert values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}lastmod") == ["2026-02-02T12:00:00+00:00"]
    right = revised(story.article, at=NOON - HOUR, standfirst="Right")
    note = {"wrong": "It was wrong.", "text": "It is right."}
    publishing.correct(story.article, revision=right, by=managing_editor(), at=NOON - HOUR, **note)  # type: ignore[arg-type]
    assert values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}lastmod") == ["2026-02-03T11:00:00+00:00"]


def test_what_others_published_first_is_in_no_sitemap_and_makes_no_month(reader: Reader) -> None:
    theirs = {"canonical_url": "https://example.com/x", "source_name": "They"}
    published(at=NOON - DAY)
    published(at=NOON - HOUR, **theirs)
    published(at=NOON - 40 * DAY, **theirs)
    assert len(values(reader, "/sitemap-2026-02.xml", f"{SITEMAP}loc")) == 1
    assert f"{SITE}/sitemap-2025-12.xml" not in values(reader, "/sitemap.xml", f"{SITEMAP}loc")
    assert reader.status("/sitemap-2025-12.xml") == 404


def test_authors_and_tags_are_cut_into_files_by_their_ids(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST", 2)
    for number in range(4):
        published(tag_names=[f"Tag {number}"])
    for kind, pages in (("authors", "/authors/"), ("tags", "/tags/")):
        files = [each for each in values(reader, "/sitemap.xml", f"{SITEMAP}loc") if f"sitemap-{kind}" in each]
        found = []
        for file in files:
            response = reader.get(file.removeprefix(SITE))
            if response.status_code == 200:
                found += values(reader, file.removeprefix(SITE), f"{SITEMAP}loc")
        assert len(found) == len(set(found)) == 4
        assert all(each.startswith(f"{SITE}{pages}") for each in found)
        last = int(files[-1].rpartition("-")[2].removesuffix(".xml"))
        assert reader.status(f"/sitemap-{kind}-{last}.xml") == 200
        assert reader.status(f"/sitemap-{kind}-{last + 1}.xml") == 404
        assert reader.status(f"/sitemap-{kind}-0.xml") == 404


def test_author_or_tag_without_a_live_story_is_in_no_sitemap(reader: Reader) -> None:
    gone = published(tag_names=["Ports"])
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - HOUR / 2)
    assert values(reader, "/sitemap.xml", f"{SITEMAP}loc") == [f"{SITE}/sitemap-pages.xml"]
    assert reader.status("/sitemap-authors-1.xml") == 404
    assert reader.status("/sitemap-tags-1.xml") == 404


@pytest.mark.parametrize(("code", "called"), [("", "en"), ("de", "de"), ("pt-br", "pt"), ("zh-hans", "zh-cn")])
def test_news_are_in_their_storys_language(reader: Reader, code: str, called: str) -> None:
    published(language=code)
    assert values(reader, "/news-sitemap.xml", f"{NEWS}language") == [called]
    assert_valid(reader.get("/news-sitemap.xml").content, "sitemap.xsd")


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
    assert values(reader, "/sitemap.xml", f"{SITEMAP}loc") == [f"{SITE}/sitemap-pages.xml"]
    assert values(reader, "/news-sitemap.xml", f"{SITEMAP}loc") == []


def test_robots_are_told_where_the_sitemaps_are_and_kept_from_the_desk(reader: Reader) -> None:
    text = reader.text("/robots.txt")
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert f"Sitemap: {SITE}/news-sitemap.xml" in text
    assert {"Disallow: /admin/", "Disallow: /preview/", "Disallow: /search/?"} < set(text.splitlines())
