"""Editions: a revision, live for a period. The only thing that readers see, written only by `articles.publishing`."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.constraints import Deferrable
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles.folding import folded, week_of, words_of_headline
from articles.models.article import Article, Byline, Kind
from articles.models.photo import Photo
from articles.models.revision import Revision
from articles.models.section import Section
from articles.querysets import EditionQuerySet
from authors.models import Author

# [live_from, live_until): a `live_until` of NULL is open.
PERIOD = models.Func(
    "live_from", "live_until", RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField()
)


class Change(models.TextChoices):
    """What an edition changes for readers. Only substantive changes and corrections move “Updated”."""

    FIRST = "first", gettext_lazy("First publication")
    MINOR = "minor", gettext_lazy("Minor change")
    SUBSTANTIVE = "substantive", gettext_lazy("Substantive update")
    CORRECTION = "correction", gettext_lazy("Correction")


class Edition(models.Model):
    """One revision of one story, for the instants in [live_from, live_until).

    Besides the period it carries what lists need, copied at pinning and never edited apart from it.
    `updated_at` is empty until a substantive change or a correction has gone live.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="editions")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)
    retired = models.BooleanField(default=False)
    path = models.CharField(max_length=300)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="editions")
    root_section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    change = models.CharField(max_length=12, choices=Change)
    kind = models.CharField(max_length=12, choices=Kind)
    kicker = models.CharField(max_length=60, blank=True)
    headline = models.CharField(max_length=200)
    list_headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    teaser = models.CharField(max_length=120, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="editions")
    is_syndicated = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True, default="", db_default="")
    # Those of the body, counted at pinning; empty where that was before they were kept. No PositiveIntegerField: to add
    # its condition PostgreSQL reads the whole table, and readers wait.
    words = models.IntegerField(null=True)
    search_vector = SearchVectorField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-first_published_at", "-article_id", "-live_from")
        constraints = (
            ExclusionConstraint(
                name="edition_one_at_a_time",
                expressions=[
                    ("article", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="edition_path_belongs_to_one_story",
                # Not the bare column: for “the editions of this story” PostgreSQL would read this index, whose first
                # part is the path, instead of the story's own, and take a thousand times as long.
                expressions=[("path", RangeOperators.EQUAL), (models.F("article") + 0, RangeOperators.NOT_EQUAL)],
            ),
            models.CheckConstraint(
                name="edition_ends_after_it_begins",
                condition=models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            ),
            models.CheckConstraint(
                name="edition_begins_no_earlier_than_the_story",
                condition=models.Q(live_from__gte=models.F("first_published_at")),
            ),
            models.CheckConstraint(
                name="edition_updated_after_first_publication",
                condition=models.Q(updated_at=None) | models.Q(updated_at__gte=models.F("first_published_at")),
            ),
            models.CheckConstraint(
                name="edition_retired_only_when_over",
                condition=models.Q(retired=False) | models.Q(live_until__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_path_is_a_path",
                condition=models.Q(path__startswith="/") & models.Q(path__endswith="/"),
            ),
        )
        indexes = (
            models.Index(
                fields=("-first_published_at", "-article"),
                condition=models.Q(retired=False),
                name="edition_newest_first",
            ),
            models.Index(
                fields=("section", "-first_published_at", "-article"),
                condition=models.Q(retired=False),
                name="edition_by_section",
            ),
            models.Index(
                fields=("root_section", "-first_published_at", "-article"),
                condition=models.Q(retired=False),
                name="edition_by_root_section",
            ),
            # Pattern operators serve both equality and the prefix search that finds a free path, in any collation.
            models.Index(fields=("path",), opclasses=["varchar_pattern_ops"], name="edition_by_path"),
            models.Index(fields=("live_from",), name="edition_by_start"),
            models.Index(fields=("live_until",), condition=models.Q(live_until__isnull=False), name="edition_by_end"),
            # One index, so that PostgreSQL asks it for words and weeks at once and never for weeks alone: a search
            # that goes back only so far then reads nothing older of a common word. What is published goes into it at
            # once: left for later, as GIN does unless told, each search would read through it several times.
            GinIndex(
                models.F("search_vector"),
                words_of_headline("search_vector"),
                week_of("first_published_at"),
                condition=models.Q(retired=False),
                name="edition_words",
                fastupdate=False,
            ),
            GinIndex(
                OpClass(folded("headline"), name="gin_trgm_ops"),
                condition=models.Q(retired=False),
                name="edition_by_part_of_headline",
                fastupdate=False,
            ),
            # Few stories are of another language, so that which languages there are costs nothing to ask.
            models.Index(
                fields=("language",),
                condition=models.Q(retired=False) & ~models.Q(language=""),
                name="edition_by_other_language",
            ),
        )

    def __str__(self) -> str:
        return f"{self.headline} ({self.live_from:%Y-%m-%d %H:%M} UTC)"

    def get_absolute_url(self) -> str:
        """The address at which this edition was, is or will be read."""
        return self.path


class EditionByline(models.Model):
    """Who signs an edition: for bylines and for an author's list of stories."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="edition_bylines")
    role = models.CharField(max_length=24, choices=Byline.Role)
    position = models.PositiveSmallIntegerField()
    first_published_at = models.DateTimeField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(name="edition_byline_once_for_each_role", fields=("edition", "author", "role")),
        )
        indexes = (
            models.Index(
                fields=("author", "-first_published_at", "-edition"),
                condition=models.Q(retired=False),
                name="edition_byline_newest_first",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.author}"


class EditionTag(models.Model):
    """A tag of an edition, for readers' lists. The desk's own tags hang on the Article."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="edition_tags")
    first_published_at = models.DateTimeField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(name="edition_tag_once", fields=("edition", "tag")),)
        indexes = (
            models.Index(
                fields=("tag", "-first_published_at", "-edition"),
                condition=models.Q(retired=False),
                name="edition_tag_newest_first",
            ),
        )

    def __str__(self) -> str:
        return str(self.tag)
