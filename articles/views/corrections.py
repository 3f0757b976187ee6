"""The public list of corrections: the newest first, a page at a time by cursor."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import cache_keys, corrections, metadata
from articles.views.requests import PLACE, cursor
from newsroom import clock
from newsroom.pagecache import wear
from newsroom.templating import render


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """One page of the list; a page beyond its end is not found."""
    after = cursor(request)
    page = corrections.page(after=after, at=clock.now())
    if not page.listed and not page.is_first:
        raise Http404
    wear(request, cache_keys.corrected(page), parameters=PLACE)
    return render(request, "articles/corrections.html", {"head": metadata.corrections(after=after), "page": page})
