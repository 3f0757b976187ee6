"""Preview: the newest saved text in the readers' own template, before readers see it. Never cached or indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from taggit.models import Tag

from articles.models import Article, Correction, EditionByline, Section
from articles.pinning import edition_of
from articles.views.stories import page_of
from authors.models import Author
from newsroom.desk import moment
from newsroom.security import READER_POLICY

if TYPE_CHECKING:
    from articles.content import Content
    from articles.models import Edition, Revision
# A reader's page that the desk, and nobody else, may show in a frame.
PREVIEW_CSP = READER_POLICY | {"frame-ancestors": [SELF], "form-action": [NONE]}


def frame_context(article: Article) -> dict[str, Any]:
    """What the desk's page around a preview needs."""
    return {
        "page_url": reverse("admin:articles_article_preview_page", args=[article.pk]),
        "revision": article.head_revision,
        "subtitle": "Preview",
    }


def frameable(response: HttpResponse) -> HttpResponse:
    """Let a page of the desk hold the frame."""
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


def page(request: HttpRequest, article: Article) -> HttpResponse:
    """The readers' page of a story's head revision."""
    revision = cast("Revision", article.head_revision)
    edition = unpublished(article, revision, request)
    signed = [
        EditionByline(author=author, role=role, position=position)
        for position, (author, role) in enumerate(_signed(revision))
    ]
    context = page_of(edition, at=moment(request), signed=signed)
    response = render(request, "articles/story.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = PREVIEW_CSP  # type: ignore[attr-defined]
    return response


def unpublished(article: Article, revision: Revision, request: HttpRequest) -> Edition:
    """An edition that is not saved and never will be, with what a page asks of a saved one."""
    at = moment(request)
    edition = edition_of(revision)
    live = article.editions.live(at=at).first()
    edition.live_from = at
    edition.first_published_at = live.first_published_at if live else at
    edition.updated_at = live.updated_at if live else None
    edition.path = live.path if live else "/"
    if cast("Content", revision.content)["section"] is None:
        edition.section = edition.root_section = Section(name="No section yet", slug="no-section-yet", related_count=6)
    content = cast("Content", revision.content)
    tags = Tag.objects.filter(pk__in=content["tags"]).order_by("name").values("id", "name", "slug")
    edition.tag_list = list(tags)  # type: ignore[attr-defined]  # as `for_a_page` annotates
    corrections = Correction.objects.filter(article=article, published_at__lte=at).order_by("published_at", "pk")
    edition.correction_list = [  # type: ignore[attr-defined]
        {"kind": each.kind, "text": each.text, "published_at": each.published_at.isoformat()} for each in corrections
    ]
    return edition


def _signed(revision: Revision) -> list[tuple[Author, str]]:
    pairs = cast("Content", revision.content)["bylines"]
    known = Author.objects.in_bulk([author for author, _ in pairs])
    return [(known[author], role) for author, role in pairs if author in known]
