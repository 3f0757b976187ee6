"""What readers may see of a story, as data: the one list of reader-facing fields, and the one shape of a snapshot."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypedDict, cast

from newsroom import plaintext, richtext

if TYPE_CHECKING:
    from articles.models import Article

TEASER_LIMIT = 120

TEXT_FIELDS = (
    "kind",
    "kicker",
    "headline",
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
)

# Texts that older revisions do not have: there, absent and empty are the same.
LATER = ("language", "disclosure")


class Content(TypedDict):
    """A story's reader-facing fields but its body: texts, and identities in their order.

    `bylines` holds [author id, role] pairs, `tags` sorted tag ids, `related` article ids.
    """

    kind: str
    kicker: str
    headline: str
    short_headline: str
    standfirst: str
    teaser: str
    dateline: str
    seo_title: str
    seo_description: str
    social_title: str
    canonical_url: str
    source_name: str
    language: str
    disclosure: str
    lead_photo_caption: str
    lead_photo_alt: str
    section: int | None
    lead_photo: int | None
    bylines: list[list[Any]]
    tags: list[int]
    related: list[int]


def snapshot(article: Article) -> Content:
    """The working copy's reader-facing fields, read from the database where they are relations (3 queries)."""
    content: dict[str, Any] = {name: getattr(article, name) for name in TEXT_FIELDS}
    content["section"] = article.section_id
    content["lead_photo"] = article.lead_photo_id
    content["bylines"] = [list(pair) for pair in article.bylines.values_list("author_id", "role")]
    content["tags"] = sorted(article.tags.values_list("pk", flat=True))
    content["related"] = list(article.related_picks.values_list("related_id", flat=True))
    return cast("Content", content)


def digest(content: Content, body: str) -> str:
    """SHA-256 (hex) of a snapshot and its body; equal for equal content, whatever the order of keys."""
    said = {name: value for name, value in content.items() if value or name not in LATER}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False)
    # Anchors are added when a revision is kept, so they do not count as a change.
    return hashlib.sha256(f"{canonical}\0{richtext.clean(body)}".encode()).hexdigest()


def list_headline(content: Content) -> str:
    """The headline for fronts and lists."""
    return content["short_headline"] or content["headline"]


def teaser(content: Content, body: str) -> str:
    """At most 120 characters of plain text: the editor's own, else from the standfirst, else from the body."""
    text = content["teaser"] or content["standfirst"] or plaintext.from_html(body)
    return plaintext.shorten(text, TEASER_LIMIT)
