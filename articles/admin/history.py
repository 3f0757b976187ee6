"""A story's trail: every revision and every deed, newest first, one list, a page at a time.

What happened at the same instant is in the order of cause: a save, then what was done with it. A cursor names the last
entry of the page before, so that nothing is skipped or shown twice while the story goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.deed_words import DEEDS as DEEDS
from articles.admin.deed_words import done, remarks, was
from articles.models import Article, Event, Revision
from articles.state import Outlook, outlook
from newsroom.desk import moment
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from authors.models import User

PAGE_SIZE = 50
BESIDE_THE_FORM = 8

# At one instant, what was done comes after what was saved.
SAVED, DONE = 0, 1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([1-9][0-9]{0,16})-([01])-([1-9][0-9]{0,17})")


@dataclass(frozen=True, order=True)
class Place:
    """Where an entry stands in the trail."""

    at: datetime
    rank: int
    pk: int

    @classmethod
    def read(cls, text: str) -> Self:
        """The place that an address names. Raises Http404 for what names none."""
        found = _CURSOR.fullmatch(text)
        if found is None:
            raise Http404
        return cls(_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.rank}-{self.pk}"

    def older(self, rank: int, at_field: str) -> Q:
        """The condition of rows of a kind that stand below this place."""
        earlier = Q(**{f"{at_field}__lt": self.at})
        if rank > self.rank:
            return earlier
        same = Q(**{at_field: self.at})
        return earlier | (same if rank < self.rank else same & Q(pk__lt=self.pk))


@dataclass(frozen=True)
class Entry:
    """One line of the trail."""

    place: Place
    when: str
    who: str
    what: str
    note: str = ""
    was: str = ""
    remarks: tuple[str, ...] = ()
    revision: Revision | None = None
    badges: tuple[tuple[str, str], ...] = ()
    is_head: bool = False


def trail(
    article: Article, *, at: datetime, size: int = PAGE_SIZE, below: Place | None = None, seen: Outlook | None = None
) -> list[Entry]:
    """At most `size` + 1 entries below a place, newest first (2 queries, 3 without `seen`).

    One more than a page tells that there is another page.
    """
    seen = seen or outlook(article, at=at)
    revisions = article.revisions.select_related("created_by", "aside_of").defer(
        "body", "content", "aside_of__body", "aside_of__content"
    )
    events = article.events.select_related("by")
    if below is not None:
        revisions = revisions.filter(below.older(SAVED, "created_at"))
        events = events.filter(below.older(DONE, "at"))
    saved = (_saved(each, article, seen, now=at) for each in revisions.order_by("-created_at", "-pk")[: size + 1])
    acted = (_acted(each, now=at) for each in events.order_by("-at", "-pk")[: size + 1])
    return list(merge(saved, acted, key=lambda entry: entry.place, reverse=True))[: size + 1]


def history_context(article: Article, request: HttpRequest) -> dict[str, Any]:
    """A page of the trail, with the two revisions that are chosen to be compared."""
    at = moment(request)
    seen = outlook(article, at=at)
    below = Place.read(request.GET["older"]) if "older" in request.GET else None
    entries = trail(article, at=at, below=below, seen=seen)
    shown = entries[:PAGE_SIZE]
    numbers = [entry.revision.number for entry in shown if entry.revision]
    chosen = {name: _number(request.GET.get(name)) for name in ("before", "after")}
    own = [entry.revision.number for entry in shown if entry.revision and entry.revision.aside_of_id is None]
    if below is None and chosen == {"before": None, "after": None} and len(own) > 1:
        chosen = {"before": own[1], "after": own[0]}
    person: User = request.user  # type: ignore[assignment]
    return {
        "entries": shown,
        "older": str(shown[-1].place) if len(entries) > PAGE_SIZE else "",
        "is_first_page": below is None,
        "chosen": chosen,
        # A choice made on another page goes on being one.
        "carried": {name: number for name, number in chosen.items() if number and number not in numbers},
        "live": seen.live.revision.number if seen.live else None,
        "can_compare": len(numbers) > 1 or below is not None,
        "may_restore": article.binned_at is None and permissions.may(person, "restore", article),
        "subtitle": _("History"),
    }


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch("[1-9][0-9]{0,8}", value) else None


def badges_of(revision: Revision, article: Article, seen: Outlook, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """What a revision is at this moment: the kind of badge, and its words."""
    found = []
    if seen.live is not None and seen.live.revision_id == revision.pk:
        found.append(("live", _("What readers see")))
    found += [
        ("scheduled", _("From %(when)s") % {"when": in_words(edition.live_from, now=now)})
        for edition in seen.upcoming
        if edition.revision_id == revision.pk
    ]
    if article.head_revision_id == revision.pk:
        found.append(("draft", _("Newest text")))
    if revision.aside_of_id is not None and not found:
        found.append(("draft", _("Beside the story")))
    return tuple(found)


def _saved(revision: Revision, article: Article, seen: Outlook, *, now: datetime) -> Entry:
    what = _("saved revision %(number)s") % {"number": revision.number}
    remark: tuple[str, ...] = ()
    if revision.aside_of is not None:
        what = _("kept revision %(number)s beside the story") % {"number": revision.number}
        remark = (
            _("It never was the story’s own text. It goes back to revision %(number)s.")
            % {"number": revision.aside_of.number},
        )
    return Entry(
        Place(revision.created_at, SAVED, revision.pk),
        in_words(revision.created_at, now=now),
        str(revision.created_by),
        what,
        revision.note,
        remarks=remark,
        revision=revision,
        badges=badges_of(revision, article, seen, now=now),
        is_head=article.head_revision_id == revision.pk,
    )


def _acted(event: Event, *, now: datetime) -> Entry:
    return Entry(
        Place(event.at, DONE, event.pk),
        in_words(event.at, now=now),
        str(event.by),
        done(event, now=now),
        was=was(event),
        remarks=tuple(remarks(event, now=now)),
    )
