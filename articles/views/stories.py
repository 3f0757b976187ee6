"""A story's page, through the gate: what an address answers is `resolve`'s to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import bodies, bylines, corrections, metadata, related
from articles.listing import teasers
from articles.models import Edition, EditionByline, EditionTag
from newsroom import clock

if TYPE_CHECKING:
    from articles.content import Content
    from articles.querysets import EditionQuerySet


@require_safe
def story(request: HttpRequest, **_: Any) -> HttpResponse:
    """The story at this address: shown, redirected to, gone, or not found."""
    at = clock.now()
    answer = for_a_page(Edition.objects.all(), at=at).resolve(request.path_info, at=at)
    if answer.status == 301 and answer.location is not None:
        return HttpResponsePermanentRedirect(answer.location)
    if answer.status == 410:
        context = {"head": metadata.notice("This story has been withdrawn")}
        return render(request, "newsroom/410.html", context, status=410)
    if answer.edition is None:
        raise Http404
    return render(request, "articles/story.html", page_of(answer.edition, at=at))


def for_a_page(editions: EditionQuerySet, *, at: datetime) -> EditionQuerySet:
    """With everything of a story's page that one row can carry, its tags and corrections until `at` included."""
    tags = (
        EditionTag.objects.filter(edition=OuterRef("pk"))
        .order_by("tag__name")
        .values(data=JSONObject(id=F("tag_id"), name=F("tag__name"), slug=F("tag__slug")))
    )
    return (
        editions.select_related("revision", "section__parent", "root_section", "photo")
        .defer("search_vector")
        .annotate(tag_list=ArraySubquery(tags), correction_list=ArraySubquery(corrections.rows(at=at)))
    )


def page_of(edition: Edition, *, at: datetime, signed: Iterable[EditionByline] | None = None) -> dict[str, Any]:
    """The context of a story's page, for an edition from `for_a_page`; previews, unsaved, bring who signed them."""
    content = cast("Content", edition.revision.content)
    named = bylines.credits_of(edition.bylines.select_related("author") if signed is None else signed)
    tags: list[dict[str, Any]] = edition.tag_list  # type: ignore[attr-defined]  # annotated
    noted = corrections.notes(edition.correction_list)  # type: ignore[attr-defined]  # annotated
    needed = bodies.needed([edition.revision.body])
    # The picks and the stories that the body links to: one query for both.
    others = {*content["related"], *needed.articles}
    found = (
        {one.article_id: one for one in teasers(Edition.objects.live(at=at).filter(article__in=others))}
        if others
        else {}
    )
    picks = [found[pick] for pick in content["related"] if pick in found and pick != edition.article_id]
    return {
        "head": metadata.story(edition, named=named, tags=tags, corrections=noted),
        "story": edition,
        "content": content,
        "credits": named,
        "people": bylines.contributors(named),
        "tags": tags,
        "corrections": noted,
        "corrections_above": any(note.is_above for note in noted),
        "corrections_below": any(not note.is_above for note in noted),
        "body": bodies.expand(edition.revision.body, photos=bodies.photos(needed.photos), stories=found),
        "related": related.related(
            edition,
            picks=picks,
            tags=[tag["id"] for tag in tags],
            authors=[author.pk for author in bylines.contributors(named)],
            at=at,
        ),
    }
