"""Pinning: what an edition copies from its revision, in one place, for publication, merging and preview alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from articles import content as contents
from articles import search
from articles.content import Content
from articles.models import Edition, EditionByline, EditionTag, Revision, Section
from authors.models import Author
from newsroom import length, plaintext

if TYPE_CHECKING:
    from django.db.models.expressions import CombinedExpression


def edition_of(revision: Revision) -> Edition:
    """An unsaved edition that carries what lists and pages need of `revision`, for saving or for a preview."""
    content = cast("Content", revision.content)
    edition = Edition(
        article_id=revision.article_id,
        revision=revision,
        kind=content["kind"],
        kicker=content["kicker"],
        headline=content["headline"],
        list_headline=contents.list_headline(content),
        standfirst=content["standfirst"],
        teaser=contents.teaser(content, revision.body),
        photo_id=content["lead_photo"],
        is_syndicated=bool(content["canonical_url"]),
        language=content.get("language", ""),
        words=length.words(plaintext.from_html(revision.body)),
    )
    if content["section"] is not None:
        section = Section.objects.get(pk=content["section"])
        edition.section, edition.root_section_id = section, section.root_id
    return edition


def repin(edition: Edition, revision: Revision) -> None:
    """Let an unsaved or scheduled edition carry `revision`: copied fields, search vector, bylines and tags; save it."""
    fresh = edition_of(revision)
    copied = (
        "revision",
        "kind",
        "kicker",
        "headline",
        "list_headline",
        "standfirst",
        "teaser",
        "is_syndicated",
        "language",
        "words",
    )
    for name in (*copied, "photo_id", "section_id", "root_section_id"):
        setattr(edition, name, getattr(fresh, name))
    content = cast("Content", revision.content)
    signing = [author for author, _ in content["bylines"]]
    names = dict(Author.objects.filter(pk__in=signing).values_list("pk", "name"))
    edition.search_vector = search_vector(content, revision.body, names)
    edition.save()
    edition.bylines.all().delete()
    edition.edition_tags.all().delete()
    EditionByline.objects.bulk_create(
        EditionByline(
            edition=edition,
            author_id=author,
            role=role,
            position=position,
            first_published_at=edition.first_published_at,
        )
        for position, (author, role) in enumerate(content["bylines"])
    )
    EditionTag.objects.bulk_create(
        EditionTag(edition=edition, tag_id=tag, first_published_at=edition.first_published_at)
        for tag in content["tags"]
    )


def search_vector(content: Content, body: str, names: Mapping[int, str]) -> CombinedExpression:
    """What search has of a text, in the text's own language. `names` has those of its authors, by id."""
    signed = (names[author] for author in dict.fromkeys(author for author, _ in content["bylines"]) if author in names)
    return search.vector(
        headline=f"{content['headline']} {content['short_headline']}",
        summary=" ".join([content["kicker"], content["standfirst"], *signed]),
        body=body,
        language=content.get("language", ""),
    )


def move_first_publication(edition: Edition, first_published_at: datetime) -> None:
    """Set the instant by which an edition and its rows in authors' and tags' lists are ordered; saves only the rows."""
    edition.first_published_at = first_published_at
    edition.bylines.update(first_published_at=first_published_at)
    edition.edition_tags.update(first_published_at=first_published_at)


def retire_past(article_id: int, *, before: datetime) -> None:
    """Mark the story's editions that ended before `before` as retired, so that partial indexes stay small."""
    over = Edition.objects.filter(article_id=article_id, retired=False, live_until__lte=before)
    ids = list(over.values_list("pk", flat=True))
    if ids:
        Edition.objects.filter(pk__in=ids).update(retired=True)
        EditionByline.objects.filter(edition__in=ids).update(retired=True)
        EditionTag.objects.filter(edition__in=ids).update(retired=True)
