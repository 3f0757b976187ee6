"""Lists by cursor: every story once, in a stable order, whatever is published while somebody reads on."""

from __future__ import annotations

import re

import pytest

from articles import publishing
from articles.listing import Cursor
from articles.models import Byline, Change
from tests.bulk import archive_of
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
)
from tests.readers import Page, Reader

pytestmark = pytest.mark.django_db

NONSENSE = ("", "x", "1", "-1", "1-", "-", "1-0", "01-1", "1-01", "0x1-1", "1-1 ", " 1-1", "١-١", "1-1\n", "é", "%00")
TOO_LARGE = ("9" * 18 + "-1", "1-" + "9" * 19, "9" * 400 + "-1")


def headlines(page: Page) -> list[str]:
    """The addresses of the stories of a list, in order."""
    inside = re.search(r'<ol class="list">.*?</ol>', page.html, re.DOTALL)
    assert inside
    return re.findall(r'class="teaser__headline"><a href="([^"]+)"', inside[0])


def older(page: Page) -> str | None:
    """The address of the next page, relative to its list."""
    links = page.all("a", rel="next")
    return links[0]["href"] if links else None


@pytest.mark.parametrize("text", [*NONSENSE, *TOO_LARGE])
def test_bad_cursor_is_not_found(reader: Reader, text: str) -> None:
    edition = published(tag_names=["Ports"], section=SectionFactory(slug="trade"))
    author = edition.article.authors.get()
    for path in ("/trade/", "/tags/ports/", author.get_absolute_url(), "/archive/2026/02/"):
        assert reader.client.get(path, {"after": text}, secure=True).status_code == 404


def test_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(NOON, 42)
    assert Cursor.parse(str(cursor)) == cursor


def test_every_story_is_listed_once_while_new_ones_appear(reader: Reader) -> None:
    section, author = SectionFactory(slug="trade"), AuthorFactory()
    stories = archive_of(45, sections=[section], authors=[author], tags=[], newest=NOON - HOUR)
    for path in ("/trade/", author.get_absolute_url()):
        seen: list[str] = []
        address: str | None = path
        while address:
            page = reader.page(address)
            seen += headlines(page)
            published(section=section, bylines=[author], at=NOON - MINUTE)
            address = path + following if (following := older(page)) else None
        listed = [edition.path for edition in stories]
        assert [story for story in seen if story in listed] == listed


def test_stories_of_the_same_instant_are_neither_lost_nor_repeated(reader: Reader) -> None:
    section = SectionFactory(slug="trade")
    stories = archive_of(30, sections=[section], authors=[AuthorFactory()], tags=[], apart=0 * HOUR)
    first = reader.page("/trade/")
    second = reader.page(f"/trade/{older(first)}")
    assert sorted(headlines(first) + headlines(second)) == sorted(edition.path for edition in stories)
    assert older(second) is None


def test_cursor_beyond_the_end_is_not_found_and_older_pages_say_what_they_are(reader: Reader) -> None:
    stories = archive_of(30, sections=[SectionFactory(slug="trade")], authors=[AuthorFactory()], tags=[])
    last = Cursor(stories[-1].first_published_at, stories[-1].article_id)
    assert reader.status(f"/trade/?after={last}") == 404
    following = older(reader.page("/trade/"))
    page = reader.page(f"/trade/{following}")
    assert page.one("link", rel="canonical")["href"] == f"https://www.example.org/trade/{following}"
    assert "older stories" in page.text_of("title")[0]
    assert "Newest stories" in page.text_of("a", href="/trade/")


def test_author_with_two_roles_in_a_story_lists_it_once(reader: Reader) -> None:
    author = AuthorFactory()
    article = ArticleFactory(bylines=[author])
    Byline.objects.create(article=article, author=author, role=Byline.Role.PHOTOGRAPHS, position=1)
    edition = publishing.publish(article, revision=kept(article), by=managing_editor(), at=NOON - HOUR)
    assert headlines(reader.page(author.get_absolute_url())) == [edition.path]
    assert reader.text(f"{author.get_absolute_url()}feed/").count("<entry>") == 1


def test_updated_story_keeps_its_place(reader: Reader) -> None:
    section = SectionFactory(slug="trade")
    old = published(section=section, at=NOON - 3 * HOUR)
    new = published(section=section, at=NOON - 2 * HOUR)
    update = revised(old.article, at=NOON - HOUR, headline="Updated")
    publishing.publish(old.article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.SUBSTANTIVE)
    assert headlines(reader.page("/trade/")) == [new.path, old.path]
