"""Who signs in and who signs. An Author may or may not have a User; neither knows any story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from newsroom import images
from newsroom.images import ImageRefused

if TYPE_CHECKING:
    from newsroom.storage import Staged


class User(AbstractUser):
    """A person who signs in to the desk."""

    class Meta(AbstractUser.Meta):
        permissions = (("manage_people", "Can manage people and their roles"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Author(models.Model):
    """The public person behind a byline: staff, a contributor without a login, a photographer."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="Their page’s address: “ada-holm” makes /authors/ada-holm/."
    )
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

    _staged: Staged | None = None

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep the address it had so that it goes on leading here. Raises ImageRefused."""
        with transaction.atomic():
            self._square_portrait()
            if self._staged is not None:
                self._staged.keep_on_commit()
                self._staged = None
            before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
            super().save(*args, **kwargs)
            if before is not None and before != self.slug:
                FormerSlug.objects.get_or_create(slug=before, defaults={"author": self})
            # Taking an own old address back must not leave a redirect from a page to itself.
            FormerSlug.objects.filter(author=self, slug=self.slug).delete()

    def get_absolute_url(self) -> str:
        """The author's public page."""
        return reverse("author", kwargs={"slug": self.slug})

    def clean(self) -> None:
        """Refuse an address that another author once had: it redirects for ever. Take a new portrait in."""
        former = FormerSlug.objects.filter(slug=self.slug).exclude(author_id=self.pk).select_related("author").first()
        if former is not None:
            raise ValidationError({"slug": f"This was the address of {former.author}. Choose another one."})
        try:
            self._square_portrait()
        except ImageRefused as refusal:
            raise ValidationError({"portrait": str(refusal)}) from refusal

    def _square_portrait(self) -> None:
        """Make the square that readers see of a new portrait: no metadata of a file becomes public."""
        if self.portrait and not self.portrait._committed:  # type: ignore[attr-defined]  # Django's own
            taken = images.portrait(self.portrait.file)
            self.portrait, self._staged = taken.name, taken.staged


class FormerSlug(models.Model):
    """An address that an author had. Never given to anybody else; its page redirects."""

    slug = models.SlugField(max_length=120, unique=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.author_id}"
