"""A story's page: title, description, picture, Open Graph, structured data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from articles import bylines, cards, oembed
from articles.feeds.formats import announced
from articles.metadata.people import person
from articles.metadata.publisher import SCHEMA, organisation
from articles.metadata.trail import crumbs, steps_to
from articles.metadata.words import description, stamp, titled
from articles.models import Kind
from articles.pictures import social_image, structured_images
from newsroom import languages
from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import Head

if TYPE_CHECKING:
    from articles.bylines import Credit
    from articles.content import Content
    from articles.corrections import Note
    from articles.models import Edition

# What schema.org calls each kind; the others are news.
TYPES = {Kind.OPINION: "OpinionNewsArticle", Kind.ANALYSIS: "AnalysisNewsArticle"}


def story(
    edition: Edition,
    *,
    named: Sequence[Credit],
    tags: Sequence[dict[str, Any]],
    corrections: Sequence[Note],
    words: int,
) -> Head:
    """A story's page; section, picture and revision are loaded, tags and corrections as the page shows them.

    `words` are those of its body.
    """
    content = cast("Content", edition.revision.content)
    title = content["seo_title"] or edition.headline
    summary = description(content["seo_description"], edition.standfirst, edition.teaser)
    modified = edition.updated_at or edition.first_published_at
    properties = [
        ("article:published_time", stamp(edition.first_published_at)),
        ("article:modified_time", stamp(modified)),
        ("article:section", edition.section.name),
        *(("article:author", absolute(author.get_absolute_url())) for author in bylines.writers(named)),
        *(("article:tag", tag["name"]) for tag in tags),
    ]
    data = {
        "@context": SCHEMA,
        "@type": TYPES.get(Kind(edition.kind), "NewsArticle"),
        "mainEntityOfPage": absolute(edition.path),
        "url": absolute(edition.path),
        "headline": edition.headline,
        "description": summary,
        "datePublished": stamp(edition.first_published_at),
        "dateModified": stamp(modified),
        "publisher": organisation(),
        "articleSection": edition.section.name,
        "inLanguage": _language(edition),
        "isAccessibleForFree": True,
        "wordCount": words,
        **_people(named),
        **_texts(content),
        **_source(content),
        **_corrections(corrections),
    }
    if tags:
        data["keywords"] = [tag["name"] for tag in tags]
    image = None
    if edition.photo:
        image = social_image(edition.photo, alt=content["lead_photo_alt"] or edition.photo.alt_text)
        caption = content["lead_photo_caption"] or edition.photo.caption
        data["image"] = structured_images(edition.photo, caption=caption)
    if image is None:
        image = cards.story_image(edition, writers=bylines.writers(named))
        if image:
            data["image"] = [{"@type": "ImageObject", "url": image.url}]
    return Head(
        title=titled(title),
        social_title=content["social_title"] or title,
        description=summary,
        canonical=content["canonical_url"] or absolute(edition.path),
        kind="article",
        language=_language(edition),
        image=image,
        feeds=(
            *announced(titled(edition.section.name), address("section_feed", edition.section.slug)),
            *oembed.announced(edition.headline, edition.path),
        ),
        properties=tuple(properties),
        structured=(data, crumbs(*steps_to(edition.section), (edition.headline, edition.path))),
    )


def _language(edition: Edition) -> str:
    """The story's language as a BCP 47 tag."""
    return languages.tag(edition.language) if edition.language else newspaper().language


def _people(named: Sequence[Credit]) -> dict[str, Any]:
    """Those who wrote it, in order, and those who did something else for it."""
    writers = bylines.writers(named)
    others = [one for one in bylines.contributors(named) if one not in writers]
    people: dict[str, Any] = {"author": [person(author) for author in writers]}
    return people | {"contributor": [person(author) for author in others]} if others else people


def _texts(content: Content) -> dict[str, Any]:
    """Where it was reported from, and what ties its author to the subject."""
    texts = {"dateline": content["dateline"], "backstory": content.get("disclosure", "")}
    return {name: text for name, text in texts.items() if text}


def _source(content: Content) -> dict[str, Any]:
    """Whose story it is, where it is not the newspaper's own, and where the original stands."""
    source: dict[str, Any] = {}
    if content["source_name"]:
        source["sourceOrganization"] = {"@type": "Organization", "name": content["source_name"]}
    if content["canonical_url"]:
        source["isBasedOn"] = content["canonical_url"]
    return source


def _corrections(notes: Sequence[Note]) -> dict[str, Any]:
    """The notes that stand: what was struck out is told on the page, and by the note that strikes it."""
    standing = [note for note in notes if not note.is_struck]
    if not standing:
        return {}
    return {
        "correction": [
            {
                "@type": "CorrectionComment",
                "name": note.label,
                "text": note.sentence,
                "datePublished": stamp(note.published_at),
            }
            for note in standing
        ]
    }
