"""A text in the readers' own template before readers see it: for the desk's preview and for preview links.

The page says nothing to machines: no canonical address, no structured data, not indexed. Nothing here is saved.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from csp.constants import NONE, SELF
from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles import corrections
from articles.models import Article, Edition, EditionByline, Revision, Section
from articles.pinning import edition_of
from articles.views.stories import page_of
from authors.models import Author
from newsroom.security import READER_POLICY
from newsroom.templating import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from articles.content import Content

# A reader's page that the desk, and nobody else, may show in a frame.
FRAMED_POLICY = READER_POLICY | {"frame-ancestors": [SELF], "form-action": [NONE]}


def page(
    request: HttpRequest,
    revision: Revision,
    article: Article | None,
    *,
    at: datetime,
    new_tags: Sequence[str] = (),
    notice: str = "",
) -> HttpResponse:
    """The readers' page of a revision, saved or not, as it would be at `at`; kept nowhere and indexed by nobody.

    `article` is None for a story that was never saved. `notice` is said above it.
    """
    edition = _edition(revision, article, at=at)
    content = cast("Content", revision.content)
    tags = list(Tag.objects.filter(pk__in=content["tags"]).order_by("name").values("id", "name", "slug"))
    tags += [{"id": 0, "name": name, "slug": slugify(name) or "new"} for name in new_tags]
    edition.tag_list = tags  # type: ignore[attr-defined]  # as `for_a_page` annotates
    noted = corrections.of_story(article, at=at) if article is not None else []
    edition.correction_list = noted  # type: ignore[attr-defined]
    known = Author.objects.in_bulk([author for author, _ in content["bylines"]])
    signed = [
        EditionByline(author=known[author], role=role, position=position)
        for position, (author, role) in enumerate(content["bylines"])
        if author in known
    ]
    context: dict[str, Any] = page_of(edition, at=at, signed=signed)
    context["head"] = replace(context["head"], canonical="", indexed=False, structured=(), feeds=())
    if notice:
        context["preview_notice"] = notice
    response = render(request, "articles/story.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def framed(response: HttpResponse) -> HttpResponse:
    """Let the desk, and nobody else, show a preview in a frame."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = FRAMED_POLICY  # type: ignore[attr-defined]
    return response


def _edition(revision: Revision, article: Article | None, *, at: datetime) -> Edition:
    """An edition that is not saved and never will be, with what a page asks of a saved one."""
    edition = edition_of(revision)
    live = article.editions.live(at=at).first() if article is not None else None
    edition.live_from = at
    edition.first_published_at = live.first_published_at if live else at
    edition.updated_at = live.updated_at if live else None
    edition.path = live.path if live else "/"
    if cast("Content", revision.content)["section"] is None:
        edition.section = edition.root_section = Section(
            name=_("No section yet"), slug="no-section-yet", related_count=6
        )
    return edition
