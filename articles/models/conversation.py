"""What colleagues say to each other about a story, and what reaches a person of it. No reader sees any of this."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from articles.models.article import Article


class Comment(models.Model):
    """A remark on a story, for the desk alone. Append-only; `mentions` are the colleagues that it names."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("article", "at", "id"), name="comment_of_article"),)

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:60]}"


class Notice(models.Model):
    """Something about a story that one person should know, on the desk's first page and by e-mail.

    `seen_at` is set when they put it away or open the story; `mailed_at` when the mail was handed over.
    """

    class Kind(models.TextChoices):
        MENTION = "mention", gettext_lazy("Mentioned you")
        ASSIGNED = "assigned", gettext_lazy("Assigned to you")
        SENT_BACK = "sent_back", gettext_lazy("Sent back to you")
        TAKEN_OVER = "taken_over", gettext_lazy("Took over from you")
        BLOCKED = "blocked", gettext_lazy("Blocked your story")
        RELEASED = "released", gettext_lazy("Released your story")

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="notices")
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("to", "-at"), condition=models.Q(seen_at=None), name="notice_unseen_of_person"),
            models.Index(fields=("at",), condition=models.Q(mailed_at=None), name="notice_not_mailed"),
        )

    def __str__(self) -> str:
        return f"{self.by} → {self.to}: {self.get_kind_display()}"
