"""What keeps a story from readers: holds, legal blocks, and the editions that an obstacle took out of the schedule.

The clock publishes, so an obstacle is never only a flag: the verb that sets one takes the story's future editions
out in the same transaction and keeps what was intended as `Withheld`, from which `release` puts back what is ahead.
An embargo is an instant on the story itself, `Article.embargo_until`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from articles.models.article import Article
from articles.models.edition import Change
from articles.models.revision import Revision


class Block(models.Model):
    """A hold or a legal block on a story, with its reason and its owner. Open until it is released."""

    class Kind(models.TextChoices):
        HOLD = "hold", gettext_lazy("Hold")
        LEGAL = "legal", gettext_lazy("Legal block")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="blocks")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.TextField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("set_at", "pk")
        constraints = (
            models.UniqueConstraint(
                name="block_open_once_for_each_kind",
                fields=("article", "kind"),
                condition=models.Q(released_at=None),
            ),
            models.CheckConstraint(
                name="block_released_by_somebody",
                condition=models.Q(released_at=None, released_by=None)
                | models.Q(released_at__isnull=False, released_by__isnull=False),
            ),
        )
        # The few that are open, for the desk's first page.
        indexes = (
            models.Index(fields=("set_at",), condition=models.Q(released_at=None), name="block_open_oldest_first"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason[:60]}"


class Withheld(models.Model):
    """An edition that an obstacle took out of the schedule: what it would have shown, and when.

    `live_until` is kept only where a withdrawal was set for it. The row goes when the edition is put back or let go.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="withheld")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)
    change = models.CharField(max_length=12, choices=Change)
    taken_out_at = models.DateTimeField()

    class Meta:
        ordering = ("live_from", "pk")
        verbose_name_plural = "withheld"
        constraints = (models.UniqueConstraint(name="withheld_once_at_an_instant", fields=("article", "live_from")),)
        indexes = (models.Index(fields=("live_from",), name="withheld_by_start"),)

    def __str__(self) -> str:
        return f"{self.article} ({self.live_from:%Y-%m-%d %H:%M} UTC)"
