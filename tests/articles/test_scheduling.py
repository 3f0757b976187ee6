"""Planning what readers will see: scheduled, moved, cancelled and taken in, each at its instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from articles import publishing, workflow
from articles.models import Change, Edition, Stage
from articles.refusals import Refused, Stale, Undecided
from articles.state import State, outlook, state_of
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    kept,
    managing_editor,
    published,
    readers_see,
    revised,
    scheduled,
    updated,
)

pytestmark = pytest.mark.django_db


def test_scheduled_story_begins_at_its_instant_without_any_job() -> None:
    edition = scheduled(live_from=NOON + HOUR, headline="Tomorrow’s plan")
    assert readers_see(edition.article, at=NOON + HOUR - MINUTE) is None
    assert readers_see(edition.article, at=NOON + HOUR) == "Tomorrow’s plan"
    assert state_of(edition.article, at=NOON) == State.SCHEDULED


def test_schedule_refuses_a_past_instant_and_one_that_is_taken() -> None:
    edition = scheduled(live_from=NOON + HOUR)
    article = edition.article
    revision = revised(article, at=NOON - MINUTE, headline="Newer")
    for live_from in (NOON, NOON - HOUR, NOON + HOUR):
        with pytest.raises(Refused):
            publishing.schedule(article, revision=revision, live_from=live_from, by=managing_editor(), at=NOON)


def test_chain_of_scheduled_editions_goes_by_as_planned_and_then_the_story_is_withdrawn() -> None:
    article = published(headline="0").article
    for number in range(1, 6):
        revision = revised(article, at=NOON, headline=str(number))
        publishing.schedule(article, revision=revision, live_from=NOON + number * HOUR, by=managing_editor(), at=NOON)
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + 5 * HOUR + MINUTE)
    for number in range(6):
        assert readers_see(article, at=NOON + number * HOUR) == str(number)
    assert readers_see(article, at=NOON + 5 * HOUR + MINUTE) is None
    assert outlook(article, at=NOON).ends_at == NOON + 5 * HOUR + MINUTE


def test_cancelling_gives_the_period_back_to_the_predecessor_and_frees_the_path() -> None:
    first = scheduled(live_from=NOON + HOUR, headline="Same words")
    section = first.section
    publishing.cancel(first, by=managing_editor(), at=NOON)
    assert scheduled(headline="Same words", section=section, at=NOON).path == first.path
    article = published().article
    update = updated(article, live_from=NOON + HOUR, headline="Update")
    publishing.cancel(update, by=managing_editor(), at=NOON)
    assert Edition.objects.get(article=article).live_until is None
    article.refresh_from_db()
    assert article.has_unpinned_changes


def test_cancel_and_reschedule_refuse_an_edition_that_has_begun() -> None:
    edition = published()
    with pytest.raises(Stale):
        publishing.cancel(edition, by=managing_editor(), at=NOON)
    with pytest.raises(Stale):
        publishing.reschedule(edition, live_from=NOON + HOUR, by=managing_editor(), at=NOON)


def test_rescheduling_the_first_edition_moves_path_and_first_publication_of_all() -> None:
    first = scheduled(live_from=NOON + HOUR, headline="Plan")
    article = first.article
    second = updated(article, live_from=NOON + 2 * DAY, headline="Plan, continued")
    moved = publishing.reschedule(first, live_from=NOON + DAY, by=managing_editor(), at=NOON)
    second.refresh_from_db()
    assert moved.pk == first.pk
    assert second.path == moved.path == f"/{article.section.slug}/2026/02/04/plan/"
    assert second.first_published_at == moved.first_published_at == NOON + DAY
    assert (moved.change, second.change) == (Change.FIRST, Change.SUBSTANTIVE)
    assert moved.live_until == second.live_from


@pytest.mark.parametrize(("moving", "to"), [(0, NOON + 3 * HOUR), (1, NOON + MINUTE)])
def test_a_move_that_would_bring_an_older_text_back_after_a_newer_one_is_refused(moving: int, to: datetime) -> None:
    first = scheduled(live_from=NOON + HOUR)
    editions = [first, updated(first.article, live_from=NOON + 2 * HOUR, headline="Newer")]
    with pytest.raises(Refused, match="older text would come back"):
        publishing.reschedule(editions[moving], live_from=to, by=managing_editor(), at=NOON)
    assert readers_see(first.article, at=NOON + DAY) == "Newer"


@pytest.mark.parametrize("takes_it", [True, False])
def test_an_update_scheduled_before_another_says_whether_that_one_takes_it_in(takes_it: bool) -> None:
    article = published(headline="Before", standfirst="Old.").article
    later = updated(article, live_from=NOON + 2 * HOUR, headline="At two")
    revision = revised(article, at=NOON + MINUTE, standfirst="New.")
    given: dict[str, Any] = {"revision": revision, "live_from": NOON + HOUR, "by": managing_editor()}
    with pytest.raises(Undecided):
        publishing.schedule(article, at=NOON + 2 * MINUTE, **given)
    decided: dict[str, Any] = {"carry": [later.pk]} if takes_it else {"leave": {later.pk: ""}}
    publishing.schedule(article, at=NOON + 2 * MINUTE, **given, **decided)
    at_two = Edition.objects.live(at=NOON + 2 * HOUR).get(article=article)
    assert (at_two.headline, at_two.standfirst) == ("At two", "New." if takes_it else "Old.")


def test_a_scheduled_update_can_take_in_what_was_written_since() -> None:
    article = published(headline="Before", standfirst="Old.").article
    at_one = updated(article, live_from=NOON + HOUR, headline="At one")
    at_two = updated(article, live_from=NOON + 2 * HOUR, at=NOON + MINUTE, headline="At two")
    head = revised(article, at=NOON + 2 * MINUTE, standfirst="New.")
    publishing.take_in(at_two, revision=head, by=managing_editor(), at=NOON + 3 * MINUTE)
    assert Edition.objects.get(pk=at_two.pk).revision == head
    assert Edition.objects.get(pk=at_one.pk).standfirst == "Old."
    with pytest.raises(Refused, match="everything that is saved"):
        publishing.take_in(at_two, revision=head, by=managing_editor(), at=NOON + 4 * MINUTE)


def test_schedule_refuses_a_revision_that_is_no_longer_the_head_or_of_another_story() -> None:
    article = ArticleFactory()
    seen = kept(article)
    revised(article, at=NOON - HOUR, headline="Saved by somebody else")
    for revision in (seen, kept(ArticleFactory())):
        with pytest.raises(Stale):
            publishing.schedule(article, revision=revision, live_from=NOON + HOUR, by=managing_editor(), at=NOON)


def test_moving_an_update_or_an_address_leaves_the_stage_alone() -> None:
    article = published().article
    update = updated(article, live_from=NOON + HOUR, standfirst="At six.")
    revised(article, at=NOON, standfirst="At seven.")
    workflow.submit(article, by=managing_editor(), at=NOON)
    publishing.reschedule(update, live_from=NOON + 2 * HOUR, by=managing_editor(), at=NOON)
    publishing.change_address(article, slug="elsewhere", by=managing_editor(), at=NOON)
    article.refresh_from_db()
    assert article.stage == Stage.IN_REVIEW


def test_update_at_the_instant_of_a_withdrawal_is_refused_so_that_cancelling_cannot_undo_it() -> None:
    article = published().article
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
    with pytest.raises(Refused, match="withdrawn at that very instant"):
        updated(article, live_from=NOON + HOUR, headline="Back at once")
    assert readers_see(article, at=NOON + HOUR) is None
