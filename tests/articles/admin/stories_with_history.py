"""A story with a history, and how the desk tells it."""

from __future__ import annotations

from typing import Any

from articles.models import Article
from tests.desk import Desk
from tests.factories import (
    HOUR,
    NOON,
    ArticleFactory,
    kept,
    revised,
)

STORY = "/admin/articles/article/"


def story_of_two(**attributes: Any) -> Article:
    """A story with two revisions."""
    article: Article = ArticleFactory(**{"headline": "A secret headline", **attributes})
    kept(article)
    revised(article, at=NOON - HOUR, headline="A secret rewording", by=article.created_by)
    article.refresh_from_db()
    return article


def entries(desk: Desk, article: Article, **query: str) -> list[str]:
    """What the history says, line by line."""
    response = desk.get(f"{STORY}{article.pk}/history/", **query)
    assert response.status_code == 200
    return [entry.what for entry in response.context["entries"]]


def page_of(desk: Desk, path: str) -> str:
    """A page about a story, which must be there; `path` begins with the story’s number."""
    response = desk.get(STORY + path)
    assert response.status_code == 200, path
    return str(response.content.decode())
