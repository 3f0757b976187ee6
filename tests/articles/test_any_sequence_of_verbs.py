"""Any sequence of verbs, allowed or refused, leaves the invariants of editions standing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles import publishing
from articles.models import Article, Block, Change, Edition, Revision
from articles.refusals import Refused
from tests.factories import MINUTE, NOON, ArticleFactory, kept, managing_editor, revised
from tests.scale import scaled

OFFSETS = st.integers(min_value=1, max_value=12).map(lambda number: timedelta(minutes=10 * number))
PICKS = st.integers(min_value=0, max_value=5)


class Verbs(RuleBasedStateMachine):
    """One story, and a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.count = 0
        self.withdrawn_at: set[datetime] = set()
        self.seen: dict[datetime, str] = {}

    @initialize()
    def begin(self) -> None:
        """A story with a first revision."""
        self.article: Article = ArticleFactory()
        kept(self.article)
        self.by = managing_editor()

    def editions(self) -> list[Edition]:
        """The story's editions in order."""
        return list(Edition.objects.filter(article=self.article).order_by("live_from"))

    def upcoming(self) -> list[Edition]:
        """Those that have not begun."""
        return [edition for edition in self.editions() if edition.live_from > self.now]

    def withdrawals(self) -> list[datetime]:
        """Those that are set and have not happened."""
        ends = Edition.objects.withdrawn_at_their_end().filter(article=self.article, live_until__gt=self.now)
        return [edition.live_until for edition in ends.order_by("live_until") if edition.live_until]

    @rule(by=OFFSETS)
    def time_passes(self, by: timedelta) -> None:
        """Readers look at the story, and the clock goes on."""
        live = Edition.objects.live(at=self.now).filter(article=self.article).first()
        self.seen[self.now] = live.headline if live else ""
        self.now += by + MINUTE

    @rule()
    def write(self) -> None:
        """A writer saves."""
        self.count += 1
        self.article.refresh_from_db()
        revised(self.article, at=self.now, headline=f"Headline {self.count}")

    @rule(change=st.sampled_from(Change), keep=st.booleans())
    def publish(self, change: Change, keep: bool) -> None:
        """Now, over whatever is scheduled."""
        self.now += MINUTE
        ids = [edition.pk for edition in self.upcoming()]
        decided = {"leave": dict.fromkeys(ids, "")} if keep else {"carry": ids}
        self.attempt(
            lambda: publishing.publish(
                self.article,
                revision=Revision.objects.get(head_of=self.article),
                by=self.by,
                at=self.now,
                change=change,
                **decided,
            )
        )

    @rule(ahead=OFFSETS, change=st.sampled_from(Change), keep=st.booleans())
    def schedule(self, ahead: timedelta, change: Change, keep: bool) -> None:
        """Later, before or after what is scheduled already."""
        ids = [edition.pk for edition in self.upcoming()]
        decided = {"leave": dict.fromkeys(ids, "")} if keep else {"carry": ids}
        self.attempt(
            lambda: publishing.schedule(
                self.article,
                revision=Revision.objects.get(head_of=self.article),
                live_from=self.now + ahead,
                by=self.by,
                at=self.now,
                change=change,
                **decided,
            )
        )

    @rule(pick=PICKS)
    def take_in(self, pick: int) -> None:
        """Let one of the scheduled have what was written since."""
        if upcoming := self.upcoming():
            edition, head = upcoming[pick % len(upcoming)], Revision.objects.get(head_of=self.article)
            self.attempt(lambda: publishing.take_in(edition, revision=head, by=self.by, at=self.now))

    @rule(verb=st.sampled_from([publishing.hold, publishing.legal_block]))
    def obstruct(self, verb: Any) -> None:
        """Hold it, or block it."""
        self.now += MINUTE
        self.attempt(lambda: verb(self.article, reason="Wait.", by=self.by, at=self.now))

    @rule(kind=st.sampled_from(Block.Kind), missed=st.sampled_from(publishing.IfMissed))
    def release(self, kind: Block.Kind, missed: publishing.IfMissed) -> None:
        """Lift one of the two."""
        self.now += MINUTE
        self.attempt(lambda: publishing.release(self.article, kind=kind, by=self.by, at=self.now, missed=missed))

    @rule(ahead=st.none() | OFFSETS, missed=st.sampled_from(publishing.IfMissed))
    def embargo(self, ahead: timedelta | None, missed: publishing.IfMissed) -> None:
        """Set, move or lift one."""
        self.now += MINUTE
        until = self.now + ahead if ahead else None
        self.attempt(lambda: publishing.set_embargo(self.article, until=until, by=self.by, at=self.now, missed=missed))

    @rule(pick=PICKS, ahead=st.none() | OFFSETS)
    def settle_withheld(self, pick: int, ahead: timedelta | None) -> None:
        """Put back one that was taken out, or let it go."""
        if withheld := list(self.article.withheld.all()):
            one = withheld[pick % len(withheld)]
            if ahead is None:
                self.attempt(lambda: publishing.let_go(one, by=self.by, at=self.now))
            else:
                back = self.now + ahead
                self.attempt(lambda: publishing.put_back(one, live_from=back, by=self.by, at=self.now))

    @rule(pick=PICKS, ahead=OFFSETS)
    def reschedule(self, pick: int, ahead: timedelta) -> None:
        """Move one of the scheduled."""
        if upcoming := self.upcoming():
            edition, set_for = upcoming[pick % len(upcoming)], self.withdrawals()
            self.attempt(lambda: publishing.reschedule(edition, live_from=self.now + ahead, by=self.by, at=self.now))
            assert self.withdrawals() == set_for

    @rule(pick=PICKS, ahead=OFFSETS)
    def move_withdrawal(self, pick: int, ahead: timedelta) -> None:
        """Move one that is set; as many are set afterwards."""
        if set_for := self.withdrawals():
            edition, until = self.article.editions.get(live_until=set_for[pick % len(set_for)]), self.now + ahead
            if self.attempt(lambda: publishing.move_withdrawal(edition, live_until=until, by=self.by, at=self.now)):
                self.withdrawn_at.add(until)
            assert len(self.withdrawals()) == len(set_for)

    @rule(pick=PICKS)
    def cancel(self, pick: int) -> None:
        """Take one of the scheduled out."""
        if upcoming := self.upcoming():
            publishing.cancel(upcoming[pick % len(upcoming)], by=self.by, at=self.now)

    @rule(ahead=st.none() | OFFSETS, keep=st.booleans())
    def withdraw(self, ahead: timedelta | None, keep: bool) -> None:
        """Now or later, with or without what is scheduled after it."""
        self.now += MINUTE
        until = self.now + (ahead or timedelta())
        named = [edition.pk for edition in self.upcoming()] if keep else []
        if self.attempt(
            lambda: publishing.withdraw(
                self.article, by=self.by, at=self.now, live_until=until if ahead else None, keep=named
            )
        ):
            self.withdrawn_at.add(until)

    @rule()
    def keep_live(self) -> None:
        """Call a withdrawal off."""
        self.attempt(lambda: publishing.keep_live(self.article, by=self.by, at=self.now))

    @rule(pick=PICKS)
    def change_address(self, pick: int) -> None:
        """To one of a few slugs."""
        self.now += MINUTE
        self.attempt(lambda: publishing.change_address(self.article, slug=f"slug-{pick}", by=self.by, at=self.now))

    def attempt(self, act: object) -> bool:
        """Carry out a verb that may be refused; a refusal changes nothing."""
        self.article.refresh_from_db()
        before = [(e.pk, e.live_from, e.live_until, e.path) for e in self.editions()]
        try:
            act()  # type: ignore[operator]
        except Refused:
            assert [(e.pk, e.live_from, e.live_until, e.path) for e in self.editions()] == before
            return False
        return True

    @invariant()
    def periods_never_overlap_and_gaps_are_withdrawals(self) -> None:
        """A gap exists only where somebody withdrew."""
        for one, other in pairwise(self.editions()):
            assert one.live_until is not None
            assert one.live_until <= other.live_from
            if one.live_until < other.live_from:
                assert one.live_until in self.withdrawn_at

    @invariant()
    def first_publication_is_the_earliest_start(self) -> None:
        """And one address, the newest that has begun, is that of all that has not."""
        editions = self.editions()
        assert {edition.first_published_at for edition in editions} <= {e.live_from for e in editions[:1]}
        begun = [edition.path for edition in editions if edition.live_from <= self.now]
        paths = {edition.path for edition in editions if edition.live_from > self.now}
        assert len(paths) <= 1
        if begun and paths:
            assert paths == {begun[-1]}

    @invariant()
    def updated_follows_from_the_changes(self) -> None:
        """Minor changes inherit it; the first edition alone is a first publication."""
        updated_at = None
        for number, edition in enumerate(self.editions()):
            assert (edition.change == Change.FIRST) == (number == 0)
            if edition.change in {Change.SUBSTANTIVE, Change.CORRECTION}:
                updated_at = edition.live_from
            assert edition.updated_at == updated_at

    @invariant()
    def history_stays_as_it_was_read(self) -> None:
        """What readers saw at an instant is what `as_of` says of it for ever."""
        for at, headline in self.seen.items():
            edition = Edition.objects.as_of(at=at).filter(article=self.article).first()
            assert (edition.headline if edition else "") == headline

    @invariant()
    def nothing_goes_out_past_an_obstacle(self) -> None:
        """While a story is blocked nothing of it is ahead, and never anything before its embargo ends."""
        if hasattr(self, "article"):
            upcoming, embargo = self.upcoming(), Article.objects.get(pk=self.article.pk).embargo_until
            assert not upcoming or not self.article.blocks.filter(released_at=None).exists()
            assert embargo is None or embargo <= self.now or all(e.live_from >= embargo for e in upcoming)

    @invariant()
    def pins_are_told_truly(self) -> None:
        """`has_unpinned_changes` says whether any edition pins the head."""
        if hasattr(self, "article"):
            self.article.refresh_from_db()
            pinned = Edition.objects.filter(revision=self.article.head_revision).exists()
            assert self.article.has_unpinned_changes != pinned


class RolledBackVerbs(Verbs):
    """Each example in a transaction of its own, so that none sees another's stories."""

    def __init__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        super().__init__()

    def teardown(self) -> None:
        """Forget the example."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_sequence_of_verbs_keeps_the_invariants() -> None:
    sequences = settings(deadline=None, stateful_step_count=20, max_examples=scaled(30, 400))
    run_state_machine_as_test(RolledBackVerbs, settings=sequences)
