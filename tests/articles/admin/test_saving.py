"""Saving at the desk: a save is a revision, none overwrites another in silence, and a refusal takes no text back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles import publishing
from articles.models import Article, Edition, Revision, Stage
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.desk import said, verb_path
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    scheduled,
)

ADD = "/admin/articles/article/add/"


def test_a_save_keeps_a_revision_with_byline_tags_and_related_stories_in_order(newsroom: Newsroom) -> None:
    editor, section = newsroom.desk(Role.EDITOR), SectionFactory()
    first, second, third = AuthorFactory(), AuthorFactory(), AuthorFactory()
    other, another = published().article, published().article
    response = editor.save(
        None,
        headline="A new story",
        body="<p>Its text.</p>",
        section=section.pk,
        bylines=[f"{second.pk}:by", f"{first.pk}:by", f"{third.pk}:photographs"],
        tag_names=["Trade", "Kessing accord"],
        related=[str(another.pk), str(other.pk)],
        note="First go",
    )
    assert response.status_code == 302, response.context["errors"]
    article = Article.objects.get(headline="A new story")
    revision = article.head_revision
    assert revision is not None
    assert revision.note == "First go"
    assert revision.created_by == article.created_by == editor.user
    assert revision.created_at == article.saved_at == NOON
    assert revision.content["bylines"] == [[second.pk, "by"], [first.pk, "by"], [third.pk, "photographs"]]
    assert revision.content["related"] == [another.pk, other.pk]
    assert sorted(article.tags.names()) == ["Kessing accord", "Trade"]
    assert len(revision.content["tags"]) == 2
    assert article.has_unpinned_changes
    assert not Edition.objects.filter(article=article).exists()


def test_a_save_that_changes_nothing_makes_no_revision(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    assert editor.save(article).status_code == 302
    assert article.revisions.count() == 1


def test_a_list_that_was_not_in_the_form_stays_as_it_is(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(tag_names=["Trade"])
    data = editor.form_of(article)
    for name in ("bylines", "tag_names", "related"):
        del data[name], data[f"{name}-shown"]
    assert editor.post(f"/admin/articles/article/{article.pk}/change/", data).status_code == 302
    assert article.bylines.count() == 1
    assert article.tags.count() == 1


def test_a_save_without_its_token_is_refused(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(headline="As it was")
    kept(article)
    data = editor.form_of(article) | {"headline": "Otherwise"}
    del data["version"]
    assert editor.post(f"/admin/articles/article/{article.pk}/change/", data).status_code == 200
    article.refresh_from_db()
    assert article.headline == "As it was"


def test_what_does_not_validate_stays_in_the_form(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    response = editor.save(article, headline="", standfirst="Words that must stay", note="And these")
    page = response.content.decode()
    assert "Words that must stay" in page
    assert "And these" in page


def test_text_that_is_nested_too_deeply_is_refused_at_its_field_and_stays_in_the_form(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    response = editor.save(article, body="<blockquote>" * 200 + "Deep words" + "</blockquote>" * 200)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["body"]
    assert "Deep words" in response.content.decode()


def test_publishing_from_the_form_saves_first_and_publishes_what_was_saved(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    data = editor.form_of(article) | {"headline": "Written a second ago"}
    response = editor.post(verb_path(article, "publish"), data)
    assert "Published" in said(response)
    assert Edition.objects.live(at=NOON).get(article=article).headline == "Written a second ago"


def test_a_new_story_is_saved_and_published_in_one_go(newsroom: Newsroom) -> None:
    editor, section, author = newsroom.desk(Role.EDITOR), SectionFactory(), AuthorFactory()
    changes = {"headline": "Quick", "body": "<p>Text.</p>", "section": section.pk, "bylines": [f"{author.pk}:by"]}
    editor.save(None, then="publish", **changes)
    assert Edition.objects.live(at=NOON).get().headline == "Quick"


def test_a_refused_verb_leaves_the_text_saved_and_its_answers_on_the_screen(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(section=None)
    kept(article)
    data = editor.form_of(article) | {"standfirst": "Typed just now", "schedule-when": "2026-02-03T18:00"}
    response = editor.post(verb_path(article, "schedule"), data)
    assert "a section" in said(response)
    article.refresh_from_db()
    assert article.standfirst == "Typed just now"
    assert article.head_revision is not None
    assert article.head_revision.content["standfirst"] == "Typed just now"
    assert not article.editions.exists()
    page = editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert 'value="2026-02-03T18:00"' in page
    assert 'id="dialog-schedule"' in page
    assert "data-open>" in page
    # Once only.
    assert "data-open>" not in editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


def test_a_refused_correction_brings_its_note_back(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    note = "An earlier version of this story named the wrong minister."
    response = editor.post(
        verb_path(article, "correct"), editor.form_of(article) | {"correct-text": note, "correct-kind": "clarification"}
    )
    assert "nothing to correct" in said(response)


def test_a_withdrawal_does_not_wait_for_text_that_cannot_be_saved(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published().article
    data = editor.form_of(article) | {"headline": "", "standfirst": "Half a"}
    response = editor.post(verb_path(article, "withdraw"), data)
    assert response.status_code == 200
    assert "Half a" in response.content.decode()
    assert not article.editions.live(at=NOON).exists()


def test_text_that_cannot_be_saved_is_not_published(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    response = editor.post(verb_path(article, "publish"), editor.form_of(article) | {"headline": ""})
    assert response.status_code == 200
    assert not article.editions.exists()


def test_publishing_over_a_scheduled_edition_asks_and_then_does_as_told(newsroom: Newsroom) -> None:
    editor, live = newsroom.desk(Role.EDITOR), published()
    article = live.article
    planned = publishing.schedule(
        article, revision=kept(article), live_from=NOON + HOUR, by=managing_editor(), at=NOON - MINUTE
    )
    data = editor.form_of(article) | {"standfirst": "Put right"}
    asked = editor.post(verb_path(article, "publish"), data)
    assert "Say whether the update of today 13:00 GMT takes this change in" in said(asked)
    planned.refresh_from_db()
    data = editor.form_of(article) | {f"publish-edition_{planned.pk}": "carry", "publish-change": "minor"}
    assert "Published" in said(editor.post(verb_path(article, "publish"), data))
    planned.refresh_from_db()
    assert planned.standfirst == "Put right"


def test_leaving_a_correction_out_of_a_scheduled_edition_needs_a_reason(newsroom: Newsroom) -> None:
    editor, live = newsroom.desk(Role.EDITOR), published()
    article = live.article
    planned = publishing.schedule(
        article, revision=kept(article), live_from=NOON + HOUR, by=managing_editor(), at=NOON - MINUTE
    )
    answers = {
        "correct-wrong": "It said Monday.",
        "correct-text": "It was Tuesday.",
        "correct-kind": "correction",
        f"correct-edition_{planned.pk}": "leave",
    }
    data = editor.form_of(article) | {"standfirst": "On Tuesday"} | answers
    assert "Say why" in said(editor.post(verb_path(article, "correct"), data))
    assert not article.corrections.exists()
    again = editor.form_of(article) | answers | {f"correct-reason_{planned.pk}": "It is rewritten there."}
    assert "Corrected" in said(editor.post(verb_path(article, "correct"), again))
    assert article.corrections.get().text == "It was Tuesday."


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("2026-03-29T01:30", "00:59 and 02:00"),
        ("2026-10-25T01:30", "comes twice"),
        ("2026-02-03T11:00", "has passed"),
        ("tomorrow", "Write a date and a time"),
        ("", "Write a date and a time"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(newsroom: Newsroom, typed: str, refusal: str) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    article.refresh_from_db()
    assert refusal in said(editor.press("schedule", article, when=typed))
    assert not article.editions.exists()


def test_a_time_that_comes_twice_is_asked_about_on_the_screen_and_then_taken(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    article.refresh_from_db()
    editor.press("schedule", article, when="2026-10-25T01:30")
    page = editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "the first 01:30 (BST)" in page
    editor.press("schedule", article, when="2026-10-25T01:30", when_fold="1")
    assert f"{article.editions.get().live_from:%H:%M}" == "01:30"


def test_scheduled_editions_are_moved_cancelled_and_a_withdrawal_called_off(newsroom: Newsroom) -> None:
    editor, planned = newsroom.desk(Role.EDITOR), scheduled()
    article = planned.article
    moved = {"edition": str(planned.pk), f"when_{planned.pk}": "2026-02-03T15:30"}
    assert "Moved" in said(editor.press("reschedule", article, **moved))
    planned.refresh_from_db()
    assert planned.live_from == NOON + timedelta(hours=3, minutes=30)
    assert "Cancelled" in said(editor.press("cancel", article, edition=str(planned.pk)))
    assert not article.editions.exists()
    live = published().article
    editor.press("withdraw", live, when="2026-02-03T20:00")
    assert live.editions.get().live_until == NOON + 8 * HOUR
    editor.press("keep_live", live)
    assert live.editions.get().live_until is None


def test_an_edition_of_another_story_cannot_be_cancelled_through_this_one(newsroom: Newsroom) -> None:
    editor, planned, other = newsroom.desk(Role.EDITOR), scheduled(), scheduled()
    assert "cancelled meanwhile" in said(editor.press("cancel", other.article, edition=str(planned.pk)))
    assert Edition.objects.count() == 2


def test_publishing_without_saying_which_text_is_refused(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    for revision in ("", "x", str(kept(ArticleFactory()).pk)):
        assert "not clear which text" in said(editor.post(verb_path(article, "publish"), {"revision": revision}))
    assert not article.editions.exists()


def test_a_verbs_address_opened_as_a_page_does_nothing_and_leads_to_the_story(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    response = editor.get(verb_path(article, "submit"))
    assert (response.status_code, response["Location"]) == (302, article.get_absolute_url())
    article.refresh_from_db()
    assert article.stage == "draft"
    assert editor.post(verb_path(article, "no-such-verb")).status_code == 404


def test_a_story_goes_through_its_stages_and_the_history_tells_it(newsroom: Newsroom) -> None:
    writer, editor = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    writer.press("submit", article)
    newsroom.at += MINUTE
    assert "Say what the writer is to change" in said(editor.press("send_back", article, reason=" "))
    editor.press("send_back", article, reason="Who said so?")
    newsroom.at += MINUTE
    writer.press("submit", article)
    editor.press("mark_ready", article)
    article.refresh_from_db()
    assert article.stage == Stage.READY
    page = editor.get(f"/admin/articles/article/{article.pk}/history/").content.decode()
    assert "“Who said so?”" in page
    assert "submitted it for review" in page
    assert "saved revision 1" in page


def test_the_preview_shows_the_saved_text_in_the_readers_template_and_is_kept_nowhere(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(headline="Not out yet", section=None)
    kept(article)
    newsroom.at += MINUTE
    assert editor.save(article, preview="1", standfirst="A fresh one").headers["Location"].endswith("/preview/")
    frame = editor.get(f"/admin/articles/article/{article.pk}/preview/")
    assert f"/admin/articles/article/{article.pk}/preview/page/" in frame.content.decode()
    page = editor.get(f"/admin/articles/article/{article.pk}/preview/page/")
    assert 'class="story__headline">Not out yet' in page.content.decode()
    assert "A fresh one" in page.content.decode()
    assert "preview-notice" not in page.content.decode(), "that is for who has a link"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert not Edition.objects.exists()
    assert Revision.objects.count() == 2


def test_the_bin_takes_a_draft_and_gives_it_back(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user, headline="Thrown away")
    kept(article)
    writer.press("discard", article)
    assert "Thrown away" not in writer.get("/admin/articles/article/").content.decode()
    assert "Thrown away" in writer.get("/admin/articles/article/", bin="bin").content.decode()
    writer.press("retrieve", article)
    assert "Thrown away" in writer.get("/admin/articles/article/").content.decode()


@pytest.mark.parametrize("path", [ADD, "/admin/articles/article/"])
def test_the_desk_is_for_people_who_have_signed_in(newsroom: Newsroom, path: str) -> None:
    desk = newsroom.desk(Role.WRITER)
    desk.client.logout()
    assert desk.get(path).status_code == 302
