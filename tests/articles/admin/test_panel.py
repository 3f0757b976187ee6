"""The state panel: what it says of obstacles and plans, and that its buttons do on the server what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles import publishing
from articles.models import Edition
from articles.permissions import Role
from tests.desk import said
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from articles.models import Article
    from tests.articles.admin.conftest import Newsroom
    from tests.desk import Desk

CHECK = "/admin/articles/article/check/"


def _page(desk: Desk, article: Article) -> str:
    return str(desk.get(f"/admin/articles/article/{article.pk}/change/").content.decode())


def _upcoming(article: Article) -> list[Any]:
    return list(Edition.objects.upcoming(at=NOON).filter(article=article).values_list("live_from", flat=True))


@pytest.mark.parametrize(
    ("sets", "ends", "says"),
    [("hold", "release_hold", "On hold by"), ("legal_block", "release_legal", "Blocked for legal reasons by")],
)
def test_an_editor_blocks_a_scheduled_story_and_releases_it(
    newsroom: Newsroom, sets: str, ends: str, says: str
) -> None:
    editor, article = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + HOUR).article
    editor.press(sets, article, reason="The court sits at two.")
    page = _page(editor, article)
    assert says in page
    assert "The court sits at two." in page
    assert "Taken out of the schedule" in page
    assert _upcoming(article) == []
    newsroom.at += MINUTE
    editor.press(ends, article)
    assert _upcoming(article) == [NOON + HOUR]


def test_a_colleague_sees_a_legal_block_without_a_button_and_cannot_release_it_by_hand(newsroom: Newsroom) -> None:
    owner, colleague = newsroom.desk(Role.EDITOR), newsroom.desk(Role.EDITOR)
    article = scheduled(live_from=NOON + HOUR).article
    owner.press("legal_block", article, reason="Wait.")
    newsroom.at += MINUTE
    assert "/do/release_legal/" not in _page(colleague, article)
    assert "managing editor" in said(colleague.press("release_legal", article))
    assert article.blocks.filter(released_at=None).exists()
    newsroom.at += MINUTE
    newsroom.desk(Role.MANAGING_EDITOR).press("release_legal", article)
    assert _upcoming(article) == [NOON + HOUR]


def test_a_writer_reads_why_a_story_is_held_and_gets_no_button(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    publishing.hold(article, reason="Names are missing.", by=managing_editor(), at=NOON - MINUTE)
    page = _page(writer, article)
    assert "Names are missing." in page
    for verb in ("hold", "legal_block", "set_embargo", "release_hold", "put_back", "let_go", "take_in"):
        assert f"/do/{verb}/" not in page
        writer.press(verb, article, reason="x", when="2026-02-03T18:00")
    assert article.blocks.filter(released_at=None).count() == 1
    article.refresh_from_db()
    assert article.embargo_until is None


def test_an_embargo_is_read_on_the_newsrooms_clock_and_lifted_by_its_button(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    editor.press("set_embargo", article, when="2026-02-03T18:00")
    page = _page(editor, article)
    assert "Under embargo until" in page
    assert "18:00 GMT" in page
    newsroom.at += MINUTE
    assert "under embargo" in said(editor.press("publish", article))
    newsroom.at += MINUTE
    editor.press("lift_embargo", article)
    newsroom.at += MINUTE
    editor.press("publish", article)
    assert Edition.objects.live(at=newsroom.at).filter(article=article).exists()


def test_a_release_asks_in_its_dialog_about_what_was_missed(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + HOUR).article
    editor.press("hold", article, reason="Wait.")
    newsroom.at = NOON + 2 * HOUR
    assert "was missed" in _page(editor, article)
    assert "Say what happens" in said(editor.press("release_hold", article))
    editor.press("release_hold", article, missed="publish")
    assert Edition.objects.live(at=newsroom.at).filter(article=article).exists()


def test_what_was_taken_out_is_put_back_at_another_time_or_let_go(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + HOUR).article
    publishing.set_embargo(article, until=NOON + 2 * HOUR, by=managing_editor(), at=NOON - MINUTE)
    withheld = article.withheld.get()
    early = {"put_back-withheld": withheld.pk, f"put_back-when_{withheld.pk}": "2026-02-03T13:00"}
    path = f"/admin/articles/article/{article.pk}/do/put_back/"
    assert "under embargo" in said(editor.post(path, early))
    newsroom.at += MINUTE
    editor.post(path, early | {f"put_back-when_{withheld.pk}": "2026-02-03T14:00"})
    assert _upcoming(article) == [NOON + 2 * HOUR]
    foreign = scheduled(live_from=NOON + HOUR).article
    publishing.hold(foreign, reason="x", by=managing_editor(), at=NOON - MINUTE)
    editor.post(f"/admin/articles/article/{article.pk}/do/let_go/", {"let_go-withheld": foreign.withheld.get().pk})
    assert foreign.withheld.exists()


def test_the_panel_says_what_a_scheduled_update_lacks_and_puts_it_in(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published().article
    edition = updated(article, live_from=NOON + HOUR, at=NOON - 3 * MINUTE, headline="At one")
    assert "with everything saved so far" in _page(editor, article)
    revised(article, at=NOON - 2 * MINUTE, standfirst="Newer.")
    revised(article, at=NOON - MINUTE, standfirst="Newest.")
    page = _page(editor, article)
    assert "without your last 2 changes" in page
    editor.press("take_in", article, edition=edition.pk)
    edition.refresh_from_db()
    assert edition.standfirst == "Newest."
    assert "with everything saved so far" in _page(editor, article)


def test_a_change_that_cannot_be_merged_is_said_at_the_update_that_it_is_about(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published(headline="Old").article
    edition = updated(article, live_from=NOON + HOUR, at=NOON - 3 * MINUTE, headline="At one")
    revised(article, at=NOON - 2 * MINUTE, headline="Now")
    given = {f"edition_{edition.pk}": "carry", "change": "substantive"}
    assert "changes the same text" in said(editor.press("publish", article, **given))
    response = editor.get(f"/admin/articles/article/{article.pk}/change/")
    (button,) = [each for each in response.context["panel"].buttons if each.verb == "publish"]
    assert button.is_open
    assert "changes the same text" in str(button.form.errors[f"edition_{edition.pk}"])


def test_a_live_story_without_changes_is_not_offered_for_review(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published().article
    assert "/do/submit/" not in _page(editor, article)
    revised(article, at=NOON - MINUTE, headline="New words")
    assert "/do/submit/" in _page(editor, article)


def test_publishing_a_scheduled_text_now_says_that_it_goes_out_early(newsroom: Newsroom) -> None:
    article = scheduled(live_from=NOON + HOUR).article
    assert "What is saved is scheduled for" in _page(newsroom.desk(Role.EDITOR), article)


def test_a_withdrawal_is_told_with_the_update_before_it(newsroom: Newsroom) -> None:
    article = published().article
    updated(article, live_from=NOON + HOUR, at=NOON - MINUTE, headline="At one")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 2 * HOUR)
    page = _page(newsroom.desk(Role.EDITOR), article)
    assert "It is updated to revision 2 today 13:00 GMT. It is withdrawn today 14:00 GMT." in page
    assert "/do/keep_live/" in page


def test_the_check_is_of_what_is_typed_and_saves_nothing(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(headline="Stored")
    kept(article)
    data = editor.form_of(article) | {"story": article.pk}
    assert "Ready for readers" in editor.post(CHECK, data).content.decode()
    page = editor.post(CHECK, data | {"headline": "", "standfirst": ""}).content.decode()
    assert "1 thing blocks publication" in page
    assert "It needs a headline." in page
    assert "It has no standfirst" in page
    article.refresh_from_db()
    assert (article.headline, article.revisions.count()) == ("Stored", 1)


def test_the_check_answers_for_a_foreign_story_as_for_one_that_does_not_exist(newsroom: Newsroom) -> None:
    writer, foreign = newsroom.desk(Role.WRITER), ArticleFactory()
    refused, nothing = (writer.post(CHECK, {"story": pk}) for pk in (foreign.pk, 10**9))
    assert (refused.status_code, refused["Location"]) == (nothing.status_code, nothing["Location"])
    assert writer.post(CHECK, {}).status_code == 200
    assert writer.get(CHECK).status_code == 405
    writer.client.logout()
    assert "/login/" in writer.post(CHECK, {})["Location"]
