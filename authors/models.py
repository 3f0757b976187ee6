"""Who signs in and who signs. An Author may or may not have a User; neither knows any story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom import images
from newsroom.addresses import address
from newsroom.images import ImageRefused
from newsroom.labels import name_fields, name_model

if TYPE_CHECKING:
    from newsroom.storage import Staged


class User(AbstractUser):
    """A person who signs in to the desk."""

    class Meta(AbstractUser.Meta):
        permissions = (("manage_people", "Can manage people and their roles"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.username


@dataclass(frozen=True)
class Link:
    """An address elsewhere on the web, and the name that readers see of it: its host, or the e-mail address."""

    url: str

    @property
    def name(self) -> str:
        """“example.org”, “ada@example.org”."""
        parts = urlsplit(self.url)
        return parts.path if parts.scheme == "mailto" else (parts.hostname or self.url).removeprefix("www.")

    @property
    def is_page(self) -> bool:
        """Whether it is a page, by which search engines can tell who somebody is."""
        return not self.url.startswith("mailto:")


class Author(models.Model):
    """The public person behind a byline: staff, a contributor without a login, a photographer."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text=gettext_lazy("Their page’s address: “ada-holm” makes /authors/ada-holm/."),
    )
    role = models.CharField(
        max_length=120, blank=True, help_text=gettext_lazy("Shown under the name, e.g. “Trade correspondent”.")
    )
    biography = models.TextField(
        blank=True, max_length=2000, help_text=gettext_lazy("Plain text; a blank line starts a paragraph.")
    )
    portrait = models.ImageField(upload_to="portraits/", blank=True)
    elsewhere = models.TextField(
        gettext_lazy("elsewhere on the web"),
        blank=True,
        default="",
        db_default="",
        max_length=1000,
        help_text=gettext_lazy("Addresses for their page, one on a line: a website, a profile, mailto: and an e-mail."),
    )
    user = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text=gettext_lazy("The login of this person, if they have one."),
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
        return address("author", self.slug)

    @property
    def links(self) -> list[Link]:
        """Where else they are found, in their order."""
        return [Link(line) for line in self.elsewhere.split()]

    def clean(self) -> None:
        """Refuse an address that another author once had: it redirects for ever. Take a new portrait in."""
        self.slug = self.slug.lower()
        self._clean_links()
        former = FormerSlug.objects.filter(slug=self.slug).exclude(author_id=self.pk).select_related("author").first()
        if former is not None:
            raise ValidationError(
                {"slug": _("This was the address of %(author)s. Choose another one.") % {"author": former.author}}
            )
        try:
            self._square_portrait()
        except ImageRefused as refusal:
            raise ValidationError({"portrait": str(refusal)}) from refusal

    def _clean_links(self) -> None:
        for line in self.elsewhere.split():
            scheme, _colon, rest = line.partition(":")
            try:
                if scheme == "mailto":
                    EmailValidator()(rest)
                else:
                    URLValidator(schemes=["https", "http"])(line)
            except ValidationError as refusal:
                said = _("“%(line)s” is no address of the web. Write one like https://example.org/ada on each line.")
                raise ValidationError({"elsewhere": said % {"line": line}}) from refusal

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


name_model(Author, gettext_lazy("author"), gettext_lazy("authors"))
name_fields(
    Author,
    {
        "name": gettext_lazy("name"),
        "slug": gettext_lazy("slug"),
        "role": gettext_lazy("role"),
        "biography": gettext_lazy("biography"),
        "portrait": gettext_lazy("portrait"),
        "user": gettext_lazy("user"),
    },
)
