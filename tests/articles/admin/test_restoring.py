"""A revision restored: by whom, over which text, which parts of it, and how the history tells it."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import Article, Stage
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.articles.admin.stories_with_history import STORY, entries, page_of, story_of_two
from tests.desk import Desk, said
from tests.factories import (
    NOON,
    revised,
)


def _restore(desk: Desk, article: Article, number: int, **data: Any) -> Any:
    form = {"over": article.head_revision_id, "part": ["headline", "body"], **data}
    return desk.post(f"{STORY}{article.pk}/history/{number}/restore/", form)


def _headline(article: Article) -> str:
    return Article.objects.get(pk=article.pk).headline


@pytest.mark.parametrize("role", list(Role))
def test_a_revision_is_restored_by_whoever_may_edit_the_story(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.desk(role)
    article = story_of_two(created_by=desk.user)
    asked = page_of(desk, f"{article.pk}/history/1/restore/")
    assert 'name="part" value="headline" checked' in asked
    assert "what the story says now is revision 2" in asked
    response = _restore(desk, article, 1)
    assert response.headers["Location"] == f"{STORY}{article.pk}/change/"
    assert said(response) == ("Restored from revision 1, as revision 3. What the story said until now is revision 2.")
    assert _headline(article) == "A secret headline"


def test_a_foreign_story_is_not_restored(newsroom: Newsroom) -> None:
    writer, article = newsroom.desk(Role.WRITER), story_of_two()
    _restore(writer, article, 1)
    assert _headline(article) == "A secret rewording"
    assert article.revisions.count() == 2


@pytest.mark.parametrize("state", [{"stage": Stage.READY}, {"binned_at": NOON}])
def test_an_own_story_that_cannot_be_edited_is_not_restored_and_it_is_said_why(
    newsroom: Newsroom, state: dict[str, Any]
) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = story_of_two(created_by=writer.user)
    Article.objects.filter(pk=article.pk).update(**state)
    assert "restore/" not in page_of(writer, f"{article.pk}/history/")
    for response in (writer.get(f"{STORY}{article.pk}/history/1/restore/"), _restore(writer, article, 1)):
        assert response.headers["Location"] == f"{STORY}{article.pk}/history/"
        assert "Ask an editor" in said(response)
    assert _headline(article) == "A secret rewording"


def test_a_writer_is_told_what_stays_as_it_is(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = story_of_two(created_by=writer.user, tag_names=["Rail"])
    first = article.revisions.get(number=1)
    article.tags.set(["Salt"])
    revised(article, at=NOON)
    article.refresh_from_db()
    page = page_of(writer, f"{article.pk}/history/1/restore/")
    assert "they stay as they are" in page
    assert 'value="tags"' not in page
    _restore(writer, article, 1, part=["headline", "tags", "section"])
    assert list(article.tags.names()) == ["Salt"]
    assert _headline(article) == first.content["headline"]
    assert 'value="tags"' in page_of(newsroom.desk(Role.EDITOR), f"{article.pk}/history/1/restore/")


@pytest.mark.parametrize("over", ["", "x", "999999999999999999999", "0"])
def test_a_raw_post_that_has_not_seen_the_newest_text_changes_nothing(newsroom: Newsroom, over: str) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    response = _restore(editor, article, 1, over=over)
    assert "saved again" in said(response)
    assert _headline(article) == "A secret rewording"


def test_nothing_chosen_restores_nothing(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    assert "Choose what" in said(_restore(editor, article, 1, part=[]))
    assert "Choose what" in said(_restore(editor, article, 1, part=["slug", "stage", "binned_at"]))
    assert _headline(article) == "A secret rewording"


def test_a_restored_revision_is_in_the_trail_with_its_deed(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    _restore(editor, article, 1)
    assert entries(editor, article)[:2] == ["restored revision 1, as revision 3", "saved revision 3"]
    assert "Restored from revision 1" in page_of(editor, f"{article.pk}/history/")


def test_another_site_restores_nothing(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    editor.client.handler.enforce_csrf_checks = True
    assert _restore(editor, article, 1).status_code == 403
    assert _headline(article) == "A secret rewording"
