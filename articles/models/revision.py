"""Revisions: immutable snapshots of all that readers may see. History, diff, restore and preview read this shape."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from articles.models.article import Article

# The fields of `content` that hold identities of what may not be deleted while a revision refers to it.
REFERRING_FIELDS = ("bylines", "tags", "lead_photo", "section", "related")


class Revision(models.Model):
    """What a story said at one moment, who left it so, and why.

    `content` holds all texts but the body, and the identities of section, authors, tags, picture and related
    stories in their order; `articles.content` states its shape. `body` is cleaned HTML with anchored headings.
    `aside_of` is set on a revision that never was the working copy's: merged into a scheduled edition, or set aside
    where two people changed the same text. It names the last revision of the working copy that has gone into it.
    The database refuses to change a row, unless `erase` is at work.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    aside_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="asides")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(name="revision_number_once_per_article", fields=("article", "number")),)
        indexes = (
            # Identities only: with the texts it would be as large as the table.
            GinIndex(
                *(OpClass(KeyTransform(field, "content"), name="jsonb_path_ops") for field in REFERRING_FIELDS),
                name="revision_refers_to",
            ),
        )

    def __str__(self) -> str:
        return _("Revision %(number)s") % {"number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; the database guards the same rule."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    @property
    def holds_up_to(self) -> int:
        """The number of the last revision of the working copy whose text is in this one."""
        return self.aside_of.number if self.aside_of else self.number
