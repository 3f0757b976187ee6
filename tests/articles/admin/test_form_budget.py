"""What the story's form costs the database, at its fullest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles import publishing
from articles.models import Article, Correction, Notice
from articles.permissions import Role
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
    updated,
)

if TYPE_CHECKING:
    from articles.models import Block
    from authors.models import User
    from tests.articles.admin.conftest import Newsroom

MOST = 15


def _full(person: User) -> Article:
    """A live story with everything that a story can have, two updates ahead and changes that neither has."""
    linked, by = published(at=NOON - DAY).article, managing_editor()
    body = f'<p>See <a data-article="{linked.pk}">this</a>.</p><figure data-photo="{photo().pk}"></figure>'
    article = published(
        at=NOON - DAY,
        created_by=person,
        assignee=person,
        section=SectionFactory(parent=SectionFactory()),
        bylines=[AuthorFactory(), AuthorFactory()],
        tag_names=["Ports", "Ferries", "Weather"],
        related=[ArticleFactory() for _ in range(6)],
        lead_photo=photo(),
        body=body,
    ).article
    note: dict[str, Any] = {"kind": Correction.Kind.EDITORS_NOTE, "text": "A note."}
    publishing.correct(article, revision=kept(article), by=by, at=NOON - HOUR, **note)
    updated(article, live_from=NOON + HOUR, at=NOON - 9 * MINUTE, headline="At one")
    updated(article, live_from=NOON + 2 * HOUR, at=NOON - 8 * MINUTE, headline="At two")
    revised(article, at=NOON - 7 * MINUTE, headline="Written since")
    return article


def _held(article: Article) -> Block:
    return publishing.hold(article, reason="Wait.", by=managing_editor(), at=NOON - 2 * MINUTE)


@pytest.mark.parametrize("is_held", [False, True])
@pytest.mark.parametrize("role", list(Role))
def test_the_form_costs_at_most_15_queries_whatever_the_story_has(
    newsroom: Newsroom, role: Role, is_held: bool
) -> None:
    desk = newsroom.desk(role)
    article = _full(desk.user)
    if is_held:
        _held(article)
    Notice.objects.create(to=desk.user, article=article, kind=Notice.Kind.MENTION, by=managing_editor(), at=NOON)
    response = desk.get(article.get_absolute_url())
    assert response.status_code == 200
    assert len(desk.queries) <= MOST, "\n".join(desk.queries)
    # The same page says all of it.
    page = response.content.decode()
    assert "Ferries" in page
    assert "Written since" in page
    assert ("Wait." in page) == is_held
    assert not desk.user.notices.filter(seen_at=None).exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_form_of_a_new_story_costs_at_most_15_queries(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.desk(role)
    assert desk.get("/admin/articles/article/add/").status_code == 200
    assert len(desk.queries) <= MOST, "\n".join(desk.queries)
