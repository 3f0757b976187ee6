"""A tag's page. A tag without a live story does not exist for readers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles import cache_keys, directory, listing, metadata
from articles.views.requests import PLACE, cursor, moved
from newsroom import clock
from newsroom.pagecache import wear
from newsroom.templating import render


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a tag's stories; a former address redirects to a tag that readers may see."""
    after = cursor(request)
    at = clock.now()
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_tag(slug, at=at)
        return moved(reverse("tag", args=[former.slug]) if former else None)
    page = listing.OF_TAG.page(tag=found.pk, after=after, at=at)
    if not page.stories:
        raise Http404
    wear(request, cache_keys.tag(found, page, after=after, at=at), parameters=PLACE)
    context = {"head": metadata.tag(found, after=after), "tag": found, "page": page}
    return render(request, "articles/tag.html", context)
