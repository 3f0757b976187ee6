"""What the calendar shows of each instant: everything that its templates need, in words, with no query of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from articles import tones
from articles.admin.calendar_period import QUARTER, ClockChange, Period, View
from articles.models import Block, Kind
from articles.planning import Happening, What
from newsroom.local_time import RepeatedTimeError, SkippedTimeError, read_local, wall_clock, zone_name
from newsroom.sentences import quoted

if TYPE_CHECKING:
    from articles.clashes import Clash
    from articles.models import Section
    from articles.navigation import Navigation

HOUR = timedelta(hours=1)

# What stands before a headline where space is short; a first publication needs no word there.
SHORT = {
    What.LIVE: "",
    What.UPDATE: pgettext_lazy("calendar", "Update"),
    What.MINOR: pgettext_lazy("calendar", "Minor"),
    What.CORRECTION: pgettext_lazy("calendar", "Correction"),
    What.BACK: pgettext_lazy("calendar", "Back"),
    What.WITHDRAWAL: pgettext_lazy("calendar", "Withdrawal"),
    What.HELD: pgettext_lazy("calendar", "Held"),
    What.EMBARGO: pgettext_lazy("calendar", "Embargo ends"),
}
# In a tally, one and many.
COUNTED = {
    What.LIVE: ngettext_lazy("%(number)s live", "%(number)s live", "number"),
    What.UPDATE: ngettext_lazy("%(number)s update", "%(number)s updates", "number"),
    What.MINOR: ngettext_lazy("%(number)s minor", "%(number)s minor", "number"),
    What.CORRECTION: ngettext_lazy("%(number)s correction", "%(number)s corrections", "number"),
    What.BACK: ngettext_lazy("%(number)s back", "%(number)s back", "number"),
    What.WITHDRAWAL: ngettext_lazy("%(number)s withdrawal", "%(number)s withdrawals", "number"),
    What.HELD: ngettext_lazy("%(number)s held", "%(number)s held", "number"),
    What.EMBARGO: ngettext_lazy("%(number)s embargo", "%(number)s embargoes", "number"),
}
KEYS = {What.WITHDRAWAL: "e", What.HELD: "h", What.EMBARGO: "m"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening, as a template shows it: hundreds stand on a page, so that nothing is worked out there.

    `key` is “b” for an edition's beginning, “e” for its end, and its id. `move` is the address of its “Move…”, empty
    where it cannot be moved. `remarks` are what is wrong with it and why it
    is held, each with whether that is grave.
    """

    happening: Happening
    key: str
    instant: str
    time: str
    story: str
    classes: str
    section: str
    kind: str
    said: str
    short: str
    headline: str
    place: tuple[int, str]
    move: str = ""
    remarks: Sequence[tuple[str, bool]] = ()

    @property
    def is_grave(self) -> bool:
        """Whether something about it is wrong."""
        return any(is_grave for _, is_grave in self.remarks)


