"""Preview links: one revision of a story, shown for a while to somebody who has no account. Each opening is logged."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.article import Article
from articles.models.revision import Revision


class PreviewLink(models.Model):
    """Leave for whoever holds the signed address to read one revision until `expires_at`, unless it is revoked."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="preview_links")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    for_whom = models.CharField(gettext_lazy("for whom"), max_length=120, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="preview_link_expires_after_it_was_made",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
        )

    def __str__(self) -> str:
        return self.for_whom or _("Preview of %(article)s") % {"article": self.article}


class PreviewOpening(models.Model):
    """One opening of a preview link: when, from which address, with which browser. Append-only."""

    link = models.ForeignKey(PreviewLink, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.link} ({self.at:%Y-%m-%d %H:%M} UTC)"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; the database guards the same rule."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)
