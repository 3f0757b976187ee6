"""Clashes in what is planned: what is hardly meant, found when it is looked at, never stored; the one list, in words.

Each is about editions that have not begun. Some are wrong whoever looks (`is_grave`; the calendar calls them
conflicts), others only want to be looked at. The list is short, so that what is in it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Change, Edition, Kind
from newsroom.local_time import in_words, time_with_zone
from newsroom.sentences import within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from authors.models import User

# Two updates of one story as near to each other as this are rarely both meant.
NEAR = timedelta(minutes=5)

# More than a newsroom plans; what is beyond is found when its own day is looked at.
MOST = 1000


@dataclass(frozen=True)
class Clash:
    """One thing to look at. `edition` is where it is, `others` are those that it is said at too."""

    at: datetime
    edition: int
    headline: str
    text: str
    is_grave: bool = False
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Clashes:
    """Those of a period, the grave ones first; `at_edition` has the sentences for each edition's id."""

    every: list[Clash]
    at_edition: Mapping[int, list[Clash]]


def clashes(
    *, by: User, since: datetime, until: datetime, at: datetime, sections: Collection[int] | None = None
) -> Clashes:
    """Look at what begins in [since, until) and after `at`, of the stories that `by` may see (1 query)."""
    rows = _planned(by, since, until, at, sections)
    found = [*_of_stories(rows, at=at), *_same_headline(rows, at=at), *_same_minute(rows)]
    found.sort(key=lambda each: (not each.is_grave, each.at, each.edition))
    at_edition: dict[int, list[Clash]] = defaultdict(list)
    for clash in found:
        for edition in (clash.edition, *clash.others):
            at_edition[edition].append(clash)
    return Clashes(found, at_edition)


def _planned(
    by: User, since: datetime, until: datetime, at: datetime, sections: Collection[int] | None
) -> list[dict[str, Any]]:
    of_story = Edition.objects.filter(article=OuterRef("article"))
    ended = of_story.filter(live_until__lte=OuterRef("live_from")).order_by("-live_until").values("live_until")[:1]
    following = of_story.filter(live_from__gt=OuterRef("live_from")).order_by("live_from")
    rows = Edition.objects.upcoming(at=at).filter(live_from__gte=since, live_from__lt=until)
    if sections is not None:
        rows = rows.filter(section__in=sections)
    seen: QuerySet[Any] = permissions.about_visible(rows, by)
    return list(
        seen.annotate(
            ended=Subquery(ended),
            next_from=Subquery(following.values("live_from")[:1]),
            next_id=Subquery(following.values("pk")[:1]),
        )
        .order_by("live_from", "pk")
        .values(
            "pk", "article", "live_from", "change", "kind", "headline", "ended", "next_from", "next_id",
            "article__embargo_until",
        )[:MOST]
    )  # fmt: skip


def _of_stories(rows: list[dict[str, Any]], *, at: datetime) -> Iterator[Clash]:
    """What is wrong within one story."""
    for row in rows:
        about = {"at": row["live_from"], "edition": row["pk"], "headline": row["headline"]}
        embargo, ended, following = row["article__embargo_until"], row["ended"], row["next_from"]
        if embargo is not None and row["live_from"] < embargo:
            text = _("Before its embargo ends, %(when)s.") % {"when": in_words(embargo, now=at)}
            yield Clash(**about, text=text, is_grave=True)
        if row["change"] != Change.FIRST and ended is not None and ended < row["live_from"]:
            if ended > at:
                text = _("After its withdrawal of %(when)s: this brings the story back.") % {
                    "when": in_words(ended, now=at)
                }
                yield Clash(**about, text=text, is_grave=True)
            else:
                text = _("The story has been withdrawn since %(when)s: this brings it back.") % {
                    "when": in_words(ended, now=at)
                }
                yield Clash(**about, text=text)
        if following is not None and following - row["live_from"] <= NEAR:
            text = _("It changes at %(time)s and again at %(again)s, only minutes apart.") % {
                "time": time_with_zone(row["live_from"]),
                "again": time_with_zone(following),
            }
            yield Clash(**about, text=text, is_grave=True, others=(row["next_id"],))


def _same_headline(rows: list[dict[str, Any]], *, at: datetime) -> Iterator[Clash]:
    """Two stories with one headline: often one story that was begun twice."""
    stories: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        stories[row["headline"].casefold()].setdefault(row["article"], row)
    for first, *others in (list(found.values()) for found in stories.values()):
        if others:
            when = ", ".join(in_words(row["live_from"], now=at) for row in others)
            text = _("Another story has the same headline: %(when)s.") % {"when": when}
            yield _about(first, others, text)


def _same_minute(rows: list[dict[str, Any]]) -> Iterator[Clash]:
    """Pieces that want a reader's time and take each other's: two analyses that go live at once, say."""
    groups: dict[tuple[datetime, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["change"] == Change.FIRST and row["kind"] != Kind.NEWS:
            groups[row["live_from"].replace(second=0, microsecond=0), row["kind"]].append(row)
    for (minute, kind), (first, *others) in groups.items():
        if others:
            if len(others) == 1:
                sentence = _("Two pieces of the kind “%(kind)s” go live at %(time)s.")
            else:
                sentence = _("%(number)s pieces of the kind “%(kind)s” go live at %(time)s.")
            kind_name = within(Kind(kind).label)
            text = sentence % {"number": len(others) + 1, "kind": kind_name, "time": time_with_zone(minute)}
            yield _about(first, others, text, headline=" · ".join(row["headline"] for row in (first, *others[:2])))


def _about(first: dict[str, Any], others: list[dict[str, Any]], text: str, *, headline: str = "") -> Clash:
    return Clash(
        at=first["live_from"],
        edition=first["pk"],
        headline=headline or first["headline"],
        text=text,
        others=tuple(row["pk"] for row in others),
    )
