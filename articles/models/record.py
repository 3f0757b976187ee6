"""What is written once and stays: corrections, which readers see for good, and the desk's audit rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from articles.models.article import Article
from articles.models.revision import Revision


class Correction(models.Model):
    """A dated public note on a story, tied to the revision that put it right. Append-only.

    `strikes` names an earlier note that this one strikes out: that one stays, and is shown as struck.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", gettext_lazy("Correction")
        CLARIFICATION = "clarification", gettext_lazy("Clarification")
        EDITORS_NOTE = "editors_note", gettext_lazy("Editor’s note")
        UPDATE = "update", gettext_lazy("Update")

    class Placement(models.TextChoices):
        ABOVE = "above", gettext_lazy("Above the story")
        BELOW = "below", gettext_lazy("Below the story")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.CORRECTION)
    wrong = models.TextField(max_length=1000, blank=True, db_default="", help_text=gettext_lazy("What was wrong."))
    text = models.TextField(max_length=1000, help_text=gettext_lazy("What is right; or the note itself."))
    placement = models.CharField(max_length=8, choices=Placement, default=Placement.BELOW, db_default="below")
    strikes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="struck_by")
    published_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("published_at", "pk")
        indexes = (
            models.Index(fields=("article", "published_at"), name="correction_of_article"),
            models.Index(fields=("-published_at", "-id"), name="correction_newest_first"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; the database guards the same rule."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)


class Event(models.Model):
    """The row that every verb leaves: who did what, when, and from which state."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("article", "-at", "-id"), name="event_of_article"),)

    def __str__(self) -> str:
        return f"{self.verb} by {self.by}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; the database guards the same rule."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)