class Entries:
    """Makes entries for one page."""

    def __init__(
        self,
        navigation: Navigation,
        *,
        clashes: Mapping[int, list[Clash]],
        blocks: Mapping[int, list[Block]],
        may_move: bool,
        page: Mapping[str, str],
        names_zone: bool,
    ) -> None:
        self._sections = {section.pk: section for section in navigation.sections}
        self._tones = {pk: tone_of(section) for pk, section in self._sections.items()}
        self._clashes, self._blocks, self._may_move, self._names_zone = clashes, blocks, may_move, names_zone
        self._stories = reverse("admin:articles_article_changelist")
        self._move, self._page = reverse("admin:articles_article_calendar_move"), urlencode(page)

    def of(self, happenings: Iterable[Happening]) -> list[Entry]:
        """In the order of time, and of sections within an instant."""
        made = [self._entry(each) for each in happenings]
        return sorted(made, key=lambda entry: (entry.happening.at, entry.place, entry.key))

    def _entry(self, happening: Happening) -> Entry:
        about = happening.edition or happening.withheld or happening.article
        what, local = happening.what, wall_clock(happening.at)
        section = self._sections.get(happening.section_id or 0)
        moves = "ends" if what == What.WITHDRAWAL else "begins"
        is_movable = self._may_move and happening.is_movable
        remarks = self._remarks(happening, about.pk)
        shown = f"{local:%H:%M:%S}" if happening.is_ahead and local.second else f"{local:%H:%M}"
        classes = ["desk-entry", f"desk-entry--{what}", self._tones[section.pk] if section else "tone-slate"]
        classes += ["is-ahead"] if happening.is_ahead else []
        classes += ["is-grave"] if any(is_grave for _, is_grave in remarks) else []
        return Entry(
            happening=happening,
            key=f"{KEYS.get(what, 'b')}{about.pk}",
            instant=happening.at.isoformat(),
            time=f"{shown} {zone_name(local)}" if self._names_zone else shown,
            story=f"{self._stories}{happening.article.pk}/change/",
            classes=" ".join(classes),
            section=section.name if section else _("No section"),
            kind="" if happening.kind == Kind.NEWS else str(Kind(happening.kind).label),
            said=happening.said,
            short=str(SHORT[what]),
            headline=happening.headline,
            place=(section.position, section.name) if section else (-1, ""),
            move=f"{self._move}?edition={about.pk}&moves={moves}&{self._page}" if is_movable else "",
            remarks=remarks,
        )

    def _remarks(self, happening: Happening, edition: int) -> list[tuple[str, bool]]:
        if happening.what == What.HELD:
            blocks = self._blocks.get(happening.article.pk, [])
            return [(f"{block.get_kind_display()}, {block.owner}: {quoted(block.reason)}", False) for block in blocks]
        if happening.begins and happening.is_ahead:
            return [(clash.text, clash.is_grave) for clash in self._clashes.get(edition, ())]
        return []


def tone_of(section: Section) -> str:
    """The class of a section's colour; a child without one has its parent's."""
    return f"tone-{tones.tone(section.colour or (section.parent.colour if section.parent else ''))}"


