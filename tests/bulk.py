"""An archive of any size in a second or two: rows as the verbs would leave them, made in bulk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from taggit.models import Tag

from articles.models import Article, Change, Edition, EditionByline, EditionTag, Revision, Section
from authors.models import Author
from tests.factories import NOON, managing_editor

if TYPE_CHECKING:
    from django.db.models.expressions import CombinedExpression

BODY = '<p>The first paragraph of many.</p><h2 id="h-why">Why</h2><p>The second.</p>'


def archive_of(
    count: int,
    *,
    sections: Sequence[Section],
    authors: Sequence[Author],
    tags: Sequence[Tag],
    newest: datetime = NOON - timedelta(minutes=1),
    apart: timedelta = timedelta(minutes=17),
    texts: Callable[[int], tuple[str, str]] = lambda number: (f"Story {number} of the archive", BODY),
    search_vector: Callable[[str, int], CombinedExpression] | None = None,
) -> list[Edition]:
    """Publish `count` stories, one every `apart` back from `newest`; all things are dealt out in turn.

    `texts` gives each story its headline and body, `search_vector` what search has of it, by headline and number.
    """
    by = managing_editor()
    times = [newest - apart * number for number in range(count)]
    articles = Article.objects.bulk_create(
        Article(
            headline=headline,
            section=sections[number % len(sections)],
            body=body,
            created_by=by,
            created_at=at,
            saved_at=at,
        )
        for number, (at, (headline, body)) in enumerate(zip(times, map(texts, range(count)), strict=True))
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            content=_content(article),
            body=article.body,
            digest=str(number),
            created_by=by,
            created_at=at,
        )
        for number, (article, at) in enumerate(zip(articles, times, strict=True))
    )
    editions = Edition.objects.bulk_create(
        Edition(
            article=article,
            revision=revision,
            live_from=at,
            path=f"/{article.section.slug}/{at:%Y/%m/%d}/story-{article.pk}/",
            section=article.section,
            root_section_id=article.section.root_id,
            first_published_at=at,
            change=Change.FIRST,
            kind="news",
            headline=article.headline,
            list_headline=article.headline,
            teaser="What happened, and why.",
            search_vector=search_vector(article.headline, number) if search_vector else None,
            created_by=by,
            created_at=at,
        )
        for number, (article, revision, at) in enumerate(zip(articles, revisions, times, strict=True))
    )
    EditionByline.objects.bulk_create(
        EditionByline(
            edition=edition,
            author=authors[number % len(authors)],
            role="by",
            position=0,
            first_published_at=edition.first_published_at,
        )
        for number, edition in enumerate(editions)
    )
    EditionTag.objects.bulk_create(
        EditionTag(edition=edition, tag=tag, first_published_at=edition.first_published_at)
        for number, edition in enumerate(editions)
        for tag in ({tags[number % len(tags)], tags[number // 7 % len(tags)]} if tags else ())
    )
    return editions


def _content(article: Article) -> dict[str, object]:
    texts = dict.fromkeys(
        (
            "kicker",
            "short_headline",
            "standfirst",
            "teaser",
            "dateline",
            "seo_title",
            "seo_description",
            "social_title",
            "canonical_url",
            "source_name",
            "language",
            "disclosure",
            "lead_photo_caption",
            "lead_photo_alt",
        ),
        "",
    )
    return {
        **texts,
        "kind": "news",
        "headline": article.headline,
        "section": article.section_id,
        "lead_photo": None,
        "bylines": [],
        "tags": [],
        "related": [],
    }
