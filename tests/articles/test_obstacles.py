"""Holds, legal blocks and embargoes act on editions: what they stop does not go out, and nothing is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles import publishing
from articles.models import Article, Block, Change, Edition, Event
from articles.permissions import Role
from articles.publishing import IfMissed
from articles.refusals import Missed, NotAllowed, Obstructed, Refused
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    readers_see,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

SETTERS: dict[str, Callable[..., Any]] = {"hold": publishing.hold, "legal": publishing.legal_block}
KINDS = pytest.mark.parametrize("kind", list(Block.Kind))


def _plan(article: Article) -> list[tuple[Any, Any]]:
    upcoming = Edition.objects.upcoming(at=NOON).filter(article=article)
    return list(upcoming.order_by("live_from").values_list("live_from", "live_until"))


def _set(kind: Block.Kind, article: Article, **given: Any) -> None:
    SETTERS[kind.value](article, **({"reason": "A source wants it back.", "by": managing_editor(), "at": NOON} | given))


@KINDS
def test_what_is_held_back_does_not_go_out_and_returns_at_its_instant(kind: Block.Kind) -> None:
    article = scheduled(live_from=NOON + HOUR).article
    _set(kind, article)
    assert readers_see(article, at=NOON + 2 * HOUR) is None
    back = publishing.release(article, kind=kind, by=managing_editor(), at=NOON + MINUTE)
    assert [edition.live_from for edition in back] == [NOON + HOUR]
    assert readers_see(article, at=NOON + HOUR - MINUTE) is None
    assert readers_see(article, at=NOON + HOUR) is not None
    assert not article.withheld.exists()


@KINDS
def test_a_held_story_can_be_neither_published_nor_scheduled_nor_corrected(kind: Block.Kind) -> None:
    article = published().article
    revision = revised(article, at=NOON - MINUTE, headline="Another one")
    _set(kind, article)
    given: dict[str, Any] = {"revision": revision, "by": managing_editor(), "at": NOON + MINUTE}
    with pytest.raises(Obstructed, match="A source wants it back"):
        publishing.publish(article, **given)
    with pytest.raises(Obstructed):
        publishing.schedule(article, live_from=NOON + HOUR, **given)
    with pytest.raises(Obstructed):
        publishing.correct(article, wrong="It said otherwise.", text="It was wrong.", **given)
    publishing.release(article, kind=kind, by=managing_editor(), at=NOON + 2 * MINUTE)
    publishing.publish(article, **(given | {"at": NOON + 3 * MINUTE}))
    assert readers_see(article, at=NOON + HOUR) == "Another one"


def test_a_hold_leaves_what_readers_see_and_keeps_a_chain_with_its_withdrawal() -> None:
    article = published().article
    updated(article, live_from=NOON + HOUR, at=NOON - 3 * MINUTE, headline="At one")
    updated(article, live_from=NOON + 2 * HOUR, at=NOON - 2 * MINUTE, headline="At two")
    publishing.withdraw(
        article,
        by=managing_editor(),
        at=NOON - MINUTE,
        live_until=NOON + 3 * HOUR,
    )
    before = _plan(article)
    _set(Block.Kind.HOLD, article)
    assert _plan(article) == []
    assert readers_see(article, at=NOON + 2 * HOUR) == readers_see(article, at=NOON)
    assert readers_see(article, at=NOON + 3 * HOUR) is None
    publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=NOON + MINUTE)
    assert _plan(article) == before


def test_a_withdrawal_set_for_a_story_that_is_not_out_yet_survives_a_hold() -> None:
    article = scheduled(live_from=NOON + HOUR, at=NOON - HOUR).article
    updated(article, live_from=NOON + 2 * HOUR, at=NOON - 2 * MINUTE, headline="At two")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 3 * HOUR)
    before = _plan(article)
    assert before[-1][1] == NOON + 3 * HOUR
    _set(Block.Kind.HOLD, article)
    publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=NOON + MINUTE)
    assert _plan(article) == before


def test_two_obstacles_both_have_to_go() -> None:
    article = scheduled(live_from=NOON + HOUR).article
    _set(Block.Kind.HOLD, article)
    _set(Block.Kind.LEGAL, article, at=NOON + MINUTE)
    assert publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=NOON + 2 * MINUTE) == []
    assert _plan(article) == []
    publishing.release(article, kind=Block.Kind.LEGAL, by=managing_editor(), at=NOON + 3 * MINUTE)
    assert [start for start, _ in _plan(article)] == [NOON + HOUR]


@pytest.mark.parametrize("choice", list(IfMissed))
def test_a_release_asks_about_what_was_missed(choice: IfMissed) -> None:
    article = published(headline="Before").article
    updated(article, live_from=NOON + HOUR, at=NOON - 2 * MINUTE, headline="At one")
    updated(article, live_from=NOON + 2 * HOUR, at=NOON - MINUTE, headline="At two")
    _set(Block.Kind.HOLD, article)
    late = NOON + HOUR + MINUTE
    with pytest.raises(Missed):
        publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=late)
    assert article.blocks.filter(released_at=None).exists()
    publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=late, missed=choice)
    assert readers_see(article, at=late) == ("At one" if choice == IfMissed.PUBLISH else "Before")
    assert readers_see(article, at=NOON + 2 * HOUR) == "At two"
    assert not article.withheld.exists()


def test_only_its_owner_or_a_managing_editor_releases_a_legal_block() -> None:
    owner, colleague = UserFactory(role=Role.EDITOR), UserFactory(role=Role.EDITOR)
    article = scheduled().article
    _set(Block.Kind.LEGAL, article, by=owner)
    _set(Block.Kind.HOLD, article, by=owner, at=NOON + MINUTE)
    with pytest.raises(NotAllowed, match="managing editor"):
        publishing.release(article, kind=Block.Kind.LEGAL, by=colleague, at=NOON + 2 * MINUTE)
    publishing.release(article, kind=Block.Kind.HOLD, by=colleague, at=NOON + 3 * MINUTE)
    publishing.release(article, kind=Block.Kind.LEGAL, by=owner, at=NOON + 4 * MINUTE)
    assert not article.blocks.filter(released_at=None).exists()


def test_writers_set_and_release_nothing() -> None:
    writer = UserFactory(role=Role.WRITER)
    article = ArticleFactory(created_by=writer)
    kept(article)
    for act in (
        lambda: publishing.hold(article, reason="x", by=writer, at=NOON),
        lambda: publishing.legal_block(article, reason="x", by=writer, at=NOON),
        lambda: publishing.set_embargo(article, until=NOON + HOUR, by=writer, at=NOON),
        lambda: publishing.release(article, kind=Block.Kind.HOLD, by=writer, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_block_needs_a_reason_and_is_set_once() -> None:
    article = ArticleFactory()
    with pytest.raises(Refused, match="Say why"):
        publishing.hold(article, reason="  ", by=managing_editor(), at=NOON)
    _set(Block.Kind.HOLD, article)
    with pytest.raises(Refused, match="done so already"):
        _set(Block.Kind.HOLD, article, at=NOON + MINUTE)


def test_an_embargo_refuses_everybody_before_its_instant_and_nobody_at_it() -> None:
    article = ArticleFactory()
    revision = kept(article)
    by = managing_editor()
    publishing.set_embargo(article, until=NOON + HOUR, by=by, at=NOON)
    with pytest.raises(Obstructed, match="under embargo until"):
        publishing.publish(article, revision=revision, by=by, at=NOON + HOUR - MINUTE)
    with pytest.raises(Obstructed, match="under embargo until"):
        publishing.schedule(article, revision=revision, live_from=NOON + HOUR - MINUTE, by=by, at=NOON + MINUTE)
    edition = publishing.schedule(article, revision=revision, live_from=NOON + HOUR, by=by, at=NOON + MINUTE)
    with pytest.raises(Obstructed):
        publishing.reschedule(edition, live_from=NOON + HOUR - MINUTE, by=by, at=NOON + 2 * MINUTE)
    assert readers_see(article, at=NOON + HOUR) is not None


def test_a_later_embargo_takes_out_what_would_come_before_it_and_lifting_it_puts_that_back() -> None:
    article = scheduled(live_from=NOON + HOUR, headline="At one").article
    updated(article, live_from=NOON + 3 * HOUR, at=NOON - MINUTE, headline="At three")
    publishing.set_embargo(article, until=NOON + 2 * HOUR, by=managing_editor(), at=NOON)
    assert readers_see(article, at=NOON + 2 * HOUR) is None
    assert readers_see(article, at=NOON + 3 * HOUR) == "At three"
    publishing.set_embargo(article, until=None, by=managing_editor(), at=NOON + MINUTE)
    assert readers_see(article, at=NOON + HOUR) == "At one"
    assert Edition.objects.filter(article=article, change=Change.FIRST).get().live_from == NOON + HOUR


def test_what_an_embargo_took_out_can_be_put_back_at_its_end_or_let_go() -> None:
    article = scheduled(live_from=NOON + HOUR).article
    by = managing_editor()
    publishing.set_embargo(article, until=NOON + 2 * HOUR, by=by, at=NOON)
    withheld = article.withheld.get()
    with pytest.raises(Obstructed):
        publishing.put_back(withheld, live_from=NOON + HOUR + MINUTE, by=by, at=NOON + MINUTE)
    publishing.put_back(withheld, live_from=NOON + 2 * HOUR, by=by, at=NOON + 2 * MINUTE)
    assert readers_see(article, at=NOON + 2 * HOUR) is not None
    publishing.set_embargo(article, until=NOON + DAY, by=by, at=NOON + 3 * MINUTE)
    publishing.let_go(article.withheld.get(), by=by, at=NOON + 4 * MINUTE)
    publishing.set_embargo(article, until=None, by=by, at=NOON + 5 * MINUTE)
    assert readers_see(article, at=NOON + 3 * DAY) is None


def test_an_embargo_that_has_passed_is_refused() -> None:
    article = ArticleFactory()
    with pytest.raises(Refused, match="has passed"):
        publishing.set_embargo(article, until=NOON, by=managing_editor(), at=NOON)
    with pytest.raises(Refused, match="not under embargo"):
        publishing.set_embargo(article, until=None, by=managing_editor(), at=NOON)


def test_a_withdrawal_takes_what_is_held_back_for_later_with_it() -> None:
    article = published().article
    updated(article, live_from=NOON + HOUR, at=NOON - MINUTE, headline="At one")
    _set(Block.Kind.HOLD, article)
    publishing.withdraw(article, by=managing_editor(), at=NOON + MINUTE)
    publishing.release(article, kind=Block.Kind.HOLD, by=managing_editor(), at=NOON + 2 * MINUTE)
    assert readers_see(article, at=NOON + DAY) is None


def test_every_obstacle_leaves_an_event_with_what_it_took_out() -> None:
    article = scheduled(live_from=NOON + HOUR).article
    _set(Block.Kind.LEGAL, article)
    event = Event.objects.filter(article=article).first()
    assert (event.verb, event.details["taken_out"]) == ("legal_block", [(NOON + HOUR).isoformat()])
    assert event.details["reason"] == "A source wants it back."


def test_an_address_can_change_while_a_story_is_held() -> None:
    article = published().article
    _set(Block.Kind.HOLD, article)
    publishing.change_address(article, slug="elsewhere", by=managing_editor(), at=NOON + MINUTE)
    assert Edition.objects.live(at=NOON + MINUTE).get(article=article).path.endswith("/elsewhere/")
