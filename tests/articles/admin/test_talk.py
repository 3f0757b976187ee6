"""The conversation at the desk: a page without a script, the same in pieces for one, and nothing for strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles import conversation, notices
from articles.models import Comment, Notice
from articles.permissions import Role
from tests.factories import MINUTE, NOON, ArticleFactory, UserFactory, managing_editor

if TYPE_CHECKING:
    from articles.models import Article
    from tests.articles.admin.conftest import Newsroom
    from tests.desk import Desk

ATTACK = "<script>alert(1)</script> & \"quotes\" '@' https://example.org/\nsecond line"


def path(article: Article, end: str = "") -> str:
    """The address of a story's conversation."""
    return f"/admin/articles/article/{article.pk}/talk/{end}"


def writer_with_story(newsroom: Newsroom) -> tuple[Desk, Article]:
    """A writer and their story."""
    writer = newsroom.desk(Role.WRITER)
    return writer, ArticleFactory(created_by=writer.user, headline="Harbour dues rise")


def test_page_without_a_script_shows_and_takes_comments(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    response = writer.post(path(article), {"text": ATTACK})
    assert (response.status_code, response["Location"]) == (302, path(article))
    page = writer.get(path(article))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page.content.decode()
    assert "<script>alert(1)" not in page.content.decode()
    assert 'href="https://example.org' not in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize("in_piece", [True, False])
def test_a_refused_comment_comes_back_with_its_words(newsroom: Newsroom, in_piece: bool) -> None:
    writer, article = writer_with_story(newsroom)
    UserFactory(username="bo", role=Role.WRITER)
    words = "@bo the <b>second</b> source"
    response = writer.post(path(article), {"text": words} | ({"have": "0-0"} if in_piece else {}))
    assert response.status_code == 422
    said = response.content.decode()
    assert "bo cannot see this story" in said
    assert in_piece or "@bo the &lt;b&gt;second&lt;/b&gt; source</textarea>" in said
    assert not Comment.objects.exists()


def test_script_asks_for_what_it_has_not(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    conversation.say(article, "First", by=managing_editor(), at=NOON - MINUTE)
    first = writer.get(path(article), have="nothing")
    assert "First" in first.content.decode()
    assert "<html" not in first.content.decode()
    extent = first["X-Extent"]
    assert writer.get(path(article), have=extent).status_code == 204
    conversation.say(article, "Second", by=managing_editor(), at=NOON)
    assert "Second" in writer.get(path(article), have=extent).content.decode()
    answer = writer.post(path(article), {"text": "Third", "have": extent})
    assert answer.status_code == 200
    assert [word in answer.content.decode() for word in ("First", "Second", "Third")] == [True] * 3
    assert writer.get(path(article), have=answer["X-Extent"]).status_code == 204


def test_looking_for_news_costs_little(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    for number in range(5):
        conversation.say(article, f"Number {number}", by=managing_editor(), at=NOON)
    extent = writer.get(path(article), have="nothing")["X-Extent"]
    assert len(writer.queries) <= 9, writer.queries
    writer.get(path(article), have=extent)
    assert len(writer.queries) <= 6, writer.queries


def test_suggested_is_who_sees_the_story(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    UserFactory(username="mara", first_name="Mara", last_name="Quist", role=Role.EDITOR)
    UserFactory(username="marius", role=Role.WRITER)

    def suggested(words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = writer.get(path(article, "people/"), q=words).json()["results"]
        return found

    assert suggested("ma") == [{"id": "Mara Quist", "label": "Mara Quist", "hint": "@mara"}]
    assert suggested("mara qu") == suggested("ma")
    assert [each["hint"] for each in suggested("")] == ["@mara"]
    UserFactory(username="mara2", first_name="Mara", last_name="Quist", role=Role.WRITER)
    assert [each["id"] for each in suggested("ma")] == ["mara"], "two have this name"
    assert suggested("zz") == []


@pytest.mark.parametrize("end", ["", "people/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_to_strangers_the_conversation_is_as_one_that_does_not_exist(newsroom: Newsroom, end: str, method: str) -> None:
    article, stranger = ArticleFactory(), newsroom.desk(Role.WRITER)
    conversation.say(article, "A secret", by=managing_editor(), at=NOON)
    answers = [
        getattr(stranger, method)(path(article, end)),
        getattr(stranger, method)(path(article, end).replace(str(article.pk), "999999")),
    ]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.count() == 1
    anonymous = getattr(Client(), method)(path(article, end), secure=True)
    assert anonymous.status_code == 302
    assert "/admin/login/" in anonymous["Location"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGING_EDITOR])
def test_editors_read_and_write_in_every_conversation(newsroom: Newsroom, role: Role) -> None:
    article, editor = ArticleFactory(), newsroom.desk(role)
    assert editor.post(path(article), {"text": "Looks good"}).status_code == 302
    assert "Looks good" in editor.get(path(article)).content.decode()


def test_opening_a_story_puts_its_notices_away_and_no_others(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    other = ArticleFactory(created_by=writer.user)
    for story in (article, other):
        notices.tell([writer.user], story, Notice.Kind.SENT_BACK, by=managing_editor(), at=NOON)
    writer.get(f"/admin/articles/article/{article.pk}/change/")
    assert [each.article for each in notices.unseen(writer.user)] == [other]
    editor = newsroom.desk(Role.EDITOR)
    editor.get(f"/admin/articles/article/{other.pk}/change/")
    assert notices.unseen(writer.user).count() == 1


def test_form_has_the_conversation_beside_it(newsroom: Newsroom) -> None:
    writer, article = writer_with_story(newsroom)
    page = writer.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert f'data-talk="{path(article)}"' in page
    assert f'href="{path(article)}"' in page
