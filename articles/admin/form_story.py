"""The story as its form needs it: one row that brings along what the form and its panel would otherwise ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject
from taggit.models import Tag

from articles import checklist, corrections
from articles.models import Article, Byline, Edition, Photo, RelatedArticle
from authors.models import Author

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import ModelChoiceField

    from articles.querysets import ArticleQuerySet


def for_the_form(articles: ArticleQuerySet) -> QuerySet[Article]:
    """Stories with their head revision (without its texts), picture, tags, notes, and whether they have editions."""
    # In one filter: of the story's own rows, not of all stories that have its tags.
    tags = Tag.objects.filter(
        taggit_taggeditem_items__object_id=OuterRef("pk"),
        taggit_taggeditem_items__content_type__app_label="articles",
        taggit_taggeditem_items__content_type__model="article",
    )
    named = tags.order_by("name").values(data=JSONObject(id=F("pk"), name=F("name")))
    signed = Byline.objects.filter(article=OuterRef("pk")).order_by("position", "pk")
    picked = RelatedArticle.objects.filter(article=OuterRef("pk")).order_by("position", "pk")
    author = JSONObject(id=F("author_id"), name=F("author__name"), title=F("author__role"), role=F("role"))
    return (
        checklist.with_open_blocks(corrections.with_standing(articles))
        .select_related("head_revision", "lead_photo", "section__parent", "assignee")
        .defer("head_revision__body", "head_revision__content")
        .annotate(
            tag_rows=ArraySubquery(named),
            signed_rows=ArraySubquery(signed.values(data=author)),
            picked_rows=ArraySubquery(
                picked.values(data=JSONObject(id=F("related_id"), headline=F("related__headline")))
            ),
            has_editions=Exists(Edition.objects.filter(article=OuterRef("pk"))),
        )
    )


def tags_of(story: Article) -> dict[str, int]:
    """A story's tags, by name; 1 query where the row did not bring them."""
    rows = getattr(story, "tag_rows", None)
    if rows is None:
        return dict(story.tags.values_list("name", "pk"))
    return {row["name"]: row["id"] for row in rows}


def signed_by(story: Article) -> list[tuple[Author, str]]:
    """Who signs a story, in order, with their roles; 1 query where the row did not bring them."""
    rows = getattr(story, "signed_rows", None)
    if rows is None:
        return [(each.author, each.role) for each in story.bylines.select_related("author")]
    return [(Author(pk=row["id"], name=row["name"], role=row["title"]), row["role"]) for row in rows]


def picked_for(story: Article) -> list[Article]:
    """The picked related stories in order, with their headlines; 1 query where the row did not bring them."""
    rows = getattr(story, "picked_rows", None)
    if rows is None:
        picks = story.related_picks.select_related("related").only("related__headline", "article", "position")
        return [pick.related for pick in picks]
    return [Article(pk=row["id"], headline=row["headline"]) for row in rows]


def has_editions(story: Article) -> bool:
    """Whether the story was ever published or scheduled; 1 query where the row does not say."""
    known: bool | None = getattr(story, "has_editions", None)
    return story.editions.exists() if known is None else known


def photo_at_hand(story: Article, number: int | None) -> Photo | None:
    """The story's picture, if it is that one and was read with the story."""
    is_read = "lead_photo" in story._state.fields_cache
    return story.lead_photo if number is not None and number == story.lead_photo_id and is_read else None


def show_alone(field: ModelChoiceField[Any] | Any, chosen: Any) -> None:
    """Let a field that this person may not change offer what is chosen and nothing else, which needs no query."""
    field.choices = [(chosen.pk, field.label_from_instance(chosen))] if chosen else [("", str(field.empty_label or ""))]


def share_choices(*fields: ModelChoiceField[Any] | Any) -> None:
    """Let several fields that offer the same rows read them once; the first one's rows are everybody's."""
    rows: list[tuple[Any, str]] | None = None
    for field in fields:
        if rows is None:
            rows = [(field.prepare_value(each), field.label_from_instance(each)) for each in field.queryset or ()]
        empty: Iterable[tuple[str, str]] = [("", str(field.empty_label))] if field.empty_label is not None else []
        field.choices = [*empty, *rows]
