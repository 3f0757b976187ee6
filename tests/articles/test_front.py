"""The front page: a lead, the latest, a block for each section, and no story twice."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.bulk import archive_of
from tests.factories import DAY, HOUR, NOON, AuthorFactory, SectionFactory, photo, published
from tests.readers import Reader

pytestmark = pytest.mark.django_db


def test_no_story_stands_on_the_front_twice_and_every_section_has_its_block(reader: Reader) -> None:
    root = SectionFactory(name="Trade", slug="trade")
    child = SectionFactory(name="Ports", slug="ports", parent=root)
    sections = [root, child, *(SectionFactory(name=name, position=1) for name in ("World", "Zoology"))]
    archive_of(80, sections=sections, authors=[AuthorFactory()], tags=[])
    page = reader.page("/")
    addresses = re.findall(r'class="teaser__headline"><a href="([^"]+)"', page.html)
    assert [address for address, times in Counter(addresses).items() if times > 1] == []
    blocks = page.text_of("h2", class_="block__name")
    assert blocks[1:] == ["Trade", "World", "Zoology"]
    assert len(addresses) == 11 + 3 * 4


def test_block_goes_on_where_the_latest_stories_end(reader: Reader) -> None:
    section = SectionFactory()
    stories = archive_of(15, sections=[section], authors=[AuthorFactory()], tags=[])
    html = reader.text("/")
    assert all(edition.path in html for edition in stories)


def test_lead_is_the_newest_story_with_a_picture_that_is_no_opinion(reader: Reader) -> None:
    published(at=NOON - 4 * HOUR, headline="Old picture", lead_photo=photo())
    published(at=NOON - 3 * HOUR, headline="New picture", lead_photo=photo())
    published(at=NOON - 2 * HOUR, headline="An opinion", lead_photo=photo(), kind="opinion")
    published(at=NOON - HOUR, headline="No picture")
    page = reader.page("/")
    assert page.text_of("h2", class_="teaser__headline")[0] == "New picture"
    assert page.all("img", fetchpriority="high")


def test_stories_stand_beside_each_other_only_where_both_have_a_picture(reader: Reader) -> None:
    published(at=NOON - 5 * HOUR, headline="Oldest", lead_photo=photo())
    published(at=NOON - 4 * HOUR, headline="Second", lead_photo=photo())
    published(at=NOON - 3 * HOUR, headline="Lead", lead_photo=photo())
    published(at=NOON - 2 * HOUR, headline="Plain")
    page = reader.page("/")
    assert page.text_of("h2", class_="teaser__headline") == ["Lead", "Second", "Oldest"]
    assert page.text_of("h3", class_="teaser__headline") == ["Plain"]


def test_block_begins_with_its_newest_picture_and_goes_on_in_order(reader: Reader) -> None:
    section = SectionFactory()
    archive_of(11, sections=[SectionFactory()], authors=[AuthorFactory()], tags=[])
    published(at=NOON - 13 * DAY, section=section, headline="Pictured", lead_photo=photo())
    published(at=NOON - 12 * DAY, section=section, headline="Opinion", lead_photo=photo(), kind="opinion")
    published(at=NOON - 11 * DAY, section=section, headline="Newest")
    listed = reader.page("/").text_of("h3", class_="teaser__headline")
    assert listed[-3:] == ["Pictured", "Newest", "Opinion"]


def test_front_says_what_it_is_to_machines_and_without_a_story_too(reader: Reader) -> None:
    page = reader.page("/")
    assert page.text_of("h1") == ["The Northmere Courier"]
    assert "Nothing has been published yet." in page.html
    assert page.one("link", rel="canonical")["href"] == "https://www.example.org/"
    assert page.one("link", type="application/atom+xml")["href"] == "https://www.example.org/feed/"
    assert page.meta("description") == "Independent reporting from the coast and the counties"
