"""The addresses behind autosave: whose words they take and give, and to whom they say nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from articles import buffers
from articles.models import Article, Buffer
from articles.permissions import Role
from tests.articles.admin.buffer_requests import STORY, WHATS, address, keep, new_address, offered, stored_story, typed
from tests.articles.admin.conftest import Newsroom
from tests.desk import Desk
from tests.factories import (
    NOON,
    ArticleFactory,
    SectionFactory,
    UserFactory,
    kept,
)


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    """A story with a revision."""
    return stored_story()


@pytest.mark.parametrize("what", WHATS)
def test_a_foreign_story_answers_as_one_that_does_not_exist(newsroom: Newsroom, article: Article, what: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    data = {"person": str(writer.user.pk), "headline": "x"}
    for ask in (writer.get, lambda path: writer.post(path, data)):
        here, nowhere = ask(address(article, what)), ask(address(987654321, what))
        assert here.status_code == nowhere.status_code == 404
        assert here.content == nowhere.content
    assert not Buffer.objects.exists()


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MANAGING_EDITOR])
def test_everybody_keeps_words_of_stories_that_they_may_change_and_reads_nobody_elses(
    newsroom: Newsroom, role: Role
) -> None:
    desk, other = newsroom.desk(role), newsroom.desk(Role.MANAGING_EDITOR)
    article = ArticleFactory(created_by=desk.user)
    kept(article)
    article.refresh_from_db()
    assert keep(desk, article, headline="Mine").status_code == 200
    key = uuid4()
    desk.post(new_address(key, "keep"), typed(desk, None, headline="Mine too", key=str(key)))
    assert other.get(address(article, "offer")).json() == {"is_unsaved": False, "kept_at": None}
    assert other.get(new_address(key, "offer")).json() == {"is_unsaved": False, "kept_at": None}
    other.post(address(article, "drop"), {"known": NOON.isoformat()})
    other.post(new_address(key, "drop"), {"known": NOON.isoformat()})
    assert Buffer.objects.count() == 2
    for buffer in Buffer.objects.all():
        assert desk.get(f"{STORY}buffer/words/{buffer.pk}/").status_code == 200
        assert other.get(f"{STORY}buffer/words/{buffer.pk}/").status_code == 404


def test_a_person_without_a_role_keeps_nothing(newsroom: Newsroom, article: Article) -> None:
    nobody = Desk(UserFactory())
    data = {"person": str(nobody.user.pk), "headline": "x"}
    for path in (address(article, "keep"), new_address(uuid4(), "keep")):
        assert nobody.post(path, data).status_code == 404
    assert not Buffer.objects.exists()


@pytest.mark.parametrize("what", WHATS)
def test_who_is_signed_out_is_sent_to_sign_in_and_keeps_nothing(
    newsroom: Newsroom, article: Article, what: str
) -> None:
    editor = newsroom.desk(Role.EDITOR)
    data = typed(editor, article, headline="Typed while signed out")
    editor.client.logout()
    for path in (address(article, what), new_address(uuid4(), what)):
        for response in (editor.post(path, data), editor.get(path)):
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/")
    assert not Buffer.objects.exists()


def test_the_words_on_the_screen_of_one_person_are_not_kept_for_another(newsroom: Newsroom, article: Article) -> None:
    ada, ben = newsroom.desk(Role.EDITOR), newsroom.desk(Role.EDITOR)
    response = ben.post(address(article, "keep"), typed(ada, article, headline="Ada’s"))
    assert response.status_code == 403
    assert response.json() == {"somebody_else": True}
    assert not Buffer.objects.exists()


def test_a_post_without_the_token_is_refused(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    data = typed(editor, article, headline="x")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user, backend="authors.backends.DeskBackend")
    for what in WHATS:
        assert strict.post(address(article, what), data, secure=True).status_code == 403
    assert not Buffer.objects.exists()
    token = strict.get(f"{STORY}buffer/session/", secure=True).json()["token"]
    headers = {"x-csrftoken": token, "referer": "https://testserver/"}
    assert strict.post(address(article, "keep"), data, secure=True, headers=headers).status_code == 200


def test_the_session_says_who_one_is_and_nothing_else(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    found = editor.get(f"{STORY}buffer/session/").json()
    assert (found["person"], found["name"]) == (editor.user.pk, str(editor.user))
    assert found["token"]
    assert len(editor.queries) == 2
    editor.client.logout()
    assert editor.get(f"{STORY}buffer/session/").json()["person"] is None
    outsider = Desk(UserFactory(is_staff=False))
    assert outsider.get(f"{STORY}buffer/session/").json()["person"] is None
    assert outsider.post(f"{STORY}buffer/session/").status_code == 405


def test_what_belongs_to_editors_is_not_kept_for_a_writer(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user, section=SectionFactory())
    kept(article)
    article.refresh_from_db()
    posted = {"bylines-shown": "1", "bylines": ["1:by"], "related-shown": "1", "related": ["1"]}
    posted |= {"slug": "mine-now", "assignee": str(writer.user.pk), "section": str(SectionFactory().pk)}
    assert keep(writer, article, headline="Mine", **posted).status_code == 200
    fields = buffers.read(buffers.Place(writer.user, article, uuid4())).fields
    assert fields["headline"] == "Mine"
    assert {"bylines", "related", "slug", "assignee"}.isdisjoint(fields)
    found = offered(writer, article)
    assert "section" not in found["values"]
    assert found["rows"] == {}
