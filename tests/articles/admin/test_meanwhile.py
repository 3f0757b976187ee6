"""What happens to a person's text and decision when a colleague acts on the story while they are at its form."""

from __future__ import annotations

import pytest

from articles import publishing, workflow
from articles.models import Edition
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.desk import said, verb_path
from tests.factories import MINUTE, NOON, ArticleFactory, kept, managing_editor, published, revised

TYPED = "Typed while somebody else decided"


@pytest.mark.parametrize("address", ["form", "submit"])
def test_text_typed_into_a_story_that_became_ready_is_shown_to_be_copied(newsroom: Newsroom, address: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    data = writer.form_of(article) | {"headline": TYPED}
    workflow.mark_ready(article, by=managing_editor(), at=NOON - MINUTE)
    path = f"/admin/articles/article/{article.pk}/change/" if address == "form" else verb_path(article, "submit")
    response = writer.post(path, data)
    assert response.status_code == 403
    assert TYPED in response.content.decode()
    article.refresh_from_db()
    assert article.headline != TYPED


def test_story_that_was_put_into_the_bin_meanwhile_is_not_published_and_its_text_not_lost(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    data = editor.form_of(article) | {"headline": TYPED}
    workflow.discard(article, by=managing_editor(), at=NOON - MINUTE)
    response = editor.post(verb_path(article, "publish"), data)
    assert TYPED in response.content.decode()
    assert not Edition.objects.filter(article=article).exists()


def test_form_that_was_open_while_the_story_was_erased_does_not_bring_its_text_back(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published(headline="Under an order").article
    data = editor.form_of(article)
    publishing.erase(article, reason="Order of the court", by=managing_editor(), at=NOON - MINUTE)
    editor.post(f"/admin/articles/article/{article.pk}/change/", data)
    article.refresh_from_db()
    assert article.headline == "[erased]"


def test_publishing_over_a_withdrawal_that_was_not_seen_is_refused(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published().article
    revised(article, at=NOON - 2 * MINUTE, headline="A minor change")
    page = editor.get(f"/admin/articles/article/{article.pk}/change/")
    seen = page.context["panel"].seen
    assert f'name="seen" value="{seen}"' in page.content.decode()
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, reason="Legal advice")
    answers = {"revision": article.head_revision_id, "seen": seen, "publish-change": "minor"}
    response = editor.post(verb_path(article, "publish"), answers)
    assert "withdraw" in said(response)
    assert not Edition.objects.live(at=NOON).filter(article=article).exists()


def test_tag_in_any_script_is_saved_with_the_text(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    response = editor.save(article, tag_names=["Київ", "Львів", "C++", "C#"], headline=TYPED)
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.headline == TYPED
    assert sorted(article.tags.names()) == ["C#", "C++", "Київ", "Львів"]
    assert len({tag.slug for tag in article.tags.all()}) == 4


def test_writer_meets_the_reason_why_a_story_was_sent_back(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    workflow.submit(article, by=writer.user, at=NOON - 2 * MINUTE)
    workflow.send_back(article, by=managing_editor(), at=NOON - MINUTE, reason="A <second> source, please.")
    page = writer.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "A &lt;second&gt; source, please." in page
