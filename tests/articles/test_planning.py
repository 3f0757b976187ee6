"""What readers saw and will see change: every kind of instant, once, in order, and only of stories that one may see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from articles import publishing
from articles.models import Article, Change, Withheld
from articles.permissions import Role
from articles.planning import Happening, What, happenings, tally
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from authors.models import User

pytestmark = pytest.mark.django_db

MIDNIGHT = NOON - 12 * HOUR


def _day(by: User | None = None, **more: Any) -> list[Happening]:
    asked: dict[str, Any] = {"since": MIDNIGHT, "until": MIDNIGHT + DAY, "at": NOON, **more}
    return happenings(by=by or managing_editor(), **asked)


def _ids(article: Article) -> list[int]:
    return list(article.editions.values_list("pk", flat=True))


def _withheld(article: Article, *, hours: int) -> None:
    revision = article.revisions.get()
    Withheld.objects.create(
        article=article, revision=revision, live_from=NOON + hours * HOUR, change=Change.MINOR, taken_out_at=NOON
    )


def _told(found: list[Happening]) -> list[tuple[str, str]]:
    return [(each.at.strftime("%H:%M"), each.said) for each in found]


def test_a_story_that_goes_live_is_updated_twice_and_withdrawn_shows_each_instant_once() -> None:
    article = published(at=NOON - 4 * HOUR).article
    updated(article, live_from=NOON - HOUR, at=NOON - 2 * HOUR, headline="More is known")
    updated(article, live_from=NOON + 6 * HOUR, headline="All is known")
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + 8 * HOUR, keep=_ids(article))
    assert _told(_day()) == [
        ("08:00", "Went live"),
        ("11:00", "Was updated"),
        ("18:00", "Is updated"),
        ("20:00", "Is withdrawn"),
    ]
    assert [each.is_movable for each in _day()] == [False, False, True, True]
    assert [each.headline for each in _day()][1:] == ["More is known", "All is known", "All is known"]


def test_what_begins_after_a_withdrawal_comes_back_whenever_that_was() -> None:
    article = published(at=NOON - 4 * HOUR).article
    publishing.withdraw(article, by=managing_editor(), at=NOON - 3 * HOUR)
    revised(article, at=NOON - 2 * HOUR, headline="Put right")
    article.refresh_from_db()
    publishing.publish(article, revision=article.head_revision, by=managing_editor(), at=NOON - HOUR)  # type: ignore[arg-type]
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
    updated(article, live_from=NOON + 2 * HOUR, at=NOON + MINUTE, headline="Once more")
    assert _told(_day()) == [
        ("08:00", "Went live"),
        ("09:00", "Was withdrawn"),
        ("11:00", "Came back"),
        ("13:00", "Is withdrawn"),
        ("14:00", "Comes back"),
    ]


@pytest.mark.parametrize(
    ("change", "said"), [(Change.MINOR, "Was changed a little"), (Change.SUBSTANTIVE, "Was updated")]
)
def test_each_kind_of_change_is_called_what_it_is(change: Change, said: str) -> None:
    article = published(at=NOON - 4 * HOUR).article
    revision = revised(article, at=NOON - 2 * HOUR, headline="Changed")
    publishing.publish(article, revision=revision, by=managing_editor(), at=NOON - HOUR, change=change)
    assert _told(_day())[-1] == ("11:00", said)


def test_a_correction_is_called_one() -> None:
    article = published(at=NOON - 4 * HOUR).article
    revision = revised(article, at=NOON - 2 * HOUR, headline="Changed")
    publishing.correct(
        article,
        revision=revision,
        wrong="It said otherwise.",
        text="It was Tuesday.",
        by=managing_editor(),
        at=NOON - HOUR,
    )
    assert _told(_day())[-1] == ("11:00", "Was corrected")


def test_a_period_begins_with_its_first_instant_and_ends_before_its_last() -> None:
    for instant in (MIDNIGHT - MINUTE, MIDNIGHT, MIDNIGHT + DAY - MINUTE, MIDNIGHT + DAY):
        scheduled(live_from=instant, at=MIDNIGHT - DAY)
    assert [each.at for each in _day()] == [MIDNIGHT, MIDNIGHT + DAY - MINUTE]


def test_what_an_obstacle_took_out_and_the_end_of_an_embargo_are_there_and_cannot_be_moved() -> None:
    article = ArticleFactory(headline="Under embargo", embargo_until=NOON + 3 * HOUR)
    kept(article)
    _withheld(article, hours=2)
    assert _told(_day()) == [("14:00", "Held: would go live"), ("15:00", "Embargo ends")]
    assert not any(each.is_movable for each in _day())
    assert {each.headline for each in _day()} == {"Under embargo"}


def test_writers_see_their_own_stories_only_and_a_login_without_a_role_none() -> None:
    writer = UserFactory(role=Role.WRITER)
    for attributes in ({"created_by": writer}, {"assignee": writer}, {"bylines": [AuthorFactory(user=writer)]}, {}):
        article = published(at=NOON - HOUR, **attributes).article
        publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + HOUR)
        _withheld(article, hours=2)
        Article.objects.filter(pk=article.pk).update(embargo_until=NOON + 3 * HOUR)
    own = set(Article.objects.own(writer).values_list("pk", flat=True))
    assert len(own) == 3
    assert {each.article.pk for each in _day(by=writer)} == own
    assert len(_day(by=writer)) == 12
    assert len(_day()) == 16
    assert _day(by=UserFactory()) == []
    assert _day(by=UserFactory(role=Role.EDITOR, is_active=False)) == []


def test_sections_narrow_every_source() -> None:
    first, second = (published(at=NOON - HOUR).article for _ in range(2))
    for article in (first, second):
        publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
        Article.objects.filter(pk=article.pk).update(embargo_until=NOON + 3 * HOUR)
        _withheld(article, hours=2)
    found = _day(sections={second.section_id})
    assert [each.what for each in found] == [What.LIVE, What.WITHDRAWAL, What.HELD, What.EMBARGO]
    assert {each.article.pk for each in found} == {second.pk}


def test_at_most_so_many_of_a_slot_are_read_and_what_is_ahead_goes_first() -> None:
    for hours in range(1, 5):
        published(at=NOON - hours * HOUR)
        scheduled(live_from=NOON + hours * HOUR)
        scheduled(live_from=NOON + DAY + hours * HOUR)
    two_days: dict[str, Any] = {"until": MIDNIGHT + 2 * DAY, "most": 5, "per": "day"}
    times = [each.at - MIDNIGHT for each in _day(**two_days)]
    assert times == [timedelta(hours=each) for each in (8, 13, 14, 15, 16, 37, 38, 39, 40)]
    assert [each.at - MIDNIGHT for each in _day(most=2)] == [timedelta(hours=13), timedelta(hours=14)]


def test_a_tally_counts_each_day_by_what_happens() -> None:
    article = published(at=NOON - 4 * HOUR).article
    updated(article, live_from=NOON + HOUR, headline="More is known")
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + DAY, keep=_ids(article))
    published(at=NOON - HOUR)
    found = tally(by=managing_editor(), since=MIDNIGHT, until=MIDNIGHT + 2 * DAY, per="day")
    assert {slot.date().day: dict(counts) for slot, counts in found.items()} == {
        3: {What.LIVE: 2, What.UPDATE: 1},
        4: {What.WITHDRAWAL: 1},
    }
