"""Who is writing what at this moment, and what they have typed and not saved. Neither is part of a story's history."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from articles.models.article import Article
from articles.models.revision import Revision


class Buffer(models.Model):
    """What one person has typed into one story's form since they last saved it: one for each person and story.

    A story that was never saved has no `article` yet; its form carries a `key` of its own. `fields` holds the
    posted values by name, lists for fields with several. `base_version` and `base_revision` say which text the
    person started from, so that what others saved meanwhile can be told apart from what this person changed.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="buffers")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="buffers")
    key = models.UUIDField(null=True)
    base_version = models.PositiveIntegerField(null=True)
    base_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="buffer_once_for_each_person_and_story",
                fields=("person", "article"),
                condition=models.Q(article__isnull=False),
            ),
            models.UniqueConstraint(
                name="buffer_once_for_each_new_story",
                fields=("person", "key"),
                condition=models.Q(article=None),
            ),
            models.CheckConstraint(
                name="buffer_belongs_to_a_story_or_a_form",
                condition=models.Q(article__isnull=False) | models.Q(key__isnull=False),
            ),
        )

    def __str__(self) -> str:
        story = self.article or _("a new story")
        return f"{self.person}: {story}"


class Presence(models.Model):
    """That a person has a story's form open. `seen_at` moves with each sign of life; an old one means they are gone."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False)
    taken_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    taken_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(name="presence_once_for_each_person_and_story", fields=("article", "person")),
        )
        indexes = (models.Index(fields=("-seen_at",), name="presence_newest_first"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.article}"
