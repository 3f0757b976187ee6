"""A story's page, through the gate: what an address answers is `resolve`'s to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import bodies, bylines, cache_keys, corrections, metadata, navigation, onward, related
from articles.listing import teasers
from articles.models import Edition, EditionByline, EditionTag
from newsroom import clock, languages, length, plaintext, richtext
from newsroom.database.prepared import Prepared
from newsroom.newspaper import newspaper
from newsroom.pagecache import wear
from newsroom.templating import render

if TYPE_CHECKING:
    from articles.content import Content
    from articles.querysets import EditionQuerySet

# From so many words and subheads on a piece has a table of contents.
LONG = 900
WORTH_A_TABLE = 3

# After a year the page says how old its story is.
YEAR = timedelta(days=365.25)


@require_safe
def story(request: HttpRequest, **segments: Any) -> HttpResponse:
    """The story at this address: shown, redirected to, gone, or not found."""
    at = clock.now()
    answer = Edition.objects.resolve(request.path_info, at=at, live=_AT_PATH)
    if answer.status == 301 and answer.location is not None:
        return HttpResponsePermanentRedirect(answer.location)
    if answer.status == 410:
        context = {"head": metadata.notice(_("This story has been withdrawn"))}
        return render(request, "newsroom/410.html", context, status=410)
    if answer.edition is None:
        raise Http404
    page = page_of(answer.edition, at=at)
    page["navigation"] = navigation.read(answer.edition.section_list)  # type: ignore[attr-defined]  # annotated
    birthday = answer.edition.first_published_at + (page["years_old"] + 1) * YEAR
    wear(request, cache_keys.story(page), loosely=cache_keys.filled_in(page), not_after=birthday)
    return render(request, "articles/story.html", page)


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
        .annotate(
            tag_list=ArraySubquery(tags),
            correction_list=ArraySubquery(corrections.rows(at=at)),
            signature_list=ArraySubquery(bylines.rows()),
        )
    )


_AT_PATH = Prepared(
    lambda *, path, at: for_a_page(Edition.objects.at(path, at=at), at=at).annotate(
        section_list=ArraySubquery(navigation.rows())
    )
)
_OTHERS = Prepared(
    lambda *, articles, at: teasers(
        Edition.objects.live(at=at).filter(article__in=articles), people=False, pictures=False
    )
)


def page_of(edition: Edition, *, at: datetime, signed: Iterable[EditionByline] | None = None) -> dict[str, Any]:
    """The context of a story's page, for an edition from `for_a_page`; previews, unsaved, bring who signed them."""
    content = cast("Content", edition.revision.content)
    named = bylines.credits_of(bylines.read(edition.signature_list) if signed is None else signed)  # type: ignore[attr-defined]  # annotated
    tags: list[dict[str, Any]] = edition.tag_list  # type: ignore[attr-defined]  # annotated
    noted = corrections.notes(edition.correction_list)  # type: ignore[attr-defined]  # annotated
    needed = bodies.needed([edition.revision.body])
    # The picks and the stories that the body links to: one query for both.
    others = {*content["related"], *needed.articles}
    found = {one.article_id: one for one in _OTHERS(articles=sorted(others), at=at)} if others else {}
    picks = [found[pick] for pick in content["related"] if pick in found and pick != edition.article_id]
    shown = related.related(
        edition,
        picks=picks,
        tags=[tag["id"] for tag in tags],
        authors=[author.pk for author in bylines.contributors(named)],
        at=at,
    )
    words = edition.words
    if words is None:
        words = length.words(plaintext.from_html(edition.revision.body))
    return {
        "head": metadata.story(edition, named=named, tags=tags, corrections=noted, words=words),
        "story": edition,
        "content": content,
        "direction": direction_of(edition),
        "credits": named,
        "people": bylines.contributors(named),
        "tags": tags,
        "corrections": noted,
        "corrections_above": any(note.is_above for note in noted),
        "corrections_below": any(not note.is_above for note in noted),
        "minutes": length.minutes(words),
        "years_old": (at - edition.first_published_at) // YEAR,
        "contents": contents_of(edition.revision.body, words=words),
        "body": bodies.expand(
            edition.revision.body, photos=bodies.photos(needed.photos), stories=found, place=content["dateline"]
        ),
        "needed": needed,
        "related": shown,
        "filled": shown[len(picks) :],
        "onward": onward.onward(edition, shown={one.article_id for one in shown}, at=at),
    }


def contents_of(body: str, *, words: int) -> list[richtext.Subhead]:
    """The table of contents of a piece that is long enough to need one; empty for every other."""
    subheads = richtext.subheads(body) if words >= LONG else []
    return subheads if len(subheads) >= WORTH_A_TABLE else []


def direction_of(edition: Edition) -> str:
    """The direction of a story's writing ("ltr", "rtl") where it is not the page's, else nothing."""
    direction = languages.language(edition.language or settings.LANGUAGE_CODE).direction
    return direction if direction != newspaper().direction else ""
