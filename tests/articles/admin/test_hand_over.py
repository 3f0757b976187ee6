"""Stories change hands at the desk: by the form, by the panel's buttons, and by nobody who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles import notices, workflow
from articles.models import Article, Event, Notice
from articles.permissions import Role
from tests.desk import said
from tests.factories import MINUTE, NOON, ArticleFactory, UserFactory, kept

if TYPE_CHECKING:
    from tests.articles.admin.conftest import Newsroom

STORY = "/admin/articles/article/"


def test_handing_over_in_the_form_leaves_a_deed_and_tells_the_colleague(newsroom: Newsroom) -> None:
    editor, writer = newsroom.desk(Role.EDITOR), UserFactory(role=Role.WRITER)
    article = ArticleFactory()
    kept(article)
    editor.save(article, assignee=writer.pk, headline="Saved with it")
    article.refresh_from_db()
    assert (article.assignee, article.headline) == (writer, "Saved with it")
    assert Event.objects.get(article=article, verb="assign").by == editor.user
    assert notices.unseen(writer).get().kind == Notice.Kind.ASSIGNED
    editor.save(article, headline="Saved again")
    assert Event.objects.filter(article=article, verb="assign").count() == 1


def test_a_new_story_can_be_commissioned(newsroom: Newsroom) -> None:
    editor, writer = newsroom.desk(Role.EDITOR), UserFactory(role=Role.WRITER)
    editor.save(None, headline="To be written", assignee=writer.pk)
    assert Article.objects.get(headline="To be written").assignee == writer
    assert notices.unseen(writer).count() == 1


def test_what_was_typed_is_saved_where_the_colleague_cannot_have_the_story(newsroom: Newsroom) -> None:
    editor, nobody = newsroom.desk(Role.EDITOR), UserFactory()
    article = ArticleFactory()
    kept(article)
    response = editor.save(article, assignee=nobody.pk, headline="Typed")
    assert "no role at the desk" in said(response)
    article.refresh_from_db()
    assert (article.assignee, article.headline) == (None, "Typed")


def test_buttons_claim_and_assign(newsroom: Newsroom) -> None:
    editor, colleague = newsroom.desk(Role.EDITOR), UserFactory(role=Role.EDITOR, first_name="Mara")
    article = ArticleFactory()
    kept(article)
    workflow.submit(article, by=colleague, at=NOON - MINUTE)
    assert "Nobody has claimed it yet." in editor.get(f"{STORY}{article.pk}/change/").content.decode()
    editor.press("claim", article)
    page = editor.get(f"{STORY}{article.pk}/change/").content.decode()
    assert f"Claimed by {editor.user}." in page
    assert "do/claim/" not in page
    editor.press("assign", article, to=colleague.pk)
    article.refresh_from_db()
    assert article.assignee == colleague
    assert "Mara has claimed this story meanwhile" in said(editor.press("claim", article))
    editor.press("assign", article, to="")
    article.refresh_from_db()
    assert article.assignee is None


@pytest.mark.parametrize("verb", ["claim", "assign"])
@pytest.mark.parametrize("is_own", [True, False])
def test_writers_change_no_hands_by_raw_posts(newsroom: Newsroom, verb: str, is_own: bool) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(**({"created_by": writer.user} if is_own else {}))
    kept(article)
    workflow.submit(article, by=UserFactory(role=Role.EDITOR), at=NOON - MINUTE)
    writer.press(verb, article, to=writer.user.pk)
    article.refresh_from_db()
    assert article.assignee is None
    assert not Event.objects.filter(verb=verb).exists()
    if is_own:
        page = writer.get(f"{STORY}{article.pk}/change/").content.decode()
        assert f"do/{verb}/" not in page
