"""Feeds: they parse, carry everything, keep their ids, and move only when the newsroom says so."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest

from articles import publishing
from articles.models import Byline, Change
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
)
from tests.readers import Reader

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"


def parsed(reader: Reader, path: str = "/feed/") -> Any:
    """A feed as a feed reader reads it; it must be well-formed."""
    feed = feedparser.parse(reader.get(path).content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_entry_carries_full_text_with_full_addresses_and_every_author(reader: Reader) -> None:
    first, second = AuthorFactory(name="Ines & Co", slug="ines"), AuthorFactory(name="Tomas", slug="tomas")
    other = published(at=NOON - DAY, headline="Other")
    inside = photo(alt_text="The bridge")
    article = ArticleFactory(
        headline="What was <won>",
        bylines=[first, second],
        tag_names=["Ports"],
        lead_photo=photo(alt_text="Cranes"),
        body=f'<p>A <a data-article="{other.article_id}">link</a> and <a href="/authors/">ours</a>.</p>'
        f'<figure data-photo="{inside.pk}"></figure>',
    )
    Byline.objects.create(article=article, author=second, role=Byline.Role.PHOTOGRAPHS, position=2)
    edition = publishing.publish(article, revision=kept(article), by=managing_editor(), at=NOON - HOUR)
    entry = parsed(reader).entries[0]
    assert entry.title == "What was <won>"
    assert entry.link == SITE + edition.path
    assert [author.name for author in entry.authors] == ["Ines & Co", "Tomas"]
    assert "Ports" in [tag.term for tag in entry.tags]
    text = entry.content[0].value
    assert f'href="{SITE}{other.path}"' in text
    assert f'href="{SITE}/authors/"' in text
    assert text.count(f'src="{SITE}/media/photos/1280.jpg"') == 2
    assert 'alt="Cranes"' in text
    assert 'alt="The bridge"' in text


def test_id_is_no_address_and_outlives_every_change(reader: Reader) -> None:
    edition = published(at=NOON - DAY, headline="Before")
    before = parsed(reader).entries[0]
    assert before.id.startswith("urn:uuid:")
    publishing.change_address(edition.article, slug="elsewhere", by=managing_editor(), at=NOON - 2 * HOUR)
    update = revised(edition.article, at=NOON - HOUR, headline="After")
    publishing.publish(edition.article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.MINOR)
    after = parsed(reader).entries[0]
    assert (after.title, after.id, after.updated) == ("After", before.id, before.updated)
    assert after.link != before.link


def test_updated_moves_with_a_substantive_change_and_published_never(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    update = revised(edition.article, at=NOON - HOUR, headline="After")
    publishing.publish(
        edition.article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.SUBSTANTIVE
    )
    feed = parsed(reader)
    assert feed.entries[0].updated == feed.feed.updated == "2026-02-03T11:00:00+00:00"
    assert feed.entries[0].published == "2026-02-02T12:00:00+00:00"


def test_correction_goes_out_with_the_text(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    put_right = revised(edition.article, at=NOON - HOUR, standfirst="Eleven hours.")
    publishing.correct(
        edition.article,
        revision=put_right,
        wrong="It said otherwise.",
        text="It said nine.",
        by=managing_editor(),
        at=NOON - HOUR,
    )
    assert "It said nine." in parsed(reader).entries[0].content[0].value


def test_feeds_of_section_author_and_tag_hold_their_own(reader: Reader) -> None:
    section, author = SectionFactory(slug="trade"), AuthorFactory(slug="ines")
    child = SectionFactory(slug="ports", parent=section)
    published(headline="In the section", section=section)
    published(headline="In its child", section=child, at=NOON - 2 * HOUR)
    published(headline="By the author", bylines=[author])
    published(headline="With the tag", tag_names=["Ports"])
    titles = {
        path: [entry.title for entry in parsed(reader, path).entries]
        for path in ("/trade/feed/", "/ports/feed/", "/authors/ines/feed/", "/tags/ports/feed/")
    }
    assert titles == {
        "/trade/feed/": ["In the section", "In its child"],
        "/ports/feed/": ["In its child"],
        "/authors/ines/feed/": ["By the author"],
        "/tags/ports/feed/": ["With the tag"],
    }
    assert len(parsed(reader).entries) == 4


def test_feed_that_has_not_changed_is_not_sent_again(reader: Reader) -> None:
    edition = published()
    first = reader.get("/feed/")
    again = reader.get("/feed/", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON)
    after = reader.get("/feed/", if_none_match=first.headers["ETag"])
    assert after.status_code == 200
    assert b"<entry>" not in after.content


def test_empty_feed_is_well_formed_and_says_the_same_every_time(reader: Reader) -> None:
    SectionFactory(slug="trade")
    assert parsed(reader, "/trade/feed/").entries == []
    first = reader.get("/trade/feed/").content
    reader.at = NOON + DAY
    assert reader.get("/trade/feed/").content == first


def test_nothing_that_a_writer_types_breaks_a_feed_or_a_sitemap(reader: Reader) -> None:
    nasty = "a \x0b\x1f\ufffe ]]> & <b> \" ' é \U0001f6f3 </title>"
    published(headline=nasty, standfirst=nasty, bylines=[AuthorFactory(name=nasty, slug="x")], tag_names=["a & b"])
    entry = parsed(reader).entries[0]
    assert "\U0001f6f3" in entry.title
    for path in ("/news-sitemap.xml", "/sitemap-2026-02.xml", "/authors/x/feed/"):
        assert reader.status(path) == 200


def test_syndicated_entry_names_the_original(reader: Reader) -> None:
    published(canonical_url="https://news.example.com/original", source_name="The Kessing Post")
    entry = parsed(reader).entries[0]
    assert {"https://news.example.com/original"} == {link.href for link in entry.links if link.rel == "via"}
    assert "The Kessing Post" in entry.content[0].value
