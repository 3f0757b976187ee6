"""What a page costs: an article at most 5 queries, a list at most 4, the same at 50 and at 5,000 stories."""

from __future__ import annotations

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles.feeds.formats import JSON, RSS
from articles.listing import Cursor
from articles.models import Edition, Section
from tests.bulk import archive_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    photo,
    published,
)
from tests.readers import Reader
from tests.surfaces import ARGUMENTS

pytestmark = pytest.mark.django_db

ARTICLE = 5
LIST = 4


def richest_story(section: Section, archive: list[Edition]) -> Edition:
    """A story that makes its page ask for everything that it can ask for."""
    other, pick = archive[5], archive[7]
    return published(
        section=section,
        bylines=[AuthorFactory(), AuthorFactory()],
        tag_names=["Tag 1", "Tag 2"],
        related=[pick.article],
        lead_photo=photo(),
        body=f'<p>A <a data-article="{other.article_id}">link</a>.</p><figure data-photo="{photo().pk}"></figure>',
    )


def costs(reader: Reader, paths: dict[str, str], *, may_count: bool = False) -> dict[str, int]:
    """How many queries each page takes; none of them counts or skips rows, none touches a session.

    A search `may_count`: the newest that match, of which there is a bounded number.
    """
    found = {}
    for name, path in paths.items():
        response = reader.get(path)
        assert response.status_code == 200, path
        found[name] = len(reader.queries)
        for sql in reader.queries:
            assert may_count or "COUNT(" not in sql.upper()
            assert " OFFSET " not in sql.upper()
            assert "django_session" not in sql
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
    return found


@pytest.mark.parametrize("stories", [50, 5_000])
def test_pages_keep_their_budgets_whatever_the_archive_holds(reader: Reader, stories: int) -> None:
    root = SectionFactory()
    sections = [root, SectionFactory(parent=root), SectionFactory(), SectionFactory()]
    authors = [AuthorFactory() for _ in range(6)]
    tags = [Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}") for number in range(8)]
    archive = archive_of(stories, sections=sections, authors=authors, tags=tags)
    story = richest_story(root, archive)
    deep = Cursor(archive[20].first_published_at, archive[20].article_id)
    month = {"year": 2026, "month": 2}
    found = costs(
        reader,
        {
            "story": story.path,
            "plain story": archive[10].path,
            "front": reverse("front"),
            "section": reverse("section", args=[root.slug]),
            "child": reverse("section", args=[sections[1].slug]),
            "deep": f"{reverse('section', args=[root.slug])}?after={deep}",
            "author": reverse("author", args=[authors[0].slug]),
            "authors": reverse("authors"),
            "tag": reverse("tag", args=["tag-1"]),
            "archive": reverse("archive"),
            "month": reverse("archive_month", kwargs=month),
            "feed": reverse("feed"),
            "RSS feed": reverse("feed", args=[RSS]),
            "JSON feed": reverse("feed", args=[JSON]),
            "section feed": reverse("section_feed", args=[root.slug]),
            "author feed": reverse("author_feed", args=[story.article.authors.all()[0].slug]),
            "tag feed": reverse("tag_feed", args=["tag-1"]),
            "sitemap": reverse("sitemap"),
            "month's sitemap": reverse("sitemap_month", kwargs=month),
            "pages' sitemap": reverse("sitemap_pages"),
            "authors' sitemap": reverse("sitemap_authors", args=[1]),
            "tags' sitemap": reverse("sitemap_tags", args=[1]),
            "news sitemap": reverse("news_sitemap"),
            "newspaper's card": reverse("newspaper_card", kwargs=ARGUMENTS["newspaper_card"](story)[0]),
            "story's card": reverse("story_card", kwargs=ARGUMENTS["story_card"](archive[10])[0]),
        },
    )
    found |= costs(
        reader,
        {
            "search": f"{reverse('search')}?q=story+-ferries",
            "search, narrowed": f"{reverse('search')}?q=story&section={root.slug}&author={authors[0].slug}&tag=tag-1",
            "search's feed": f"{reverse('search_feed')}?q=story",
            "suggestions": f"{reverse('search_suggest')}?q=st",
        },
        may_count=True,
    )
    # Exact, so that the two sizes are known to cost the same and a query more is noticed at once.
    assert found == {
        "story": 5,
        "plain story": 3,
        "front": 3,
        "section": 2,
        "child": 2,
        "deep": 2,
        "author": 3,
        "authors": 2,
        "tag": 3,
        "archive": 2,
        "month": 4,
        "feed": 3,
        "RSS feed": 3,
        "JSON feed": 3,
        "section feed": 4,
        "author feed": 4,
        "tag feed": 4,
        "sitemap": 3,
        "month's sitemap": 1,
        "pages' sitemap": 1,
        "authors' sitemap": 1,
        "tags' sitemap": 1,
        "news sitemap": 1,
        "newspaper's card": 0,
        "story's card": 2,
        "search": 3,
        "search, narrowed": 3,
        "search's feed": 2,
        "suggestions": 2,
    }
    assert found["story"] <= ARTICLE
    assert max(cost for name, cost in found.items() if name != "story") <= LIST


def test_address_without_a_story_costs_little(reader: Reader) -> None:
    kept(ArticleFactory())
    for path in ("/nothing/", "/a/2026/01/01/b/", "/authors/nobody/", "/tags/nothing/", "/archive/1999/01/"):
        assert reader.status(path) == 404
        assert len(reader.queries) <= LIST
