"""Structured data on every kind of page: nothing that schema.org does not know, all that search engines ask for."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.newspaper import newspaper
from tests import schema_org
from tests.factories import NOON, AuthorFactory, published
from tests.readers import Reader
from tests.small_paper import printed

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
STORIES = {
    "long article": "NewsArticle",
    "short article": "NewsArticle",
    "corrected article": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "two authors": "NewsArticle",
    "syndicated article": "NewsArticle",
    "German article": "NewsArticle",
    "Arabic article": "NewsArticle",
}
# Pages that have nothing to tell: an address of their own is what makes a page worth describing.
SILENT = ("never heard of", "withdrawn")

# What Google's documents ask for or recommend, of that which a newspaper has, by type and way.
WANTED = {
    "NewsArticle": ("headline", "image.url", "datePublished", "dateModified", "author.name", "author.url"),
    "BreadcrumbList": ("itemListElement.position", "itemListElement.name", "itemListElement.item"),
    "ProfilePage": ("mainEntity.name", "mainEntity.url"),
    "Organization": ("name", "url", "logo.url"),
    "WebSite": ("name", "url", "potentialAction.target.urlTemplate", "potentialAction.query-input"),
}


def data(reader: Reader, path: str, name: str) -> dict[str, Any]:
    """The one block on a page that is of a type."""
    [found] = [block for block in reader.page(path).json_ld if block["@type"] == name]
    return dict(found)


def missing(block: dict[str, Any]) -> list[str]:
    """What search engines want of a block and is not there."""
    kinds = schema_org.kinds(block["@type"])
    return [way for kind, ways in WANTED.items() if kind in kinds for way in ways if not _has(block, way.split("."))]


def _has(value: Any, way: list[str]) -> bool:
    if not way:
        return value not in ("", None, [])
    if isinstance(value, list):
        return bool(value) and all(_has(each, way) for each in value)
    return isinstance(value, dict) and way[0] in value and _has(value[way[0]], way[1:])


def test_every_page_tells_what_schema_org_knows_and_search_engines_want(reader: Reader) -> None:
    wrong = {}
    for name, path in printed(at=NOON).items():
        if name in SILENT:
            continue
        blocks = reader.page(path).json_ld
        wrong[name] = [fault for block in blocks for fault in (*schema_org.faults(block), *missing(block))]
        if not any(block["@type"] in ("BreadcrumbList", "WebSite") for block in blocks):
            wrong[name].append("says not where it belongs")
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_each_story_is_told_as_what_it_is_and_in_its_language(reader: Reader) -> None:
    paper = printed(at=NOON)
    told = {name: reader.page(paper[name]).json_ld[0] for name in STORIES}
    assert {name: block["@type"] for name, block in told.items()} == STORIES
    assert told["Arabic article"]["inLanguage"] == "ar"
    assert told["German article"]["inLanguage"] == "de"
    assert told["short article"]["inLanguage"] == newspaper().language == "en-GB"
    assert [author["name"] for author in told["two authors"]["author"]] == ["Ada Holm", "Ben Okoro"]
    assert [other["name"] for other in told["long article"]["contributor"]] == ["Ben Okoro"]
    assert told["long article"]["author"][0]["jobTitle"] == "Trade correspondent"
    assert told["opinion"]["backstory"].startswith("The author sat on")
    assert len(told["corrected article"]["correction"]) == 2
    assert told["short article"]["wordCount"] == 3
    assert told["syndicated article"]["isBasedOn"] == "https://wire.example.net/story"


def test_way_to_a_page_ends_with_the_page(reader: Reader) -> None:
    paper = printed(at=NOON)
    ways = {
        name: [step["name"] for step in data(reader, paper[name], "BreadcrumbList")["itemListElement"]][1:]
        for name in ("section inside another", "short article", "author", "tag", "month", "authors", "corrections")
    }
    assert ways == {
        "section inside another": ["World", "Trade"],
        "short article": ["World", "The ferry runs again"],
        "author": ["Authors", "Ada Holm"],
        "tag": ["Ports"],
        "month": ["Archive", "February 2026"],
        "authors": ["Authors"],
        "corrections": ["Corrections"],
    }


def test_pages_that_are_not_there_tell_nothing(reader: Reader) -> None:
    paper = printed(at=NOON)
    for name in SILENT:
        html = reader.get(paper[name]).content.decode()
        assert "ld+json" not in html
        assert 'property="og:' not in html
        assert 'name="robots" content="noindex"' in html


def test_newspaper_is_told_with_what_settings_say_of_it(reader: Reader, settings: Any) -> None:
    settings.NEWSROOM_CONTACT = "desk@example.org"
    settings.NEWSROOM_PROFILES = ["https://social.example.net/@courier"]
    settings.NEWSROOM_LOGO = "https://cdn.example.org/logo.png"
    told = data(reader, "/", "NewsMediaOrganization")
    assert told["contactPoint"]["email"] == "desk@example.org"
    assert told["sameAs"] == ["https://social.example.net/@courier"]
    assert told["logo"]["url"] == "https://cdn.example.org/logo.png"
    assert told["correctionsPolicy"] == f"{SITE}/corrections/"
    assert schema_org.faults(told) == []
    assert data(reader, "/", "WebSite")["publisher"]["@id"] == told["@id"]


def test_author_is_told_with_what_is_known_of_them(reader: Reader) -> None:
    author = AuthorFactory(name="Ada Holm", role="Trade correspondent", biography="Writes on\nports.", portrait="a.jpg")
    published(bylines=[author])
    person = data(reader, author.get_absolute_url(), "ProfilePage")["mainEntity"]
    assert person["jobTitle"] == "Trade correspondent"
    assert person["description"] == "Writes on ports."
    assert person["image"] == f"{SITE}/media/a.jpg"
    assert person["worksFor"]["name"] == "The Northmere Courier"


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ({"@type": "NewsArticle", "headlin": "x"}, "no property of NewsArticle"),
        ({"@type": "NewsPiece"}, "no type NewsPiece"),
        ({"@type": "NewsArticle", "author": "Ada Holm"}, "is wanted"),
        ({"@type": "NewsArticle", "author": {"@type": "ImageObject", "url": f"{SITE}/"}}, "is wanted"),
        ({"@type": "NewsArticle", "datePublished": "2026-02-03T12:00:00"}, "has no offset"),
        ({"@type": "NewsArticle", "datePublished": "3 February"}, "is no instant"),
        ({"@type": "NewsArticle", "url": "/world/"}, "no full address"),
        ({"@type": "NewsArticle", "wordCount": "3"}, "is wanted"),
        ({"@type": "NewsArticle", "headline": True}, "is wanted"),
        ({"@type": "NewsArticle", "headline": ""}, "empty"),
        ({"@type": "NewsArticle", "publisher": {"name": "x"}}, "has no type"),
    ],
)
def test_the_test_finds_what_is_wrong(block: dict[str, Any], fault: str) -> None:
    found = schema_org.faults({"@context": "https://schema.org", **block})
    assert any(fault in each for each in found), found
