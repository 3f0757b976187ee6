"""What the script of a story’s form asks of the addresses behind autosave."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from articles.models import Article
from tests.desk import Desk
from tests.factories import (
    ArticleFactory,
    kept,
)

STORY = "/admin/articles/article/"
WHATS = ("keep", "offer", "difference", "drop")


def address(article: Article | int, what: str) -> str:
    """Where a story's form keeps its words, and asks for them."""
    return f"{STORY}{article if isinstance(article, int) else article.pk}/buffer/{what}/"


def new_address(key: Any, what: str) -> str:
    """The same for a story that was never saved."""
    return f"{STORY}buffer/new/{key}/{what}/"


def typed(desk: Desk, article: Article | None, **changes: Any) -> dict[str, Any]:
    """What the script of a story's form posts after somebody typed."""
    data = desk.form_of(article)
    return data | {"person": desk.user.pk, "key": str(uuid4()), "known": "", **changes}


def keep(desk: Desk, article: Article, **changes: Any) -> Any:
    """Open a story's form, type, and let it be kept."""
    return desk.post(address(article, "keep"), typed(desk, article, **changes))


def offered(desk: Desk, article: Article) -> Any:
    """What the form offers back."""
    response = desk.get(address(article, "offer"))
    assert response.status_code == 200
    return response.json()


def stored_story() -> Article:
    """A story with a revision."""
    made: Article = ArticleFactory(headline="As it was")
    kept(made)
    made.refresh_from_db()
    return made
