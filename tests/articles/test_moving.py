"""Moving what is set: withdrawals keep their place in a story, none is lost, and nothing moves under a colleague."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from articles import publishing
from articles.models import Article, Change, Edition, Withheld
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused, Stale
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    UserFactory,
    kept,
    managing_editor,
    published,
    readers_see,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from authors.models import User

pytestmark = pytest.mark.django_db


def _to_be_withdrawn(until: datetime = NOON + 4 * HOUR) -> Edition:
    """A live story whose withdrawal is set."""
    edition = published(headline="Live")
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - MINUTE, live_until=until)
    edition.refresh_from_db()
    return edition


def _move(edition: Edition, to: datetime, *, by: User | None = None, seen: datetime | None = None) -> Edition:
    return publishing.move_withdrawal(edition, live_until=to, by=by or managing_editor(), at=NOON, seen=seen)


def _withdrawals(article: Article) -> list[datetime | None]:
    found = Edition.objects.withdrawn_at_their_end().filter(article=article)
    return list(found.order_by("live_until").values_list("live_until", flat=True))


@pytest.mark.parametrize("to", [NOON + HOUR, NOON + 8 * HOUR])
def test_a_set_withdrawal_moves_and_leaves_a_trail(to: datetime) -> None:
    edition = _to_be_withdrawn()
    assert _move(edition, to, seen=edition.live_until).live_until == to
    assert readers_see(edition.article, at=to - MINUTE) == "Live"
    assert readers_see(edition.article, at=to) is None
    event = edition.article.events.first()
    assert event is not None
    assert (event.verb, event.details["live_until"]) == ("move_withdrawal", to.isoformat())


def test_a_withdrawal_that_has_happened_or_was_called_off_is_not_moved() -> None:
    gone, called_off = _to_be_withdrawn(until=NOON - MINUTE + MINUTE / 2), _to_be_withdrawn()
    publishing.keep_live(called_off.article, by=managing_editor(), at=NOON - MINUTE / 2)
    for edition in (gone, called_off, published()):
        with pytest.raises(Stale):
            _move(edition, NOON + HOUR)


def test_the_end_that_an_update_takes_up_is_no_withdrawal_to_be_moved() -> None:
    edition = published()
    updated(edition.article, live_from=NOON + 2 * HOUR, at=NOON - MINUTE, headline="Update")
    edition.refresh_from_db()
    with pytest.raises(Stale):
        _move(edition, NOON + HOUR)


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (NOON, "has passed"),
        (NOON + 2 * HOUR, "goes live today 14:00"),
        (NOON + 6 * HOUR, "planned for today 18:00"),
        (NOON + 7 * HOUR, "planned for today 18:00"),
    ],
)
def test_a_withdrawal_stays_between_what_it_ends_and_what_is_planned_next(to: datetime, says: str) -> None:
    first = scheduled(live_from=NOON + 2 * HOUR, headline="First")
    back = updated(first.article, live_from=NOON + 6 * HOUR, at=NOON - MINUTE, headline="Back")
    publishing.withdraw(
        first.article, by=managing_editor(), at=NOON - MINUTE / 2, live_until=NOON + 4 * HOUR, keep=[back.pk]
    )
    with pytest.raises(Refused, match=says):
        _move(first, to)
    assert readers_see(first.article, at=NOON + 5 * HOUR) is None
    assert readers_see(first.article, at=NOON + 6 * HOUR) == "Back"


def test_a_withdrawal_is_not_moved_before_something_that_is_held_back() -> None:
    edition = _to_be_withdrawn()
    Withheld.objects.create(
        article=edition.article,
        revision=kept(edition.article),
        live_from=NOON + 2 * HOUR,
        change=Change.MINOR,
        taken_out_at=NOON - MINUTE,
    )
    with pytest.raises(Refused, match="would bring the story back"):
        _move(edition, NOON + HOUR)
    assert _move(edition, NOON + 3 * HOUR).live_until == NOON + 3 * HOUR


def test_only_who_may_withdraw_moves_a_withdrawal() -> None:
    writer = UserFactory(role=Role.WRITER)
    edition = _to_be_withdrawn()
    Article.objects.filter(pk=edition.article_id).update(created_by=writer)
    with pytest.raises(NotAllowed):
        _move(edition, NOON + HOUR, by=writer)


def test_what_a_colleague_moved_meanwhile_is_not_moved_and_it_is_said_who_it_was() -> None:
    ada, edition, update = UserFactory(first_name="Ada", role=Role.EDITOR), _to_be_withdrawn(), scheduled()
    publishing.move_withdrawal(edition, live_until=NOON + 5 * HOUR, by=ada, at=NOON - MINUTE / 2)
    publishing.reschedule(update, live_from=NOON + 6 * HOUR, by=ada, at=NOON - MINUTE / 2)
    with pytest.raises(Stale, match="Meanwhile Ada has moved it: it is set for today 17:00"):
        _move(edition, NOON + HOUR, seen=NOON + 4 * HOUR)
    with pytest.raises(Stale, match="Meanwhile Ada has moved it: it is set for today 18:00"):
        publishing.reschedule(update, live_from=NOON + 2 * HOUR, by=managing_editor(), at=NOON, seen=NOON + HOUR)


def test_a_story_that_goes_live_later_is_still_withdrawn_when_that_was_set() -> None:
    edition = scheduled(live_from=NOON + HOUR, headline="For an evening")
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR)
    publishing.reschedule(edition, live_from=NOON + 2 * HOUR, by=managing_editor(), at=NOON)
    assert readers_see(edition.article, at=NOON + 4 * HOUR - MINUTE) == "For an evening"
    assert readers_see(edition.article, at=NOON + 4 * HOUR) is None


def test_a_story_does_not_go_live_after_the_withdrawal_that_was_set_for_it() -> None:
    edition = scheduled(live_from=NOON + HOUR)
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR)
    with pytest.raises(Refused, match="to be withdrawn today 16:00 GMT"):
        publishing.reschedule(edition, live_from=NOON + DAY, by=managing_editor(), at=NOON)
    assert _withdrawals(edition.article) == [NOON + 4 * HOUR]


def test_an_update_may_pass_the_withdrawal_of_the_text_before_it() -> None:
    edition = published()
    update = updated(edition.article, live_from=NOON + HOUR, at=NOON - MINUTE, headline="Update")
    publishing.withdraw(
        edition.article, by=managing_editor(), at=NOON - MINUTE / 2, live_until=NOON + 4 * HOUR, keep=[update.pk]
    )
    moved = publishing.reschedule(update, live_from=NOON + 5 * HOUR, by=managing_editor(), at=NOON)
    assert _withdrawals(edition.article) == [NOON + 4 * HOUR]
    publishing.reschedule(moved, live_from=NOON + HOUR, by=managing_editor(), at=NOON + MINUTE)
    assert _withdrawals(edition.article) == [NOON + 4 * HOUR]
    assert readers_see(edition.article, at=NOON + 3 * HOUR) == "Update"
    assert readers_see(edition.article, at=NOON + DAY) is None
