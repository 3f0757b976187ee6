"""The addresses behind autosave: which words they take and give, and in which shape."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from articles import buffers, publishing
from articles.models import Article, Buffer, Stage
from articles.permissions import Role
from tests.articles.admin.buffer_requests import STORY, address, keep, new_address, offered, stored_story, typed
from tests.articles.admin.conftest import Newsroom
from tests.desk import verb_path
from tests.factories import (
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
)


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    """A story with a revision."""
    return stored_story()


def test_what_was_typed_is_kept_and_offered_back(newsroom: Newsroom, article: Article) -> None:
    editor, section = newsroom.desk(Role.EDITOR), SectionFactory()
    answer = keep(editor, article, headline="Half a headl", section=str(section.pk), note="Not done")
    assert answer.json() == {"kept_at": NOON.isoformat()}
    newsroom.at += HOUR
    found = offered(editor, article)
    assert found["is_unsaved"] is True
    assert found["when"] == "today 12:00"
    assert found["base"] == {"version": article.lock_version, "revision": article.head_revision_id}
    assert found["values"]["headline"] == "Half a headl"
    assert found["values"]["section"] == str(section.pk)
    assert found["values"]["note"] == "Not done"
    article.refresh_from_db()
    assert article.headline == "As it was"
    assert article.revisions.count() == 1


def test_text_that_no_save_would_take_is_kept_too(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    deep = "<blockquote>" * 200 + "Deep words" + "</blockquote>" * 200
    keep(editor, article, headline="", slug="no slug at all!", teaser="x" * 500, body=deep)
    found = offered(editor, article)
    assert found["is_unsaved"] is True
    assert found["values"]["headline"] == ""
    assert found["values"]["slug"] == "no slug at all!"
    assert found["values"]["teaser"] == "x" * 500
    assert found["values"]["body"] == "<p>Deep words</p>"


def test_a_buffered_body_is_offered_back_cleaned_whatever_was_posted(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    evil = "<p onclick=alert(1)>Text<script>alert(1)</script><img src=x onerror=alert(1)></p><style>*{}</style>"
    keep(editor, article, body=evil, headline="</script><script>alert(1)</script>")
    assert offered(editor, article)["values"]["body"] == "<p>Text</p>"
    copy = {"body": evil, "headline": "x", "typed_at": NOON.isoformat()}
    assert editor.post(address(article, "offer"), copy).json()["values"]["body"] == "<p>Text</p>"
    for page in (f"{STORY}{article.pk}/change/", f"{STORY}add/"):
        assert "<script>alert" not in editor.get(page).content.decode()
    words = editor.get(f"{STORY}buffer/words/{Buffer.objects.get().pk}/").content.decode()
    assert "<script>alert" not in words
    assert "onclick" not in words


def test_a_headline_of_a_story_never_saved_is_escaped_where_it_is_offered(newsroom: Newsroom) -> None:
    writer, key = newsroom.desk(Role.WRITER), uuid4()
    evil = "</script><img src=x onerror=alert(1)>"
    writer.post(new_address(key, "keep"), typed(writer, None, headline=evil, key=str(key)))
    page = writer.get(f"{STORY}add/")
    assert page.context["buffer"]["data"]["unsaved"][0]["headline"] == evil
    assert "<img src=x" not in page.content.decode()


def test_lists_and_picture_come_back_with_what_they_are_called(newsroom: Newsroom, article: Article) -> None:
    editor, author, other, picture = (
        newsroom.desk(Role.EDITOR),
        AuthorFactory(name="Ada"),
        published(),
        photo(title="A"),
    )
    keep(
        editor,
        article,
        bylines=[f"{author.pk}:photographs", "987654321:by"],
        tag_names=["Never made", "Trade"],
        related=[str(other.article_id)],
        lead_photo=str(picture.pk),
    )
    found = offered(editor, article)
    assert found["rows"]["bylines"] == [{"id": str(author.pk), "label": "Ada", "hint": "", "role": "photographs"}]
    assert [row["id"] for row in found["rows"]["tag_names"]] == ["Never made", "Trade"]
    assert [row["label"] for row in found["rows"]["related"]] == [other.headline]
    assert (found["photo"]["id"], found["photo"]["label"]) == (picture.pk, "A")


def test_words_that_are_stored_are_not_offered(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    assert keep(editor, article).status_code == 200
    assert offered(editor, article)["is_unsaved"] is False
    # Cleaned, they are what is stored.
    keep(editor, article, headline=" As  it was ", body=f"{article.body}<!-- -->\n", anyway="1")
    assert offered(editor, article)["is_unsaved"] is False


def test_words_that_were_saved_and_then_changed_by_a_colleague_are_not_offered(
    newsroom: Newsroom, article: Article
) -> None:
    editor = newsroom.desk(Role.EDITOR)
    copy = typed(editor, article, headline="Mine") | {"typed_at": NOON.isoformat()}
    assert editor.post(address(article, "offer"), copy).json()["is_unsaved"] is True
    revised(Article.objects.get(pk=article.pk), at=NOON, by=editor.user, headline="Mine")
    revised(Article.objects.get(pk=article.pk), at=NOON + MINUTE, headline="Theirs")
    assert editor.post(address(article, "offer"), copy).json()["is_unsaved"] is False


def test_what_a_colleague_saved_meanwhile_is_no_word_of_mine(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    untouched, changed = typed(editor, article), typed(editor, article, kicker="My kicker")
    revised(Article.objects.get(pk=article.pk), at=NOON, headline="Theirs", slug="theirs")
    assert editor.post(address(article, "offer"), untouched).json()["is_unsaved"] is False
    assert editor.post(address(article, "offer"), changed).json()["is_unsaved"] is True


@pytest.mark.parametrize("field", ["slug", "note", "assignee", "tag_names"])
def test_what_no_reader_sees_is_offered_as_well(newsroom: Newsroom, article: Article, field: str) -> None:
    editor = newsroom.desk(Role.EDITOR)
    said: Any = {"assignee": str(editor.user.pk), "tag_names": ["New"]}.get(field, "something")
    keep(editor, article, **{field: said})
    assert offered(editor, article)["is_unsaved"] is True


def test_a_copy_of_this_device_is_offered_as_the_server_reads_it(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    newsroom.at += HOUR
    copy = typed(editor, article, headline="From the device") | {"typed_at": NOON.isoformat()}
    found = editor.post(address(article, "offer"), copy).json()
    assert (found["is_unsaved"], found["when"], found["values"]["headline"]) == (True, "today 12:00", "From the device")
    assert not Buffer.objects.exists()
    for nonsense in ("", "yesterday", "2026-02-30T00:00:00Z", "2026-02-03T12:00:00"):
        assert editor.post(address(article, "offer"), copy | {"typed_at": nonsense}).json()["when"] is None


def test_another_window_is_told_so(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    first = keep(editor, article, headline="One").json()
    newsroom.at += MINUTE
    refused = keep(editor, article, headline="Two")
    assert refused.status_code == 409
    assert refused.json()["when"] == "today 12:00"
    assert "another window" in refused.json()["refused"]
    assert keep(editor, article, headline="Two", known=first["kept_at"]).status_code == 200
    assert keep(editor, article, headline="Three", anyway="1").status_code == 200


def test_a_save_drops_the_buffer_of_its_form_and_no_other(newsroom: Newsroom, article: Article) -> None:
    editor, colleague = newsroom.desk(Role.EDITOR), newsroom.desk(Role.EDITOR)
    data = typed(editor, article, headline="Saved")
    editor.post(address(article, "keep"), data)
    keep(colleague, article, headline="A colleague’s")
    assert editor.post(f"{STORY}{article.pk}/change/", data).status_code == 302
    assert Buffer.objects.get().person == colleague.user
    late = typed(editor, article, headline="Typed in another window")
    editor.post(address(article, "keep"), late)
    assert editor.save(article, kicker="Saved in this one", key=str(uuid4())).status_code == 302
    assert Buffer.objects.filter(person=editor.user).count() == 1


def test_words_that_come_late_and_were_saved_from_another_window_leave_nothing_behind(
    newsroom: Newsroom, article: Article
) -> None:
    editor = newsroom.desk(Role.EDITOR)
    farewell = typed(editor, article, headline="Typed in a window that is gone")
    assert editor.save(article, headline="Typed in a window that is gone", key=str(uuid4())).status_code == 302
    answer = editor.post(address(article, "keep"), farewell)
    assert (answer.status_code, answer.json()) == (200, {"kept_at": NOON.isoformat()})
    assert not Buffer.objects.exists()
    more = editor.post(address(article, "keep"), farewell | {"headline": "Typed in a window that is gone, and more"})
    assert more.status_code == 200
    assert offered(editor, article)["is_unsaved"] is True


def test_a_save_that_is_refused_leaves_the_buffer_and_the_form_its_key(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    data = typed(editor, article, headline="", standfirst="Half")
    editor.post(address(article, "keep"), data)
    page = editor.post(f"{STORY}{article.pk}/change/", data)
    assert page.status_code == 200
    assert page.context["buffer"]["key"] == data["key"]
    assert page.context["buffer"]["data"]["unsaved"][0]["key"] == data["key"]
    assert Buffer.objects.get().fields["standfirst"] == "Half"


def test_a_new_story_has_its_buffer_until_it_is_saved(newsroom: Newsroom) -> None:
    writer, key = newsroom.desk(Role.WRITER), uuid4()
    data = typed(writer, None, headline="Never saved", body="<p>Words</p>", key=str(key))
    assert writer.post(new_address(key, "keep"), data).status_code == 200
    listed = writer.get(f"{STORY}add/").context["buffer"]["data"]["unsaved"]
    assert [(each["key"], each["headline"]) for each in listed] == [(str(key), "Never saved")]
    found = writer.get(new_address(key, "offer")).json()
    assert (found["is_unsaved"], found["values"]["body"]) == (True, "<p>Words</p>")
    # Two forms of new stories are two stories.
    other = uuid4()
    writer.post(new_address(other, "keep"), data | {"key": str(other)})
    assert writer.post(f"{STORY}add/", data).status_code == 302
    assert Buffer.objects.get().key == other
    assert writer.post(new_address(other, "drop"), {}).json() == {"gone": True}


def test_a_new_story_without_a_word_is_not_offered(newsroom: Newsroom) -> None:
    writer, key = newsroom.desk(Role.WRITER), uuid4()
    writer.post(new_address(key, "keep"), typed(writer, None, key=str(key)))
    assert writer.get(new_address(key, "offer")).json()["is_unsaved"] is False


def test_throwing_away_takes_what_was_seen(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    seen = keep(editor, article, headline="Old").json()["kept_at"]
    newsroom.at += MINUTE
    keep(editor, article, headline="New", known=seen)
    assert editor.post(address(article, "drop"), {"known": seen}).json() == {"gone": False}
    assert editor.post(address(article, "drop"), {"known": newsroom.at.isoformat()}).json() == {"gone": True}
    assert offered(editor, article) == {"is_unsaved": False, "kept_at": None}


def test_a_buffer_may_be_as_large_as_a_form_and_no_larger(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    data = typed(editor, article, body="x" * 7_000_000)
    assert editor.post(address(article, "keep"), data).status_code == 200
    data["body"] = "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert editor.post(address(article, "keep"), data).status_code == 400
    assert len(Buffer.objects.get().fields["body"]) == 7_000_000


@pytest.mark.parametrize("state", ["ready", "bin", "taken"])
def test_who_can_no_longer_change_the_story_is_told_so_and_can_copy_their_words(newsroom: Newsroom, state: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    article.refresh_from_db()
    data = typed(writer, article, headline="Words of mine", body="<p>One.</p><p>Two &amp; three.</p>")
    writer.post(address(article, "keep"), data)
    states: dict[str, dict[str, Any]] = {
        "ready": {"stage": Stage.READY},
        "bin": {"binned_at": NOON},
        "taken": {"created_by": managing_editor(), "headline": "Not theirs any more"},
    }
    Article.objects.filter(pk=article.pk).update(**states[state])
    refused = writer.post(address(article, "keep"), data | {"headline": "More"})
    assert refused.status_code == (404 if state == "taken" else 403)
    assert Buffer.objects.get().fields["headline"] == "Words of mine"
    [line] = buffers.of(writer.user)
    if state == "taken":
        where = line.address
    else:
        assert writer.get(address(article, "offer")).status_code == 403
        page = writer.get(line.address).content.decode()
        where = f"{STORY}buffer/words/{Buffer.objects.get().pk}/"
        assert where in page
    words = writer.get(where)
    assert "Words of mine" in words.content.decode()
    assert ("body", "One.\n\nTwo & three.") in words.context["texts"]
    assert "Not theirs any more" not in words.content.decode()


def test_a_device_copy_of_an_erased_story_is_not_offered(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published(headline="Under an order").article
    article.refresh_from_db()
    copy = typed(editor, article, headline="Under an order, and more") | {"typed_at": NOON.isoformat()}
    publishing.erase(article, reason="Order of the court", by=managing_editor(), at=NOON)
    Article.objects.filter(pk=article.pk).update(binned_at=None)
    assert editor.post(address(article, "offer"), copy).json() == {"is_unsaved": False, "kept_at": None}
    assert editor.post(address(article, "keep"), copy).status_code == 403
    assert not Buffer.objects.exists()


def test_keeping_costs_a_handful_of_queries(newsroom: Newsroom, django_assert_max_num_queries: Any) -> None:
    for role, most in ((Role.EDITOR, 6), (Role.WRITER, 7)):
        desk = newsroom.desk(role)
        article = ArticleFactory(created_by=desk.user)
        kept(article)
        article.refresh_from_db()
        data = typed(desk, article, headline="First")
        desk.post(address(article, "keep"), data)
        # Two for the session and its person, two for what they may do.
        with django_assert_max_num_queries(most):
            assert desk.post(address(article, "keep"), data | {"headline": "Second"}).status_code == 200


def test_signing_in_after_a_post_leads_back_to_the_form_and_its_words(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    data = typed(editor, article, headline="Typed before the session ended")
    editor.post(address(article, "keep"), data)
    editor.user.set_password("a northmere password")
    editor.user.save()
    for path in (f"{STORY}{article.pk}/change/", verb_path(article, "submit")):
        editor.client.logout()
        login = editor.post(path, data).headers["Location"]
        signed_in = editor.post(login, {"username": editor.user.username, "password": "a northmere password"})
        page = editor.client.get(signed_in.headers["Location"], secure=True, follow=True)
        assert page.status_code == 200
        assert page.context["buffer"]["data"]["unsaved"][0]["headline"] == "Typed before the session ended"


def test_a_new_story_that_was_saved_although_the_answer_was_lost_is_not_offered(newsroom: Newsroom) -> None:
    writer, key = newsroom.desk(Role.WRITER), uuid4()
    data = typed(writer, None, headline="Saved after all", body="<p>Words</p>", key=str(key))
    copy = data | {"typed_at": NOON.isoformat()}
    assert writer.post(new_address(key, "offer"), copy).json()["is_unsaved"] is True
    assert writer.post(f"{STORY}add/", data).status_code == 302
    assert writer.post(new_address(key, "offer"), copy).json()["is_unsaved"] is False
    assert newsroom.desk(Role.WRITER).post(new_address(key, "offer"), copy).json()["is_unsaved"] is True


def test_what_unsaved_words_change_is_shown_word_by_word_and_escaped(newsroom: Newsroom, article: Article) -> None:
    editor = newsroom.desk(Role.EDITOR)
    evil = "<script>alert(1)</script>"
    keep(
        editor,
        article,
        headline=f"As it is {evil}",
        body=f"{article.body}<p>A third one.<script>alert(1)</script></p>",
        note=f"Why {evil}",
        slug="new-slug",
        tag_names=[f"Tag {evil}"],
    )
    page = editor.get(address(article, "difference"))
    html = page.content.decode()
    assert page.status_code == 200
    for said in (
        "Headline",
        "was",
        "is &lt;script&gt;",
        "A third one.",
        "new-slug",
        "Why &lt;script",
        "Tag &lt;script",
    ):
        assert said in html
    assert "<script" not in html
    assert "As it was" not in editor.post(address(article, "difference"), {"kicker": "Only this"}).content.decode()
    new = editor.post(new_address(uuid4(), "difference"), {"headline": "A new one"}).content.decode()
    assert "A new one" in new


def test_there_is_no_difference_where_there_are_no_words(newsroom: Newsroom, article: Article) -> None:
    assert newsroom.desk(Role.EDITOR).get(address(article, "difference")).status_code == 404
