"""A story's page as somebody reads it: where it begins, how long it is, what it holds, and where it leads."""

from __future__ import annotations

import pytest

from articles.models import Edition, Kind
from articles.onward import MORE
from tests.factories import DAY, HOUR, NOON, SectionFactory, photo, published
from tests.readers import Reader

pytestmark = pytest.mark.django_db

LONG = "".join(f"<h2>Part {number}</h2><p>{'word ' * 300}</p>" for number in (1, 2, 3))


def test_dateline_begins_the_first_paragraph(reader: Reader) -> None:
    html = reader.text(published(dateline="Kessing", body="<p>It rained.</p><p>It stopped.</p>").path)
    assert '<p><span class="body__dateline">Kessing</span> – It rained.</p><p>It stopped.</p>' in html


def test_dateline_stands_alone_where_the_text_does_not_begin_with_a_paragraph(reader: Reader) -> None:
    page = reader.page(published(dateline="Kessing <b>", body="<h2>Rain</h2><p>It rained.</p>").path)
    assert page.text_of("span", class_="body__dateline") == ["Kessing <b>"]
    assert page.text_of("h2", id="h-rain") == ["Rain"]


def test_page_says_how_long_it_takes_to_read(reader: Reader) -> None:
    short, longer = published(body="<p>Few words.</p>"), published(body=f"<p>{'word ' * 500}</p>")
    assert "1 minute’s read" in reader.page(short.path).text_of("p", class_="byline__times")[0]
    assert "2 minutes’ read" in reader.page(longer.path).text_of("p", class_="byline__times")[0]
    assert longer.words == 500


def test_words_of_an_edition_from_before_they_were_kept_are_counted(reader: Reader) -> None:
    edition = published(body=f"<p>{'word ' * 500}</p>")
    Edition.objects.update(words=None)
    assert "2 minutes’ read" in reader.page(edition.path).text_of("p", class_="byline__times")[0]


def test_long_piece_lists_its_subheads_and_a_short_one_does_not(reader: Reader) -> None:
    page = reader.page(published(body=LONG).path)
    assert page.one("nav", class_="contents")["aria-labelledby"] == "contents"
    links = [link["href"] for link in page.all("a") if link["href"].startswith("#h-")]
    assert links[:3] == ["#h-part-1", "#h-part-2", "#h-part-3"]
    short = LONG.replace("word " * 300, "word ")
    assert not reader.page(published(body=short).path).all("nav", class_="contents")
    two = LONG.replace("<h2>Part 3</h2>", "") + LONG.replace("h2>", "p>")
    assert not reader.page(published(body=two).path).all("nav", class_="contents")


def test_subhead_leads_to_itself_without_adding_a_word(reader: Reader) -> None:
    page = reader.page(published(body="<h2>Why</h2><p>x</p><h3>How</h3><p>y</p>").path)
    assert page.text_of("h2", id="h-why") == ["Why"]
    assert [link["href"] for link in page.all("a", class_="body__anchor")] == ["#h-why", "#h-how"]
    # For pointers only: whoever listens or goes by keys has the table of contents.
    assert {(link["aria-hidden"], link["tabindex"]) for link in page.all("a", class_="body__anchor")} == {
        ("true", "-1")
    }


def test_story_older_than_a_year_says_so(reader: Reader) -> None:
    edition = published()
    reader.at = NOON + 364 * DAY
    assert not reader.page(edition.path).text_of("p", class_="story__age")
    reader.at = NOON + 366 * DAY
    assert reader.page(edition.path).text_of("p", class_="story__age") == ["This story is more than a year old."]
    reader.at = NOON + 3 * 366 * DAY
    assert reader.page(edition.path).text_of("p", class_="story__age") == ["This story is more than 3 years old."]


def test_what_ties_the_author_to_the_subject_is_said_under_the_byline(reader: Reader) -> None:
    edition = published(kind=Kind.OPINION, disclosure="Ada Holm sits on the harbour’s board.")
    page = reader.page(edition.path)
    assert page.text_of("p", class_="story__disclosure") == ["Ada Holm sits on the harbour’s board."]
    assert not reader.page(published(kind=Kind.OPINION).path).all("p", class_="story__disclosure")


def test_words_of_another_language_are_marked_as_such_and_the_page_around_them_is_not(reader: Reader) -> None:
    section = SectionFactory(name="World", slug="world")
    edition = published(section=section, language="ar", headline="عنوان", lead_photo=photo())
    page = reader.page(edition.path)
    assert page.one("html")["lang"] == "en-GB"
    for tag, name in (("h1", "story__headline"), ("p", "story__standfirst"), ("div", "body")):
        found = page.one(tag, class_=name)
        assert (found["lang"], found["dir"]) == ("ar", "rtl")
    assert page.one("article", class_="story")["dir"] == "rtl"
    assert page.one("footer", class_="story__foot")["dir"] == "ltr"
    # Its caption is the library's, in the newsroom's language.
    assert "lang" not in page.one("div", class_="story__figure")
    headline = next(iter(reader.page("/world/").all("h2", class_="teaser__headline")))
    assert (headline["lang"], headline["dir"]) == ("ar", "rtl")
    assert "lang" not in reader.page(published().path).one("h1")


def test_what_is_in_the_newsrooms_own_language_is_not_marked(reader: Reader) -> None:
    assert "lang" not in reader.page(published(language="").path).one("h1")


def test_section_leads_on_to_its_other_stories_and_to_the_one_before(reader: Reader) -> None:
    section = SectionFactory(name="Trade", slug="trade", related_count=0)
    stories = [published(at=NOON - hours * HOUR, section=section, headline=f"Story {hours}") for hours in range(1, 9)]
    page = reader.page(stories[2].path)
    assert page.text_of("h2", id="onward") == ["More from Trade"]
    listed = page.text_of("h3", class_="teaser__headline")
    assert listed == ["Story 1", "Story 2", "Story 5", "Story 6"]
    assert len(listed) == MORE
    assert page.one("a", class_="onward__next")["href"] == stories[3].path
    oldest = reader.page(stories[-1].path)
    assert not oldest.all("a", class_="onward__next")


def test_onward_leads_to_nothing_that_is_not_live_or_shown_above(reader: Reader) -> None:
    section = SectionFactory(name="Trade", slug="trade", related_count=6)
    stories = [published(at=NOON - hours * HOUR, section=section, headline=f"Story {hours}") for hours in range(1, 12)]
    published(at=NOON + HOUR, section=section, headline="Not yet")
    page = reader.page(stories[0].path)
    headlines = page.text_of("h3", class_="teaser__headline")
    assert len(headlines) == len(set(headlines))
    assert "Not yet" not in page.html


def test_sharing_is_offered_on_a_public_page_only(reader: Reader) -> None:
    assert reader.page(published().path).all("p", class_="share")
