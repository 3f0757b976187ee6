"""A section's page: its stories, and with a parent's those of its children."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import directory, listing, metadata, navigation
from articles.models import Edition
from articles.views.requests import cursor, moved, never_empty
from newsroom import clock


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a section's stories, in two queries; a former address redirects."""
    after = cursor(request)
    sections = navigation.load()
    found = sections.find(slug)
    if found is None:
        former = directory.former_section(slug)
        return moved(former.get_absolute_url() if former else None)
    stories = Edition.objects.live(at=clock.now()).filter(navigation.stories_of(found))
    context = {
        "head": metadata.section(found, after=after),
        "navigation": sections,
        "section": found,
        "children": sections.children(found),
        "page": never_empty(listing.page(stories, after=after)),
    }
    return render(request, "articles/section.html", context)
