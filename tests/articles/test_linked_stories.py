"""A link to one of our stories through that story's whole life: on the page, in the feed, in what machines read."""

from __future__ import annotations

import pytest

from articles import publishing
from articles.models import Edition
from tests.factories import HOUR, MINUTE, NOON, ArticleFactory, kept, managing_editor, published, revised, scheduled
from tests.readers import Reader

pytestmark = pytest.mark.django_db


def linking_to(*articles: int) -> Edition:
    """A live story with a link to each of these."""
    links = "".join(f'<p>As <a data-article="{pk}">we reported {pk}</a>.</p>' for pk in articles)
    return published(body=links, standfirst="", teaser="")


def page(reader: Reader, story: Edition) -> str:
    return str(reader.get(story.path).content.decode())


def feed(reader: Reader) -> str:
    return str(reader.get("/feed/").content.decode())


def assert_leads(reader: Reader, story: Edition, target: int, path: str | None) -> None:
    """The words are there, with a link to `path` and to nowhere else; alike on the page and in the feed."""
    words = f"we reported {target}"
    on_page, in_feed = page(reader, story), feed(reader)
    if path is None:
        assert f"<p>As {words}.</p>" in on_page
        assert f"&lt;p&gt;As {words}.&lt;/p&gt;" in in_feed or f"<p>As {words}.</p>" in in_feed
    else:
        assert f'<p>As <a href="{path}">{words}</a>.</p>' in on_page
        full = f"https://www.example.org{path}"
        assert f"href=&quot;{full}&quot;" in in_feed
    for text in (on_page, in_feed):
        assert "data-article" not in text


def test_a_link_follows_its_story_through_withdrawal_return_and_a_new_address(reader: Reader) -> None:
    target = published()
    article, first = target.article, target.path
    story = linking_to(article.pk)
    assert_leads(reader, story, article.pk, first)

    publishing.change_address(article, slug="elsewhere", by=managing_editor(), at=NOON)
    moved = Edition.objects.live(at=NOON).get(article=article).path
    assert moved != first
    assert_leads(reader, story, article.pk, moved)

    publishing.withdraw(article, by=managing_editor(), at=NOON + MINUTE)
    reader.at = NOON + MINUTE
    assert_leads(reader, story, article.pk, None)

    reader.at = NOON + HOUR
    article.refresh_from_db()
    revision = revised(article, at=reader.at, standfirst="Again.")
    publishing.publish(article, revision=revision, by=managing_editor(), at=reader.at)
    assert_leads(reader, story, article.pk, moved)

    article.refresh_from_db()
    publishing.erase(article, by=managing_editor(), at=NOON + 2 * HOUR, reason="A court’s order")
    reader.at = NOON + 2 * HOUR
    assert_leads(reader, story, article.pk, None)


def test_a_link_to_a_scheduled_story_appears_at_its_instant_and_not_before(reader: Reader) -> None:
    target = scheduled(live_from=NOON + HOUR)
    story = linking_to(target.article_id)
    reader.at = NOON + HOUR - MINUTE
    assert_leads(reader, story, target.article_id, None)
    assert target.path not in page(reader, story) + feed(reader)
    reader.at = NOON + HOUR
    assert_leads(reader, story, target.article_id, target.path)


def test_a_link_to_a_draft_or_to_nothing_leaves_the_words(reader: Reader) -> None:
    draft = ArticleFactory()
    kept(draft)
    story = linking_to(draft.pk, 10**17)
    assert_leads(reader, story, draft.pk, None)
    assert_leads(reader, story, 10**17, None)


def test_all_targets_of_a_page_and_of_a_feed_are_looked_up_at_once(reader: Reader) -> None:
    targets = [published() for _ in range(6)]
    ids = [target.article_id for target in targets]
    few, many = linking_to(ids[0]), linking_to(*ids)
    costs = []
    for story in (few, many):
        reader.get(story.path)
        costs.append(len(reader.queries))
    assert costs[0] == costs[1]
    reader.get("/feed/")
    before = len(reader.queries)
    linking_to(*ids)
    reader.get("/feed/")
    assert len(reader.queries) == before


def test_machines_read_the_words_of_a_link_and_nothing_of_how_it_is_held(reader: Reader) -> None:
    target = published()
    story = linking_to(target.article_id)
    text = page(reader, story)
    head = text[: text.index("</head>")]
    assert "data-article" not in head
    assert f'"description":"As we reported {target.article_id}."' in head.replace('": "', '":"')
