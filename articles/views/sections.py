"""A section's page: its stories, and with a parent's those of its children."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import cache_keys, directory, listing, metadata, navigation
from articles.views.requests import PLACE, cursor, moved, never_empty
from newsroom import clock
from newsroom.pagecache import wear
from newsroom.templating import render

STORIES = listing.Listing(lambda field, *, section: Q(**{field: section}))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a section's stories, in two queries; a former address redirects."""
    after, at = cursor(request), clock.now()
    sections = navigation.load()
    found = sections.find(slug)
    if found is None:
        former = directory.former_section(slug)
        return moved(former.get_absolute_url() if former else None)
    page = never_empty(STORIES.page(navigation.field_of(found), section=found.pk, after=after, at=at))
    wear(request, cache_keys.section(found, page, after=after, at=at), parameters=PLACE)
    context = {
        "head": metadata.section(found, after=after),
        "navigation": sections,
        "section": found,
        "children": sections.children(found),
        "page": page,
    }
    return render(request, "articles/section.html", context)
