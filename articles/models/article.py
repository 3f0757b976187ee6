"""The working copy: what writers edit, before and after publication. No reader ever sees a row of this file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager

from articles.folding import folded
from articles.models.photo import Photo
from articles.models.section import Section
from articles.querysets import ArticleQuerySet
from authors.models import Author
from newsroom import languages
from newsroom.richtext import RichTextField


class WebAddressField(models.URLField[str, str]):
    """An address on the web, https where nothing is said; to migrations an URLField."""

    def formfield(self, **kwargs: Any) -> Any:
        """The form field, which completes “example.org/story” with https."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As django.db.models.URLField."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


class Kind(models.TextChoices):
    """What sort of piece it is. Opinion is labelled, visibly and for machines."""

    NEWS = "news", gettext_lazy("News")
    ANALYSIS = "analysis", gettext_lazy("Analysis")
    FEATURE = "feature", gettext_lazy("Feature")
    INTERVIEW = "interview", gettext_lazy("Interview")
    OPINION = "opinion", gettext_lazy("Opinion")


class Stage(models.TextChoices):
    """How far the working copy is. Whether readers see anything is not said here but by its editions."""

    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in_review", gettext_lazy("In review")
    READY = "ready", gettext_lazy("Ready")


class Article(models.Model):
    """A story as the newsroom works on it."""

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NEWS)
    kicker = models.CharField(max_length=60, blank=True, help_text=gettext_lazy("A word or two above the headline."))
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(
        max_length=500, blank=True, help_text=gettext_lazy("One or two sentences under the headline.")
    )
    body = RichTextField(blank=True)
    dateline = models.CharField(
        max_length=80, blank=True, help_text=gettext_lazy("Where it was reported from, e.g. “Northmere”.")
    )

    short_headline = models.CharField(
        max_length=100, blank=True, help_text=gettext_lazy("For fronts and lists. Empty: the headline.")
    )
    teaser = models.CharField(
        max_length=120,
        blank=True,
        help_text=gettext_lazy("For lists. Empty: the standfirst, else the first words, cut at 120."),
    )
    seo_title = models.CharField(
        gettext_lazy("search title"), max_length=120, blank=True, help_text=gettext_lazy("Empty: the headline.")
    )
    seo_description = models.CharField(
        gettext_lazy("search description"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Empty: the standfirst, else the teaser."),
    )
    social_title = models.CharField(max_length=120, blank=True, help_text=gettext_lazy("Empty: the search title."))
    canonical_url = WebAddressField(
        gettext_lazy("first published at"),
        blank=True,
        help_text=gettext_lazy("Address of the original, for a syndicated story. Empty: ours."),
    )
    source_name = models.CharField(
        gettext_lazy("source"), max_length=120, blank=True, help_text=gettext_lazy("Who wrote a syndicated story.")
    )
    disclosure = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("What ties the author to the subject. Readers see it under the byline."),
    )
    language = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("Where it is not the newsroom’s own."),
    )
    slug = models.SlugField(
        max_length=80,
        blank=True,
        help_text=gettext_lazy(
            "Last part of the address. Empty: from the headline. Frozen once the story has been published."
        ),
    )

    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    authors: models.ManyToManyField[Author, Byline] = models.ManyToManyField(
        Author, through="Byline", related_name="+", blank=True
    )
    tags = TaggableManager(blank=True)
    lead_photo = models.ForeignKey(
        Photo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lead_of",
        verbose_name=gettext_lazy("picture"),
    )
    lead_photo_caption = models.CharField(
        gettext_lazy("caption here"),
        max_length=400,
        blank=True,
        help_text=gettext_lazy("Empty: the picture’s own caption."),
    )
    lead_photo_alt = models.CharField(
        gettext_lazy("alternative text here"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Empty: the picture’s own."),
    )

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    stage_since = models.DateTimeField(null=True, editable=False)
    embargo_until = models.DateTimeField(null=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_articles",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="created_articles",
    )
    created_at = models.DateTimeField(editable=False)
    saved_at = models.DateTimeField(editable=False)
    binned_at = models.DateTimeField(null=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    head_revision = models.OneToOneField(
        "Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="head_of"
    )
    has_unpinned_changes = models.BooleanField(
        default=False, editable=False, help_text=gettext_lazy("No edition pins the head revision.")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-pk")
        verbose_name = gettext_lazy("story")
        verbose_name_plural = gettext_lazy("stories")
        # Stored by migrations and shown to nobody, so they stay as they are in every language.
        permissions = (
            ("edit_any_article", "Can edit every story"),
            ("publish_article", "Can publish, schedule and withdraw stories"),
            ("correct_article", "Can correct published stories"),
            ("readdress_article", "Can change the address of a published story"),
            ("erase_article", "Can erase a story for a legal order"),
            ("release_legal_article", "Can release a colleague’s legal block"),
        )
        constraints = (
            models.CheckConstraint(
                name="article_stage_known",
                condition=models.Q(stage__in=[stage.value for stage in Stage]),
                violation_error_message=gettext_lazy("Choose one of the stages."),
            ),
            models.CheckConstraint(
                name="article_kind_known",
                condition=models.Q(kind__in=[kind.value for kind in Kind]),
                violation_error_message=gettext_lazy("Choose one of the kinds."),
            ),
        )
        indexes = (
            models.Index(fields=("-saved_at", "-id"), name="article_newest_first"),
            models.Index(fields=("stage", "-saved_at", "-id"), name="article_by_stage"),
            models.Index(fields=("section", "-saved_at", "-id"), name="article_by_section"),
            # The few that are not drafts, in the order in which they came to wait.
            models.Index(
                fields=("stage", "stage_since", "id"),
                condition=~models.Q(stage="draft"),
                name="article_waiting_longest",
            ),
            models.Index(
                fields=("embargo_until",),
                condition=models.Q(embargo_until__isnull=False),
                name="article_by_embargo",
            ),
            models.Index(
                fields=("-saved_at", "-id"),
                condition=models.Q(has_unpinned_changes=True),
                name="article_with_changes",
            ),
            # What the desk types into its search is a part of a headline.
            GinIndex(
                OpClass(folded("headline"), name="gin_trgm_ops"), name="article_by_folded_headline", fastupdate=False
            ),
        )

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """The desk's form of this story. What readers get has an address only through its editions."""
        return reverse("admin:articles_article_change", args=[self.pk])

    def clean(self) -> None:
        """Syndicated copy names its source; a language is one that is known."""
        if self.canonical_url and not self.source_name:
            raise ValidationError({"source_name": _("A story first published elsewhere names who wrote it.")})
        if self.language and self.language not in languages.STORIES:
            raise ValidationError({"language": _("Choose one of the languages.")})


class Byline(models.Model):
    """One author of one story, in order, with what they did."""

    class Role(models.TextChoices):
        BY = "by", gettext_lazy("By")
        ADDITIONAL_REPORTING = "additional_reporting", gettext_lazy("Additional reporting by")
        PHOTOGRAPHS = "photographs", gettext_lazy("Photographs by")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=24, choices=Role, default=Role.BY)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                name="byline_names_an_author_once_for_each_role",
                fields=("article", "author", "role"),
                violation_error_message=gettext_lazy("This author is already named in this role."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.author}"


class RelatedArticle(models.Model):
    """An editor's pick of a related story, in order. Gaps are filled when the page is made, never written here."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related_picks")
    related = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="picked_by")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = gettext_lazy("related story")
        verbose_name_plural = gettext_lazy("related stories")
        constraints = (
            models.UniqueConstraint(
                name="related_article_picked_once",
                fields=("article", "related"),
                violation_error_message=gettext_lazy("This story is already in the list."),
            ),
            models.CheckConstraint(
                name="related_article_is_another",
                condition=~models.Q(article=models.F("related")),
                violation_error_message=gettext_lazy("A story cannot be related to itself."),
            ),
        )

    def __str__(self) -> str:
        return str(self.related)
