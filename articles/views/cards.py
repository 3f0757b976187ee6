"""Cards, drawn when they are asked for. An address names what it shows, so that caches may keep it for ever."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import bylines, cache_keys, cards
from articles.models import Edition
from newsroom import clock
from newsroom.cards import Card, draw
from newsroom.pagecache import wear


@require_safe
def newspaper(request: HttpRequest, digest: str) -> HttpResponse:
    """The newspaper's card, which settings alone make."""
    wear(request, {cache_keys.SITE})
    return _drawn(cards.of_newspaper(), digest)


@require_safe
def story(request: HttpRequest, story: int, digest: str) -> HttpResponse:
    """The card of a story that is live, in two queries; 404 for every other, and for what a card no longer shows."""
    live = Edition.objects.live(at=clock.now()).filter(article=story)
    edition = live.select_related("section", "root_section").defer("search_vector").first()
    if edition is None:
        raise Http404
    people = bylines.writers(bylines.credits_of(edition.bylines.select_related("author")))
    wear(request, cache_keys.card(edition, people))
    return _drawn(cards.of_story(edition, writers=people), digest)


def _drawn(card: Card, digest: str) -> HttpResponse:
    # Nothing is drawn but what a page of ours leads to.
    if not card.is_writable or digest != card.digest:
        raise Http404
    response = HttpResponse(draw(card), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
