"""Who gets suggestions beside the form, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles.models import Article
from articles.permissions import Role
from tests.desk import Desk
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    scheduled,
)

if TYPE_CHECKING:
    from tests.articles.admin.conftest import Newsroom

pytestmark = pytest.mark.django_db

SUGGEST = "/admin/articles/article/suggest/"
WORDS = {
    "headline": "Harbour dredging stopped at Northmere",
    "standfirst": "The harbour at Northmere silts up while dredging waits.",
    "body": "The harbour dredging has been stopped. Without dredging the harbour silts up. Northmere waits.",
}


def about_the_harbour(**more: Any) -> dict[str, Any]:
    """What makes a story that fits WORDS."""
    return {
        "headline": "Northmere harbour needs dredging",
        "body": "<p>The harbour at Northmere silts up. Dredging would help, and dredging costs.</p>",
        **more,
    }


def asked(desk: Desk, **more: Any) -> dict[str, list[dict[str, Any]]]:
    response = desk.post(SUGGEST, WORDS | more)
    assert response.status_code == 200
    found: dict[str, list[dict[str, Any]]] = response.json()
    return found


def test_an_editor_gets_stories_and_tags_for_the_words_as_they_stand(newsroom: Newsroom) -> None:
    edition = published(section=SectionFactory(name="Coast"), tag_names=["Northmere", "Fish"], **about_the_harbour())
    published(headline="Something else", body="<p>Of other matters.</p>")
    assert asked(newsroom.desk(Role.EDITOR)) == {
        "related": [
            {"id": edition.article_id, "label": "Northmere harbour needs dredging", "hint": "Coast · 3 Feb 2026"}
        ],
        "tag_names": [{"id": "Northmere", "label": "Northmere", "hint": "named in the text"}],
    }


def test_a_scheduled_story_says_when_it_begins_and_a_draft_is_not_there(newsroom: Newsroom) -> None:
    ahead = scheduled(live_from=NOON + HOUR, section=SectionFactory(name="Coast"), **about_the_harbour())
    kept(ArticleFactory(**about_the_harbour()))
    (row,) = asked(newsroom.desk(Role.EDITOR))["related"]
    assert row["id"] == ahead.article_id
    assert row["hint"] == "Coast · Scheduled for today 13:00 GMT"


def test_the_story_itself_and_what_is_picked_are_left_out(newsroom: Newsroom) -> None:
    first, second = (published(**about_the_harbour(tag_names=["Northmere"])) for _ in range(2))
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    picked = asked(desk, story=str(first.article_id), related=[str(second.article_id)], tag_names=["northmere"])
    assert picked == {"related": [], "tag_names": []}
    assert [row["id"] for row in asked(desk, story=str(first.article_id))["related"]] == [second.article_id]


def test_for_everybody_but_editors_there_is_nothing_here(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    own, foreign = ArticleFactory(created_by=writer.user), ArticleFactory()
    for desk in (writer, Desk(UserFactory())):
        for story in ("", str(own.pk), str(foreign.pk), "999999"):
            response = desk.post(SUGGEST, WORDS | {"story": story})
            assert response.status_code == 404
    assert Client().post(SUGGEST, WORDS, secure=True).status_code == 302
    assert "data-suggest" not in writer.get(f"/admin/articles/article/{own.pk}/change/").content.decode()


def test_a_story_that_cannot_be_edited_gets_none(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    binned = ArticleFactory(binned_at=NOON - DAY)
    for story in (str(binned.pk), "999999", "1e3", "-1", "9" * 30, "x"):
        assert editor.post(SUGGEST, WORDS | {"story": story}).status_code == 404
    assert editor.get(SUGGEST).status_code == 405
    inactive = Desk(UserFactory(role=Role.EDITOR))
    inactive.user.is_active = False
    inactive.user.save()
    assert inactive.post(SUGGEST, WORDS).status_code == 302


def test_a_request_from_another_site_is_refused(newsroom: Newsroom) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(role=Role.EDITOR), backend="authors.backends.DeskBackend")
    assert client.post(SUGGEST, WORDS, secure=True).status_code == 403


def test_nonsense_does_no_harm(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.EDITOR)
    published(**about_the_harbour())
    odd = "\x00 ' \\ & | ! <-> :* $$ %s %(x)s \ud83d {} [] <script> "
    found = asked(
        desk,
        headline=odd.replace("\ud83d", ""),
        standfirst="é" * 100_000,
        body="'word' \\" * 50_000,
        related=["x", "-3", "9" * 40],
        bylines=["1:by", "x:by", ":"],
        tag_names=["", "…", "x" * 500],
    )
    assert found == {"related": [], "tag_names": []}


def test_the_form_of_an_editor_asks_and_takes_few_queries(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.EDITOR)
    author = AuthorFactory()
    for number in range(6):
        published(bylines=[author], tag_names=["Northmere", "Silt", f"T{number}"], **about_the_harbour())
    article = ArticleFactory()
    kept(article, by=managing_editor())
    page = desk.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert f'data-suggest-url="{SUGGEST}"' in page
    assert f'data-number="{article.pk}"' in page
    assert Article.objects.get(pk=article.pk).tags.count() == 0
