"""The front page: the lead, the latest, and a block for each section. No story stands on it twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import metadata
from articles.listing import teasers
from articles.models import Edition, Kind, Section
from articles.navigation import Navigation
from newsroom import clock

# Beside the lead two more with their pictures, then headlines.
SECONDS = 2
LATEST = 1 + SECONDS + 8
IN_BLOCK = 4


@dataclass(frozen=True)
class Block:
    """A section and its newest stories that stand nowhere else on the page."""

    section: Section
    stories: list[Edition]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page, in three queries."""
    at = clock.now()
    live = Edition.objects.live(at=at)
    latest = list(teasers(live).newest_first()[:LATEST])
    shown = {story.pk for story in latest}
    # As many more as the latest may have taken away.
    newest = live.filter(root_section=OuterRef("pk")).newest_first().values("pk")[: IN_BLOCK + LATEST]
    sections = list(Section.objects.annotate(newest=ArraySubquery(newest)))
    chosen = {
        section: [story for story in section.newest if story not in shown][:IN_BLOCK]
        for section in sections
        if section.parent_id is None
    }
    wanted = [story for stories in chosen.values() for story in stories]
    found = {story.pk: story for story in teasers(live.filter(pk__in=wanted))} if wanted else {}
    blocks = [
        Block(section, [found[story] for story in stories if story in found]) for section, stories in chosen.items()
    ]
    lead = lead_of(latest)
    others = [story for story in latest if story is not lead]
    context = {
        "head": metadata.front(),
        "navigation": Navigation(sections),
        "lead": lead,
        "seconds": others[:SECONDS],
        "latest": others[SECONDS:],
        "blocks": [block for block in blocks if block.stories],
    }
    return render(request, "articles/front.html", context)


def lead_of(latest: Iterable[Edition]) -> Edition | None:
    """The newest story that is no opinion and has a picture, else the newest of all; None without stories."""
    stories = list(latest)
    pictured = (story for story in stories if story.photo_id and story.kind != Kind.OPINION)
    return next(pictured, stories[0] if stories else None)
