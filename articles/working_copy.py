"""Putting content into a working copy: the one way in which texts come back from a revision, a merge or a buffer.

The caller holds the lock on the story's row (`deeds.deed`, or `select_for_update`), and afterwards keeps the result
with `publishing.keep`, which makes the revision and moves `lock_version`, so that forms that were opened before
cannot save over it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from django.db.models import Model
from taggit.models import Tag

from articles.content import TEXT_FIELDS, Content
from articles.models import Article, Byline, RelatedArticle

# Every part of a story that can be put back for itself: the names of a snapshot, and its body.
PARTS = (*TEXT_FIELDS, "section", "lead_photo", "bylines", "tags", "related", "body")


def apply(article: Article, content: Content, body: str, *, only: Collection[str] = PARTS) -> None:
    """Let the working copy say what `content` and `body` say, and write it, in 1 to 8 queries.

    `article` is the locked row, its fields as they stand in the database; `content` has the shape of
    `articles.content`, `body` may be a revision's (its anchors are taken off). `only` names the PARTS to take;
    everything else stays as it is, as does a part that an older snapshot does not have. Sets texts, section, picture,
    byline, tags and related stories, and nothing of workflow, slug, `saved_at` or `lock_version`: those are the
    caller's, and `publishing.keep`'s. Raises RichTextError where `body` cannot be stored.
    """
    wanted = [name for name in PARTS if name in only and (name == "body" or name in content)]
    columns = []
    for name in wanted:
        if name == "body":
            article.body = body
            columns.append(name)
        elif name in TEXT_FIELDS:
            setattr(article, name, content[name])  # type: ignore[literal-required]  # one of the texts
            columns.append(name)
        elif name in {"section", "lead_photo"}:
            setattr(article, f"{name}_id", content[name])  # type: ignore[literal-required]
            columns.append(name)
    if columns:
        article.save(update_fields=columns)
    if "bylines" in wanted:
        sign(article, [(author, role) for author, role in content["bylines"]])
    if "tags" in wanted:
        article.tags.set(Tag.objects.filter(pk__in=content["tags"]))
    if "related" in wanted:
        relate(article, content["related"])


def sign(article: Article, signed: Sequence[tuple[int, str]]) -> None:
    """Let the story be signed by these authors, by id and with their roles, in this order."""
    rows = [Byline(article=article, author_id=author, role=role) for author, role in signed]
    if list(article.bylines.values_list("author_id", "role")) != list(signed):
        _replace(article.bylines, rows)


def relate(article: Article, related: Iterable[int]) -> None:
    """Let these stories, by id and in this order, be the editor's picks."""
    wanted = list(related)
    if list(article.related_picks.values_list("related_id", flat=True)) != wanted:
        _replace(article.related_picks, [RelatedArticle(article=article, related_id=each) for each in wanted])


def _replace(relation: Any, rows: Sequence[Model]) -> None:
    """Let a story's ordered rows be exactly these."""
    relation.all().delete()
    for position, row in enumerate(rows):
        cast("Any", row).position = position
    relation.model.objects.bulk_create(rows)
