"""Who signs in and who signs. An Author may or may not have a User; neither knows any story."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse


class User(AbstractUser):
    """A person who signs in to the desk."""

    class Meta(AbstractUser.Meta):
        permissions: ClassVar[list[tuple[str, str]]] = [("manage_people", "Can manage people and their roles")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Author(models.Model):
    """The public person behind a byline: a staff journalist, a contributor without a login, a photographer."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, help_text="Their address: /authors/<slug>/")
    role = models.CharField(max_length=120, blank=True, help_text="Shown under the name, e.g. “Trade correspondent”.")
    biography = models.TextField(blank=True, max_length=2000, help_text="Plain text; a blank line starts a paragraph.")
    portrait = models.ImageField(upload_to="portraits/", blank=True)
    user = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The login of this person, if they have one.",
    )

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The author's public page."""
        return reverse("author", kwargs={"slug": self.slug})

    def clean(self) -> None:
        """Refuse an address that another author once had: old addresses redirect for ever."""
        former = FormerSlug.objects.filter(slug=self.slug).exclude(author_id=self.pk).select_related("author").first()
        if former is not None:
            raise ValidationError({"slug": f"This was the address of {former.author}. Choose another one."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the address it had so that it goes on leading here."""
        before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        super().save(*args, **kwargs)
        if before is not None and before != self.slug:
            FormerSlug.objects.get_or_create(slug=before, defaults={"author": self})
        # Taking an own old address back must not leave a redirect from a page to itself.
        FormerSlug.objects.filter(author=self, slug=self.slug).delete()


class FormerSlug(models.Model):
    """An address that an author had. Never given to anybody else; its page redirects."""

    slug = models.SlugField(max_length=120, unique=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.author_id}"
