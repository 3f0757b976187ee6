"""Changes made live while updates are scheduled, corrections above all: taken in, left out, or in conflict."""

from __future__ import annotations

import pytest

from articles import publishing
from articles.refusals import Conflict, Refused, Undecided
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    kept,
    managing_editor,
    published,
    readers_see,
    revised,
    updated,
)

pytestmark = pytest.mark.django_db


def test_publishing_over_scheduled_editions_asks_about_each() -> None:
    article = published(body="<p>One.</p><p>Two.</p>").article
    update = updated(article, live_from=NOON + HOUR, body="<p>One.</p><p>Two.</p><p>Three at six.</p>")
    fix = revised(article, at=NOON, body="<p>One, put right.</p><p>Two.</p>")
    with pytest.raises(Undecided) as refusal:
        publishing.publish(article, revision=fix, by=managing_editor(), at=NOON)
    assert refusal.value.editions == (update,)
    publishing.publish(article, revision=fix, by=managing_editor(), at=NOON, carry=[update.pk])
    update.refresh_from_db()
    assert update.revision.body == "<p>One, put right.</p><p>Two.</p><p>Three at six.</p>"
    assert update.revision_id != article.head_revision_id


def test_change_left_out_of_a_scheduled_edition_stays_out() -> None:
    article = published(headline="Old").article
    update = updated(article, live_from=NOON + HOUR, standfirst="At six.")
    publishing.publish(
        article,
        revision=revised(article, at=NOON, headline="New"),
        by=managing_editor(),
        at=NOON + MINUTE,
        leave={update.pk: ""},
    )
    assert [readers_see(article, at=NOON + n * MINUTE) for n in (1, 60)] == ["New", "Old"]


def test_change_of_the_same_text_in_a_scheduled_edition_is_a_conflict_and_changes_nothing() -> None:
    article = published(headline="Old").article
    update = updated(article, live_from=NOON + HOUR, headline="At six")
    fix = revised(article, at=NOON, headline="Now")
    with pytest.raises(Conflict, match="headline"):
        publishing.publish(article, revision=fix, by=managing_editor(), at=NOON + MINUTE, carry=[update.pk])
    assert readers_see(article, at=NOON + MINUTE) == "Old"


def test_correction_needs_its_note_and_a_reason_wherever_it_is_left_out() -> None:
    article = published(headline="Wrong").article
    update = updated(article, live_from=NOON + HOUR, standfirst="At six.")
    fix = revised(article, at=NOON, headline="Right")
    for text, reason in (("  ", "Reason"), ("It said Wrong; it is Right.", " ")):
        with pytest.raises(Refused):
            publishing.correct(
                article,
                revision=fix,
                wrong="It said otherwise.",
                text=text,
                by=managing_editor(),
                at=NOON + MINUTE,
                leave={update.pk: reason},
            )
    edition = publishing.correct(
        article,
        revision=fix,
        wrong="It said otherwise.",
        text="It said Wrong.",
        by=managing_editor(),
        at=NOON + MINUTE,
        carry=[update.pk],
    )
    correction = article.corrections.get()
    assert (correction.text, correction.revision_id) == ("It said Wrong.", edition.revision_id)
    assert edition.updated_at == NOON + MINUTE
    assert readers_see(article, at=NOON + HOUR) == "Right"


def test_story_that_nobody_has_read_cannot_be_corrected() -> None:
    article = ArticleFactory()
    with pytest.raises(Refused, match="Publish it"):
        publishing.correct(
            article, revision=kept(article), wrong="It said otherwise.", text="Sorry.", by=managing_editor(), at=NOON
        )


def test_carrying_into_later_updates_of_a_story_nobody_has_read_keeps_what_they_alone_say() -> None:
    article = ArticleFactory(headline="First", standfirst="Plain.")
    first = updated(article, live_from=NOON + HOUR, headline="First")
    later = updated(article, live_from=NOON + 2 * HOUR, headline="Later text")
    fix = revised(article, at=NOON, headline="First", standfirst="Put right.")
    publishing.publish(article, revision=fix, by=managing_editor(), at=NOON, carry=[first.pk, later.pk])
    assert readers_see(article, at=NOON + 2 * HOUR) == "Later text"
    later.refresh_from_db()
    assert later.standfirst == "Put right."