@dataclass
class Slot:
    """A quarter of an hour, by its first instant."""

    at: datetime
    is_past: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The time, as the wall has it."""
        return f"{wall_clock(self.at):%H:%M}"


@dataclass
class Hour:
    """An hour: in a day cut into quarters and, where the clocks change, called by its zone too; in a week with `most`
    of its entries and the number of the rest. `note` says that the clocks skip it or repeat it.
    """

    anchor: str
    label: str
    zone: str = ""
    note: str = ""
    is_now: bool = False
    is_past: bool = False
    slots: list[Slot] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


def hours_of(period: Period, entries: Sequence[Entry], changes: Sequence[ClockChange], *, at: datetime) -> list[Hour]:
    """The hours of a day, each with its quarters and what is in them: 24, or 23 or 25 where the clocks change."""
    instants = []
    instant = period.since
    while instant < period.until:
        instants.append(instant)
        instant += QUARTER
    slots = [Slot(each, is_past=each + QUARTER <= at) for each in instants]
    for entry in entries:
        slots[max(0, bisect_right(instants, entry.happening.at) - 1)].entries.append(entry)
    hours: list[Hour] = []
    for slot in slots:
        local = wall_clock(slot.at)
        label, zone = f"{local:%H}:00", zone_name(local) if changes else ""
        if not hours or (hours[-1].label, hours[-1].zone) != (label, zone):
            is_second = any(hour.label == label for hour in hours)
            hours.append(Hour(f"h{local:%H}{f'-{zone}' if is_second else ''}", label, zone))
        hours[-1].slots.append(slot)
        hours[-1].is_now = hours[-1].is_now or slot.at <= at < slot.at + QUARTER
    return hours


@dataclass(frozen=True)
class SectionRow:
    """A section's line in the day's overview: how much of it appears in each hour."""

    name: str
    tone: str
    cells: list[SectionCell]
    total: int


@dataclass(frozen=True)
class SectionCell:
    """What appears of a section in an hour: stories that go live, and others that change."""

    hour: Hour
    live: int
    changed: int

    @property
    def in_words(self) -> str:
        """“3 go live, 1 is updated”."""
        said = []
        if self.live:
            said.append(ngettext("%(number)s goes live", "%(number)s go live", self.live) % {"number": self.live})
        if self.changed:
            said.append(ngettext("%(number)s updated", "%(number)s updated", self.changed) % {"number": self.changed})
        return ", ".join(said)


def overview(hours: Sequence[Hour], navigation: Navigation, shown: Collection[int] | None) -> list[SectionRow]:
    """For each section that is shown, and each hour of the day, what appears: so that a gap is seen."""
    roots = {section.pk: section.root_id for section in navigation.sections}
    counts: dict[int, list[Counter[bool]]] = defaultdict(lambda: [Counter() for _ in hours])
    for number, hour in enumerate(hours):
        for happening in (entry.happening for slot in hour.slots for entry in slot.entries):
            if happening.begins and happening.section_id is not None:
                row = happening.section_id if shown is not None else roots[happening.section_id]
                counts[row][number][happening.what in {What.LIVE, What.BACK}] += 1
    rows = []
    for section in navigation.sections:
        if section.pk in shown if shown is not None else section.parent_id is None:
            cells = [
                SectionCell(hour, count[True], count[False])
                for hour, count in zip(hours, counts[section.pk], strict=True)
            ]
            rows.append(SectionRow(section.name, tone_of(section), cells, sum(cell.live for cell in cells)))
    return rows


@dataclass
class Day:
    """A day of a week or a month: what is shown of it, and how much there is in all."""

    date: date
    is_today: bool
    is_past: bool
    in_month: bool
    entries: list[Entry] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    more: int = 0


def days_of(
    period: Period,
    entries: Sequence[Entry],
    tally: Mapping[datetime, Counter[What]],
    *,
    changes: Sequence[ClockChange],
    most: int,
    at: datetime,
) -> list[Day]:
    """Each day of a month's page with at most `most` entries, and of a week's with as many in each hour.

    `tally` has the counts of the same slots, from which the number of those left out is known.
    """
    by_slot: dict[datetime, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_slot[_slot(period, wall_clock(entry.happening.at))].append(entry)
    totals = {_slot(period, wall_clock(slot)): counts for slot, counts in tally.items()}
    now = wall_clock(at).replace(tzinfo=None)
    days = []
    for date_ in period.days:
        day = Day(date_, date_ == now.date(), date_ < now.date(), period.in_month(date_))
        begins = datetime.combine(date_, time())
        slots = [begins + timedelta(hours=hour) for hour in range(24)] if period.view == View.WEEK else [begins]
        told: Counter[What] = sum((totals[slot] for slot in slots if slot in totals), Counter())
        day.counts = [COUNTED[what] % {"number": told[what]} for what in What if told[what]]
        if period.view == View.WEEK:
            day.hours = [_hour(slot, now=now, may_be_odd=bool(changes)) for slot in slots]
        places: Sequence[Day | Hour] = day.hours or [day]
        for place, slot in zip(places, slots, strict=True):
            place.entries = foremost(by_slot[slot], most)
            place.more = max(0, totals.get(slot, Counter()).total() - len(place.entries))
        days.append(day)
    return days


def _hour(begins: datetime, *, now: datetime, may_be_odd: bool) -> Hour:
    """An hour of a week, as the wall has it; an odd one is skipped or comes twice."""
    return Hour(
        f"h{begins:%H}",
        f"{begins:%H}:00",
        note=_note(begins) if may_be_odd else "",
        is_now=begins <= now < begins + HOUR,
        is_past=begins + HOUR <= now,
    )


def foremost(entries: Sequence[Entry], most: int) -> list[Entry]:
    """At most so many: what is wrong first, then what is ahead; shown in the order that they had."""
    places = range(len(entries))
    chosen = sorted(places, key=lambda place: (not entries[place].is_grave, not entries[place].happening.is_ahead))
    return [entries[place] for place in sorted(chosen[:most])]


def _slot(period: Period, local: datetime) -> datetime:
    """The beginning of the hour or the day that a local time is shown in, as the wall has it."""
    naive = local.replace(tzinfo=None, minute=0, second=0, microsecond=0, fold=0)
    return naive if period.view == View.WEEK else naive.replace(hour=0)


def _note(wall: datetime) -> str:
    """Whether the clocks skip the hour that begins then, or repeat it."""
    for minutes in (0, 30):
        try:
            read_local(wall.date(), (wall + timedelta(minutes=minutes)).time())
        except SkippedTimeError:
            return _("The clocks skip this hour")
        except RepeatedTimeError:
            return _("This hour comes twice")
    return ""
