"""What readers saw and will see change, and when: one list for the desk's first page and for its calendar.

Every instant is read from the rows that decide it: an edition's beginning, an end that no other edition takes up
(a withdrawal), an edition that an obstacle took out, the instant at which an embargo ends. Nothing is kept twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber, TruncDay, TruncHour
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models import Article, Change, Edition, Section, Withheld
from newsroom import clock

if TYPE_CHECKING:
    from authors.models import User


class What(StrEnum):
    """What happens at an instant."""

    LIVE = "live"  # the first publication
    UPDATE = "update"
    MINOR = "minor"
    CORRECTION = "correction"
    BACK = "back"  # live again after a withdrawal
    WITHDRAWAL = "withdrawal"
    HELD = "held"  # taken out by an obstacle: would have gone live
    EMBARGO = "embargo"  # an embargo ends

    def said(self, *, ahead: bool) -> str:
        """What happened, or what is going to happen."""
        return str(_SAID[self][ahead])


_SAID = {
    What.LIVE: (gettext_lazy("Went live"), gettext_lazy("Goes live")),
    What.UPDATE: (gettext_lazy("Was updated"), gettext_lazy("Is updated")),
    What.MINOR: (gettext_lazy("Was changed a little"), gettext_lazy("Is changed a little")),
    What.CORRECTION: (gettext_lazy("Was corrected"), gettext_lazy("Is corrected")),
    What.BACK: (gettext_lazy("Came back"), gettext_lazy("Comes back")),
    What.WITHDRAWAL: (gettext_lazy("Was withdrawn"), gettext_lazy("Is withdrawn")),
    What.HELD: (gettext_lazy("Held: would have gone live"), gettext_lazy("Held: would go live")),
    What.EMBARGO: (gettext_lazy("Embargo ended"), gettext_lazy("Embargo ends")),
}
_CHANGES = {
    Change.FIRST: What.LIVE,
    Change.SUBSTANTIVE: What.UPDATE,
    Change.MINOR: What.MINOR,
    Change.CORRECTION: What.CORRECTION,
}
_SLOTS = {"day": TruncDay, "hour": TruncHour}


@dataclass(frozen=True)
class Happening:
    """One instant of one story. `edition` begins then, or ends where it is a withdrawal; `withheld` was to begin."""

    at: datetime
    what: What
    is_ahead: bool
    article: Article
    section: Section | None
    headline: str
    kind: str
    edition: Edition | None = None
    withheld: Withheld | None = None

    @property
    def said(self) -> str:
        """What happened, or what is going to happen."""
        return self.what.said(ahead=self.is_ahead)

    @property
    def section_id(self) -> int | None:
        """Which section it is of."""
        return self.section.pk if self.section else None

    @property
    def is_movable(self) -> bool:
        """Whether a verb can give it another instant: a beginning or a withdrawal that is still ahead."""
        return self.is_ahead and self.edition is not None

    @property
    def begins(self) -> bool:
        """Whether readers see an edition from then on."""
        return self.edition is not None and self.what != What.WITHDRAWAL


def happenings(
    *,
    by: User,
    since: datetime,
    until: datetime,
    at: datetime,
    sections: Collection[int] | None = None,
    most: int | None = None,
    per: str | None = None,
) -> list[Happening]:
    """Everything in [since, until) of the stories that `by` may see, in order (4 queries, however many there are).

    `sections` are ids that an edition has to have one of. With `most`, at most so many of each source (beginnings,
    withdrawals, held editions, embargoes), in each local `per` ("day" or "hour") if given; what is ahead goes first,
    and where there is no `per`, then what was last.
    """

    def first(rows: Any, instant: str) -> Any:
        return _first(rows, instant, at=at, most=most, per=per)

    begins, ends = _begins(by, since, until, sections), _ends(by, since, until, sections)
    # First which, then what each shows; an edition may both begin and end in the period.
    which = [
        first(rows, instant).annotate(end=Value(end)).values_list("end", "pk")
        for rows, instant, end in ((begins, "live_from", "begins"), (ends, "live_until", "ends"))
    ]
    ids: dict[str, set[int]] = {"begins": set(), "ends": set()}
    for end, pk in which[0].union(which[1], all=True):
        ids[end].add(pk)
    held = first(_held(by, since, until, sections), "live_from").select_related("article__section")
    embargoes = first(_embargoes(by, since, until, sections), "embargo_until").select_related("section")
    found = [
        *_of_editions(ids["begins"], ids["ends"], at=at),
        *(_of_withheld(each, at=at) for each in held.defer("article__body")),
        *(_of_embargo(each, at=at) for each in embargoes.defer("body")),
    ]
    return sorted(found, key=lambda each: (each.at, each.article.pk))


def tally(
    *,
    by: User,
    since: datetime,
    until: datetime,
    sections: Collection[int] | None = None,
    per: str,
) -> Mapping[datetime, Counter[What]]:
    """How much of what there is in each local "day" or "hour" (1 query); what comes back counts as an update."""
    sources: list[tuple[QuerySet[Any], str, Any]] = [
        (_begins(by, since, until, sections), "live_from", F("change")),
        (_ends(by, since, until, sections), "live_until", Value(What.WITHDRAWAL.value)),
        (_held(by, since, until, sections), "live_from", Value(What.HELD.value)),
        (_embargoes(by, since, until, sections), "embargo_until", Value(What.EMBARGO.value)),
    ]
    grouped = [
        rows.order_by()
        .annotate(slot=_slot(per, instant), told=told)
        .values("slot", "told")
        .annotate(number=Count("pk"))
        .values_list("slot", "told", "number")
        for rows, instant, told in sources
    ]
    counts: dict[datetime, Counter[What]] = defaultdict(Counter)
    for slot, told, number in grouped[0].union(*grouped[1:], all=True):
        counts[slot][_CHANGES[Change(told)] if told in Change.values else What(told)] += number
    return counts


def _slot(per: str, instant: str) -> Any:
    return _SLOTS[per](instant, tzinfo=clock.newsroom_zone())


def _begins(by: User, since: datetime, until: datetime, sections: Collection[int] | None) -> QuerySet[Edition]:
    rows = Edition.objects.filter(live_from__gte=since, live_from__lt=until)
    return permissions.about_visible(_in(rows, "section", sections), by)


def _ends(by: User, since: datetime, until: datetime, sections: Collection[int] | None) -> QuerySet[Edition]:
    rows = Edition.objects.withdrawn_at_their_end().filter(live_until__gte=since, live_until__lt=until)
    return permissions.about_visible(_in(rows, "section", sections), by)


def _held(by: User, since: datetime, until: datetime, sections: Collection[int] | None) -> QuerySet[Withheld]:
    rows = Withheld.objects.filter(live_from__gte=since, live_from__lt=until)
    return permissions.about_visible(_in(rows, "article__section", sections), by)


def _embargoes(by: User, since: datetime, until: datetime, sections: Collection[int] | None) -> QuerySet[Article]:
    rows = permissions.visible(by).in_use().filter(embargo_until__gte=since, embargo_until__lt=until)
    narrowed: QuerySet[Article] = _in(rows, "section", sections)
    return narrowed


def _in(rows: Any, field: str, sections: Collection[int] | None) -> Any:
    return rows if sections is None else rows.filter(**{f"{field}__in": sections})


def _first(rows: Any, instant: str, *, at: datetime, most: int | None, per: str | None) -> Any:
    if most is None:
        return rows.order_by(instant, "pk")
    if per is None:
        ahead = Case(When(**{f"{instant}__gt": at}, then=F(instant)))
        return rows.order_by(ahead.asc(nulls_last=True), F(instant).desc(), "pk")[:most]
    order: Any = [Case(When(**{f"{instant}__gt": at}, then=0), default=1), F(instant), F("pk")]
    place = Window(RowNumber(), partition_by=[_slot(per, instant)], order_by=order)
    return rows.annotate(place=place).filter(place__lte=most).order_by(instant, "pk")


def _of_editions(begins: set[int], ends: set[int], *, at: datetime) -> Iterable[Happening]:
    before = Edition.objects.filter(article=OuterRef("article"), live_until=OuterRef("live_from"))
    rows: QuerySet[Any] = (
        Edition.objects.filter(pk__in=begins | ends)
        .select_related("article", "section")
        .annotate(goes_on=Case(When(Q(change=Change.FIRST), then=True), default=Exists(before)))
        .only("live_from", "live_until", "change", "kind", "headline", "section", "article__id")
    )
    for edition in rows:
        about = {
            "article": edition.article,
            "section": edition.section,
            "headline": edition.headline,
            "kind": edition.kind,
            "edition": edition,
        }
        if edition.pk in begins:
            what = _CHANGES[Change(edition.change)] if edition.goes_on else What.BACK
            yield Happening(at=edition.live_from, what=what, is_ahead=edition.live_from > at, **about)
        if edition.pk in ends:
            ahead = edition.live_until > at
            yield Happening(at=edition.live_until, what=What.WITHDRAWAL, is_ahead=ahead, **about)


def _of_withheld(withheld: Withheld, *, at: datetime) -> Happening:
    return Happening(
        at=withheld.live_from,
        what=What.HELD,
        is_ahead=withheld.live_from > at,
        article=withheld.article,
        section=withheld.article.section,
        headline=withheld.article.headline,
        kind=withheld.article.kind,
        withheld=withheld,
    )


def _of_embargo(article: Article, *, at: datetime) -> Happening:
    ends = article.embargo_until or at  # it has one: it was asked for by it
    return Happening(
        at=ends,
        what=What.EMBARGO,
        is_ahead=ends > at,
        article=article,
        section=article.section,
        headline=article.headline,
        kind=article.kind,
    )
