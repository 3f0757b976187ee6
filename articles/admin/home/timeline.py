"""Today's timeline: what readers saw and will see change, from midnight until tomorrow morning, by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from articles.planning import Happening, happenings
from newsroom.local_time import wall_clock

if TYPE_CHECKING:
    from articles.models import Section
    from authors.models import User

# The night desk hands over to the morning.
UNTIL = time(10, 0)
# Of beginnings, of ends and so on; a day that has more is for the calendar.
MOST = 60
SHOWN_OF_THE_PAST = 4


@dataclass(frozen=True)
class Entry:
    """One line: when, what, which story."""

    happening: Happening
    when: str
    is_tomorrow: bool


@dataclass(frozen=True)
class Choice:
    """A section that something of today belongs to, and how much."""

    section: Section
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Timeline:
    """What was earlier today, what was just now, and what is to come, in order."""

    earlier: Sequence[Entry]
    past: Sequence[Entry]
    ahead: Sequence[Entry]
    choices: Sequence[Choice]
    chosen: str
    is_cut_off: bool  # more happened than is told here

    @property
    def next(self) -> Entry | None:
        """What comes first."""
        return self.ahead[0] if self.ahead else None


def timeline(user: User, *, section: str, at: datetime) -> Timeline:
    """The timeline of the stories that `user` sees. A section that nothing belongs to narrows nothing."""
    local = wall_clock(at)
    begins = local.replace(hour=0, minute=0, second=0, microsecond=0)
    until = datetime.combine(local.date() + timedelta(days=1), UNTIL, tzinfo=local.tzinfo)
    found = happenings(by=user, since=begins, until=until, at=at, most=MOST)
    sections = {each.section.pk: each.section for each in found if each.section is not None}
    numbers = Counter(each.section.pk for each in found if each.section is not None)
    chosen = next((pk for pk, each in sections.items() if each.slug == section), None)
    choices = [
        Choice(each, numbers[pk], is_chosen=pk == chosen)
        for pk, each in sorted(sections.items(), key=lambda pair: (pair[1].position, pair[1].name))
    ]
    shown = [
        Entry(each, f"{wall_clock(each.at):%H:%M}", is_tomorrow=wall_clock(each.at).date() > local.date())
        for each in found
        if chosen is None or (each.section is not None and each.section.pk == chosen)
    ]
    past = [entry for entry in shown if not entry.happening.is_ahead]
    return Timeline(
        earlier=past[:-SHOWN_OF_THE_PAST],
        past=past[-SHOWN_OF_THE_PAST:],
        ahead=[entry for entry in shown if entry.happening.is_ahead],
        choices=choices,
        chosen=section if chosen is not None else "",
        is_cut_off=len(found) >= MOST,
    )
