"""The archive: the months that have stories, and the stories of each, in the newsroom's zone."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import listing, metadata
from articles.archive import Month, months, newer_month, older_month
from articles.models import Edition
from articles.views.requests import cursor
from newsroom import clock


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months that have a live story, by year."""
    found = months(at=clock.now())
    years = [(year, list(group)) for year, group in groupby(found, key=lambda month: month.year)]
    return render(request, "articles/archive.html", {"head": metadata.archive(), "years": years})


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One page of a month's stories; a month without one is not found."""
    after = cursor(request)
    at = clock.now()
    try:
        chosen = Month(year, month)
        where = chosen.published_in
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    page = listing.page(Edition.objects.live(at=at).filter(where), after=after)
    if not page.stories:
        raise Http404
    name = date_format(chosen.first_day, "F Y")
    context = {
        "head": metadata.archive_month(chosen, name, after=after),
        "name": name,
        "page": page,
        "older_month": older_month(chosen, at=at),
        "newer_month": newer_month(chosen, at=at),
    }
    return render(request, "articles/archive_month.html", context)
