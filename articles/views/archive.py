"""The archive: the months that have stories, and the stories of each, in the newsroom's zone."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import cache_keys, listing, metadata
from articles.archive import Month, months, newer_month, older_month
from articles.views.requests import PLACE, cursor
from newsroom import clock
from newsroom.pagecache import wear
from newsroom.templating import render

STORIES = listing.Listing(lambda *, begins, ends: Q(first_published_at__gte=begins, first_published_at__lt=ends))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months that have a live story, by year."""
    found = months(at=clock.now())
    wear(request, {cache_keys.NAVIGATION, cache_keys.ARCHIVE})
    years = [(year, list(group)) for year, group in groupby(found, key=lambda month: month.year)]
    return render(request, "articles/archive.html", {"head": metadata.archive(), "years": years})


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One page of a month's stories; a month without one is not found."""
    after = cursor(request)
    at = clock.now()
    try:
        chosen = Month(year, month)
        begins, ends = chosen.begins, chosen.ends
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    page = STORIES.page(begins=begins, ends=ends, after=after, at=at)
    if not page.stories:
        raise Http404
    name = date_format(chosen.first_day, "F Y")
    older, newer = older_month(chosen, at=at), newer_month(chosen, at=at)
    wear(request, cache_keys.month(chosen, page, older=older, newer=newer), parameters=PLACE)
    context = {
        "head": metadata.archive_month(chosen, name, after=after),
        "name": name,
        "page": page,
        "older_month": older,
        "newer_month": newer,
    }
    return render(request, "articles/archive_month.html", context)
