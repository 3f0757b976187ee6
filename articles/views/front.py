"""The front page: the lead, the latest, and a block for each section. No story stands on it twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import cache_keys, metadata
from articles.listing import newest_from, teasers
from articles.models import Edition, Kind, Section
from articles.navigation import Navigation
from newsroom import clock
from newsroom.database.prepared import Prepared
from newsroom.pagecache import wear
from newsroom.templating import render

# Beside the lead two more with their pictures, then headlines.
SECONDS = 2
LATEST = 1 + SECONDS + 8
IN_BLOCK = 4


@dataclass(frozen=True)
class Block:
    """A section and its newest stories that stand nowhere else on the page."""

    section: Section
    stories: list[Edition]

    @property
    def lead(self) -> Edition | None:
        """The newest of them that has a picture and is no opinion: it comes large."""
        return next(filter(is_pictured, self.stories), None)

    @property
    def others(self) -> list[Edition]:
        """The rest, the newest first."""
        return [story for story in self.stories if story is not self.lead]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page, in three queries."""
    at = clock.now()
    latest = _LATEST(at=at)
    shown = {story.pk for story in latest}
    sections = _SECTIONS(at=at)
    chosen = {
        section: [story for story in section.newest if story not in shown][:IN_BLOCK]  # type: ignore[attr-defined]  # annotated
        for section in sections
        if section.parent_id is None
    }
    wanted = [story for stories in chosen.values() for story in stories]
    found = {story.pk: story for story in _STORIES(stories=wanted, at=at)} if wanted else {}
    blocks = [
        Block(section, [found[pk] for pk in stories if pk in found and found[pk].root_section_id == section.pk])
        for section, stories in chosen.items()
    ]
    lead = lead_of(latest)
    # Beside each other only what has a picture, so that none stands next to a hole.
    seconds = [story for story in latest if is_pictured(story) and story is not lead][:SECONDS]
    seconds = seconds if len(seconds) == SECONDS else []
    plain = [story for story in latest if story is not lead and story not in seconds]
    pictured = [*([lead] if lead else []), *seconds, *(story for block in blocks for story in block.stories)]
    wear(request, cache_keys.front(pictured, plain))
    context = {
        "head": metadata.front(),
        "navigation": Navigation(sections),
        "lead": lead,
        "seconds": seconds,
        "latest": plain,
        "blocks": [block for block in blocks if block.stories],
    }
    return render(request, "articles/front.html", context)


def _sections(*, at: datetime) -> QuerySet[Section]:
    # As many more as the latest may have taken away.
    newest = newest_from(Edition.objects.live(at=at), OuterRef("pk")).values("pk")[: IN_BLOCK + LATEST]
    return Section.objects.annotate(newest=ArraySubquery(newest))


_LATEST = Prepared(lambda *, at: teasers(Edition.objects.live(at=at)).newest_first()[:LATEST])
_SECTIONS = Prepared(_sections)
_STORIES = Prepared(lambda *, stories, at: teasers(Edition.objects.live(at=at).filter(pk__in=stories)))


def lead_of(latest: Iterable[Edition]) -> Edition | None:
    """The newest story that is no opinion and has a picture, else the newest of all; None without stories."""
    stories = list(latest)
    return next(filter(is_pictured, stories), stories[0] if stories else None)


def is_pictured(story: Edition) -> bool:
    """Whether a story can come large: it has a picture, and is no opinion."""
    return story.photo_id is not None and story.kind != Kind.OPINION
