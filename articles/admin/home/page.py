"""Everything that the first page shows, for one person at one instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from articles import buffers, notices, permissions, presence
from articles.admin.home import blocked, stories, timeline
from articles.admin.home.pulse import pulse
from articles.models import Notice
from newsroom.local_time import clock_and_day, since

if TYPE_CHECKING:
    from articles.admin.home.blocked import Blocked
    from articles.admin.home.stories import Lists
    from articles.admin.home.timeline import Timeline
    from articles.buffers import Unsaved
    from articles.models import Article, Presence
    from authors.models import User

TELLS = {
    Notice.Kind.MENTION: pgettext_lazy("notice", "mentioned you"),
    Notice.Kind.ASSIGNED: pgettext_lazy("notice", "assigned you this story"),
    Notice.Kind.SENT_BACK: pgettext_lazy("notice", "sent it back"),
    Notice.Kind.TAKEN_OVER: pgettext_lazy("notice", "took it over from you"),
    Notice.Kind.BLOCKED: pgettext_lazy("notice", "blocked it"),
    Notice.Kind.RELEASED: pgettext_lazy("notice", "released it"),
}


@dataclass(frozen=True)
class Told:
    """A notice as it is shown."""

    notice: Notice
    what: str
    when: str


@dataclass(frozen=True)
class Waiting:
    """Words that are not saved, and since when."""

    unsaved: Unsaved
    when: str


@dataclass(frozen=True)
class Someone:
    """A colleague in a story, since when, and whether they have typed what is not saved."""

    name: str
    since: str
    is_writing: bool


@dataclass(frozen=True)
class Open:
    """A story that somebody has open at this moment."""

    article: Article
    people: list[Someone]


@dataclass(frozen=True)
class Today:
    """The first page. `pulse` changes when any of it has changed."""

    pulse: str
    at: datetime
    now: str
    edits_all: bool
    notices: list[Told]
    unsaved: list[Waiting]
    lists: Lists
    editing: list[Open]
    blocked: list[Blocked]
    timeline: Timeline

    @property
    def unseen(self) -> str:
        """How many notices there are, as the sidebar says it."""
        return notices.number(len(self.notices))


def gather(user: User, *, at: datetime, section: str = "") -> Today:
    """Read it all, in 11 queries, beside those for what `user` may do. `section` narrows the timeline, by its slug."""
    edits_all = user.has_perm("articles.edit_any_article")
    return Today(
        # First: what changes while the rest is read is then noticed at the next look, and not missed.
        pulse=pulse(user, at=at),
        at=at,
        now=clock_and_day(at),
        edits_all=edits_all,
        notices=_notices(user, at=at),
        unsaved=[Waiting(each, since(each.kept_at, now=at)) for each in buffers.of(user)],
        lists=stories.lists(user, edits_all=edits_all, at=at),
        editing=_editing(user, edits_all=edits_all, at=at),
        blocked=blocked.blocked(user, at=at),
        timeline=timeline.timeline(user, section=section, at=at),
    )


def _notices(user: User, *, at: datetime) -> list[Told]:
    rows = notices.unseen(user).select_related("by", "article").defer("article__body")[: notices.MOST_SHOWN + 1]
    return [Told(each, str(TELLS[Notice.Kind(each.kind)]), since(each.at, now=at)) for each in rows]


def _editing(user: User, *, edits_all: bool, at: datetime) -> list[Open]:
    """Who else is in which story, those who write first."""
    among = None if edits_all else permissions.visible(user)
    here = [each for each in presence.everywhere(at=at, among=among) if each.person_id != user.pk]
    open_: dict[int, Open] = {}
    for each in _writers_first(here):
        shown = open_.setdefault(each.article_id, Open(each.article, []))
        shown.people.append(Someone(str(each.person), since(each.since, now=at), each.is_writing))
    return list(open_.values())


def _writers_first(rows: Iterable[Presence]) -> list[Presence]:
    return sorted(rows, key=lambda each: not each.is_writing)
