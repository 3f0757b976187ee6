"""Authors and their stories. An author without a live story does not exist for readers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import cache_keys, directory, listing, metadata
from articles.views.requests import PLACE, cursor, moved
from authors.models import Author
from newsroom import clock
from newsroom.pagecache import wear
from newsroom.templating import render


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """Everybody who signs a live story, by name."""
    everybody = directory.public_authors(at=clock.now()).order_by("name", "pk")
    wear(request, {cache_keys.NAVIGATION, cache_keys.AUTHORS})
    context = {"head": metadata.authors(), "authors": everybody}
    return render(request, "authors/authors.html", context)


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and one page of their stories; a former address redirects."""
    after = cursor(request)
    at = clock.now()
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        former = directory.former_author(slug, at=at)
        return moved(former.get_absolute_url() if former else None)
    page = listing.OF_AUTHOR.page(author=found.pk, after=after, at=at)
    if not page.stories:
        raise Http404
    wear(request, cache_keys.author(found, page, after=after, at=at), parameters=PLACE)
    context = {"head": metadata.author(found, after=after), "author": found, "page": page}
    return render(request, "authors/author.html", context)
