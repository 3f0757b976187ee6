"""What holds for every feed in every format: it is valid, complete, conditional, found, and a page in a browser."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from lxml import etree
from pytest_django.fixtures import Settings

from articles import publishing
from articles.feeds.answering import feed_of
from articles.feeds.formats import ATOM, FORMATS, JSON, RSS, Format
from articles.models import Byline, Correction, Edition
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
from tests.schemas import assert_valid, assert_valid_json_feed

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
PLACES = ("/", "/trade/", "/authors/ines/", "/tags/ports/")
NASTY = "a \x0b\x1f\ufffe ]]> & <b> \" ' é \U0001f6f3 </title> <!-- -->"


def address(place: str, file_format: Format) -> str:
    """Where the feed of a page is."""
    return f"{place}feed/" if file_format is ATOM else f"{place}feed/{file_format.name}/"


def valid(content: bytes, file_format: Format) -> list[Any]:
    """The entries of a feed, which must be valid, as a feed reader has them."""
    if file_format is JSON:
        items: list[Any] = assert_valid_json_feed(content)["items"]
        return items
    assert_valid(content, f"{file_format.name}.rng")
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    entries: list[Any] = feed.entries
    return entries


def world() -> list[Edition]:
    """A rich story, one from elsewhere in another language, a corrected one and a plain one; all on every page."""
    section = SectionFactory(name="Trade & Ports", slug="trade")
    ines, tomas = AuthorFactory(name="Ines & Co", slug="ines"), AuthorFactory(name="Tomas", slug="tomas")
    common: dict[str, Any] = {"section": section, "tag_names": ["Ports"]}
    article = ArticleFactory(
        **common,
        headline=NASTY,
        standfirst=NASTY,
        bylines=[ines, tomas],
        lead_photo=photo(alt_text="Cranes <at> dusk", credit="A & B"),
        dateline="Northmere",
        disclosure="Ines owns a boat.",
        body='<p>A <a href="/authors/">link</a> <a href="https://example.com/">out</a>.</p>',
    )
    Byline.objects.create(article=article, author=tomas, role=Byline.Role.PHOTOGRAPHS, position=2)
    rich = publishing.publish(article, revision=kept(article), by=managing_editor(), at=NOON - HOUR)
    theirs = published(
        **common,
        at=NOON - 2 * HOUR,
        headline="Fremd",
        language="pt-br",
        bylines=[ines],
        canonical_url="https://news.example.com/a?b=1&c=2",
        source_name="The <Kessing> Post",
    )
    corrected = published(**common, at=NOON - DAY, headline="Corrected", bylines=[ines])
    publishing.correct(
        corrected.article,
        revision=revised(corrected.article, at=NOON - HOUR, standfirst="Nine."),
        wrong="It said eleven.",
        text="It was nine.",
        kind=Correction.Kind.CORRECTION,
        by=managing_editor(),
        at=NOON - HOUR,
    )
    return [rich, theirs, corrected, published(**common, at=NOON - 2 * DAY, headline="Plain", bylines=[ines])]


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_every_feed_is_valid_and_holds_its_stories(reader: Reader, file_format: Format) -> None:
    world()
    for place in PLACES:
        response = reader.get(address(place, file_format))
        assert response.headers["Content-Type"].split(";")[0] == file_format.media_type
        entries = valid(response.content, file_format)
        assert [entry["title"] for entry in entries][1:] == ["Fremd", "Corrected", "Plain"]
        assert entries[0]["title"].endswith("</title> <!-- -->")


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_empty_feed_is_valid(reader: Reader, file_format: Format) -> None:
    SectionFactory(slug="trade")
    for place in ("/", "/trade/"):
        assert valid(reader.get(address(place, file_format)).content, file_format) == []


def test_schemas_refuse_what_is_wrong(reader: Reader) -> None:
    world()
    for file_format, was, becomes in (
        (ATOM, b"<id>urn", b"<id>"),
        (ATOM, b"<updated>2026", b"<updated>x"),
        (ATOM, b"<published>", b"<unknown/><published>"),
        (RSS, b'isPermaLink="false"', b'isPermaLink="true"'),
        (RSS, b"<pubDate>", b"<pubDate>On "),
        (JSON, b'"date_published": "', b'"date_published": "x'),
        (JSON, b'"content_html"', b'"content"'),
    ):
        content = reader.get(address("/", file_format)).content
        assert was in content
        with pytest.raises((AssertionError, ValueError)):
            valid(content.replace(was, becomes, 1), file_format)


def test_all_formats_say_the_same_of_a_story(reader: Reader) -> None:
    rich, *_ = world()
    atom, rss, item = (valid(reader.get(address("/", each)).content, each)[0] for each in FORMATS)
    assert atom.id == rss.id == item["id"]
    assert atom.id.startswith("urn:uuid:")
    assert not rss.guidislink
    assert atom.link == rss.link == item["url"] == SITE + rich.path
    assert atom.published_parsed == rss.published_parsed
    assert atom.published == item["date_published"] == "2026-02-03T11:00:00+00:00"
    assert atom.updated == rss.updated == item["date_modified"]
    names = ["Ines & Co", "Tomas"]
    assert [each.name for each in atom.authors] == [each.name for each in rss.authors] == names
    assert [each["name"] for each in item["authors"]] == names
    for terms in ([tag.term for tag in atom.tags], [tag.term for tag in rss.tags], item["tags"]):
        assert terms == ["Trade & Ports", "Ports"]
    assert atom.content[0].value == rss.content[0].value
    assert f'href="{SITE}/authors/"' in item["content_html"]
    assert 'href="https://example.com/"' in item["content_html"]
    assert 'href="/' not in item["content_html"]
    assert "Northmere" in item["content_html"]
    assert "Ines owns a boat." in item["content_html"]
    image = f"{SITE}/media/photos/1280.jpg"
    assert atom.media_content[0]["url"] == rss.media_content[0]["url"] == item["image"] == image
    assert atom.media_content[0]["width"] == "1280"
    assert rss.media_credit[0]["content"] == "A & B"


def test_story_has_its_own_language_and_names_where_it_is_from(reader: Reader) -> None:
    world()
    tree = etree.fromstring(reader.get("/feed/").content)
    ours, theirs, *_ = tree.iter("{http://www.w3.org/2005/Atom}entry")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (tree.get(lang), ours.get(lang), theirs.get(lang)) == ("en-GB", None, "pt-BR")
    rss = etree.fromstring(reader.get("/feed/rss/").content)
    assert rss.findtext("channel/language") == "en-GB"
    languages = [each.text for each in rss.iter("{http://purl.org/dc/elements/1.1/}language")]
    assert languages[:2] == ["en-GB", "pt-BR"]
    [source] = rss.iter("source")
    assert (source.get("url"), source.text) == ("https://news.example.com/a?b=1&c=2", "The <Kessing> Post")
    atom_entry = valid(reader.get("/feed/").content, ATOM)[1]
    [via] = [link for link in atom_entry.links if link.rel == "via"]
    assert (via.href, via.title) == ("https://news.example.com/a?b=1&c=2", "The <Kessing> Post")
    feed = json.loads(reader.get("/feed/json/").content)
    assert feed["language"] == "en-GB"
    assert [item["language"] for item in feed["items"]][:2] == ["en-GB", "pt-BR"]
    assert feed["items"][1]["external_url"] == "https://news.example.com/a?b=1&c=2"


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_correction_goes_out_in_every_format(reader: Reader, file_format: Format) -> None:
    world()
    entry = valid(reader.get(address("/", file_format)).content, file_format)[2]
    html = entry["content_html"] if file_format is JSON else entry.content[0].value
    assert "It was nine." in html
    assert (entry["date_modified"] if file_format is JSON else entry.updated) == "2026-02-03T11:00:00+00:00"


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_feed_is_conditional_and_answers_head(reader: Reader, file_format: Format) -> None:
    edition = published()
    path = address("/", file_format)
    first = reader.get(path)
    assert "Last-Modified" not in first.headers
    head: Any = reader.client.head(path, secure=True)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    again = reader.get(path, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON)
    after = reader.get(path, if_none_match=first.headers["ETag"])
    assert after.status_code == 200
    assert valid(after.content, file_format) == []


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_feed_costs_the_same_in_every_format(reader: Reader, file_format: Format) -> None:
    world()
    reader.get(address("/", file_format))
    assert len(reader.queries) <= 3
    reader.get(address("/authors/ines/", file_format))
    assert len(reader.queries) <= 4


def test_only_json_may_be_read_by_pages_of_other_sites(reader: Reader) -> None:
    allowed = {each: reader.get(address("/", each)).headers.get("Access-Control-Allow-Origin") for each in FORMATS}
    assert allowed == {ATOM: None, RSS: None, JSON: "*"}
    etag = reader.get("/feed/json/").headers["ETag"]
    assert reader.get("/feed/json/", if_none_match=etag).headers["Access-Control-Allow-Origin"] == "*"


def test_feeds_name_a_hub_where_one_is_set(reader: Reader, settings: Settings) -> None:
    SectionFactory(slug="trade")
    assert "Link" not in reader.get("/feed/").headers
    settings.NEWSROOM_WEBSUB_HUB = "https://hub.example.com/?a=1&b=2"
    for file_format in FORMATS:
        path = address("/trade/", file_format)
        response = reader.get(path)
        valid(response.content, file_format)
        hub, own = f'<{settings.NEWSROOM_WEBSUB_HUB}>; rel="hub"', f'<{SITE}{path}>; rel="self"'
        assert response.headers["Link"] == f"{hub}, {own}"
    for file_format in (ATOM, RSS):
        links = feedparser.parse(reader.get(address("/", file_format)).content).feed.links
        assert [link.href for link in links if link.rel == "hub"] == [settings.NEWSROOM_WEBSUB_HUB]
        assert [link.href for link in links if link.rel == "self"] == [SITE + address("/", file_format)]
    hubs = json.loads(reader.get("/feed/json/").content)["hubs"]
    assert hubs == [{"type": "WebSub", "url": settings.NEWSROOM_WEBSUB_HUB}]


def test_pages_announce_their_feed_in_every_format(reader: Reader) -> None:
    rich, *_ = world()
    for path, place in (*zip(PLACES, PLACES, strict=True), (rich.path, "/trade/")):
        page = reader.page(path)
        for file_format in FORMATS:
            link = page.one("link", type=file_format.media_type)
            assert (link["rel"], link["href"]) == ("alternate", SITE + address(place, file_format))


@pytest.mark.parametrize("file_format", [ATOM, RSS], ids=lambda each: each.name)
def test_browser_is_sent_a_page_and_a_feed_reader_a_feed(reader: Reader, file_format: Format) -> None:
    rich, *_ = world()
    path = address("/", file_format)
    page = reader.get(path, accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert page.headers["Content-Type"] == "application/xml; charset=utf-8"
    for accept in ("*/*", "application/rss+xml, application/atom+xml, application/xml;q=0.8"):
        plain = reader.get(path, accept=accept)
        assert plain.headers["Content-Type"] == f"{file_format.media_type}; charset=utf-8"
        assert plain.content == page.content
        assert "Accept" in plain.headers["Vary"].split(", ")
    tree = etree.fromstring(page.content)
    [style] = tree.xpath("preceding-sibling::processing-instruction('xml-stylesheet')")
    assert style.text == 'type="text/css" href="/static/feeds/feed.css"'
    xhtml = {"h": "http://www.w3.org/1999/xhtml"}
    assert tree.xpath("//h:h2/h:a/@href", namespaces=xhtml)[0] == SITE + rich.path
    assert tree.xpath("string(//h:code)", namespaces=xhtml) == SITE + path
    assert not tree.xpath("//h:script", namespaces=xhtml)


def test_list_of_stories_from_anywhere_becomes_a_feed_in_its_order(reader: Reader, rf: Any) -> None:
    newer, older = published(headline="Newer"), published(headline="Older", at=NOON - DAY)
    gone = published(headline="Gone")
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - HOUR / 2)
    request = rf.get("/search/feed/", {"q": "a & b"})
    response: Any = feed_of(request, [older, gone, newer], at=NOON, title="“a & b”", about="/search/?q=a+%26+b")
    entries = valid(response.content, ATOM)
    assert [entry.title for entry in entries] == ["Older", "Newer"]
    feed = feedparser.parse(response.content).feed
    assert feed.id == f"{SITE}/search/feed/?q=a+%26+b"
    assert feed.link == f"{SITE}/search/?q=a+%26+b"


def test_only_the_two_other_formats_have_addresses_of_their_own(reader: Reader) -> None:
    SectionFactory(slug="trade")
    assert reader.get("/trade/feed/atom/").headers["Location"] == "/trade/feed/"
    for name in ("xml", "html", "1"):
        assert reader.status(f"/trade/feed/{name}/") == 404
