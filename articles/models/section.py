"""Sections: where stories belong. Renaming or moving one moves no published story: paths are pinned in editions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.reserved import reserved_slugs
from newsroom.addresses import address


class Section(models.Model):
    """World, Business…: ordered, with one optional level of parent."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        max_length=80, unique=True, help_text=gettext_lazy("Its page’s address: “world” makes /world/.")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        help_text=gettext_lazy(
            "Leave empty for a section of its own. A parent’s page includes its children’s stories."
        ),
    )
    description = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("Shown on its page and to search engines.")
    )
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", gettext_lazy("Write a colour as #rrggbb, for example #8a1c1c."))
        ],
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=gettext_lazy("Lower comes first."))
    related_count = models.PositiveSmallIntegerField(
        gettext_lazy("related stories"),
        default=6,
        validators=[MaxValueValidator(12)],
        help_text=gettext_lazy("How many related stories a story here shows."),
    )

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(
                name="section_is_not_its_own_parent",
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
                violation_error_message=gettext_lazy("A section cannot be its own parent."),
            ),
            models.CheckConstraint(
                name="section_related_count_in_range",
                condition=models.Q(related_count__lte=12),
                violation_error_message=gettext_lazy("At most 12 related stories."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; keep the old address, and let the lists of the parent follow a move."""
        with transaction.atomic():
            before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before is not None and before.slug != self.slug:
                FormerSlug.objects.get_or_create(
                    kind=FormerSlug.Kind.SECTION, slug=before.slug, defaults={"section": self}
                )
            FormerSlug.objects.filter(section=self, slug=self.slug).delete()
            if before is not None and before.root_id != self.root_id:
                self.editions.update(root_section=self.root_id)

    def get_absolute_url(self) -> str:
        """The section's public page."""
        return address("section", self.slug)

    @property
    def root_id(self) -> int:
        """The id of the top-level section that this belongs to (its own when it has no parent)."""
        return self.parent_id or self.pk

    def clean(self) -> None:
        """Refuse addresses that the site needs or has given away, and a second level of parent."""
        errors: dict[str, str] = {}
        # Addresses are in lower case, so that other spellings can lead to them.
        self.slug = self.slug.lower()
        if self.slug in reserved_slugs():
            errors["slug"] = _("“%(slug)s” is an address of the site itself. Choose another one.") % {"slug": self.slug}
        elif FormerSlug.objects.filter(kind=FormerSlug.Kind.SECTION, slug=self.slug).exclude(section=self.pk).exists():
            errors["slug"] = _("Another section had this address, and it still leads there. Choose another one.")
        if self.parent is not None:
            if self.parent.parent_id is not None:
                errors["parent"] = _("%(parent)s is itself inside a section. Only one level is possible.") % {
                    "parent": self.parent
                }
            elif self.pk and self.children.exists():
                errors["parent"] = _("This section has sections inside it, so it cannot move into another one.")
        if errors:
            raise ValidationError(errors)


class FormerSlug(models.Model):
    """An address that a section or a tag had. Never given to another one; its page redirects."""

    class Kind(models.TextChoices):
        SECTION = "section", gettext_lazy("Section")
        TAG = "tag", gettext_lazy("Tag")

    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(max_length=120)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, related_name="former_slugs")
    tag = models.ForeignKey("taggit.Tag", on_delete=models.CASCADE, null=True, related_name="former_slugs")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="former_slug_leads_to_one_place", fields=["kind", "slug"]),
            models.CheckConstraint(
                name="former_slug_has_the_target_of_its_kind",
                condition=models.Q(kind="section", section__isnull=False, tag=None)
                | models.Q(kind="tag", tag__isnull=False, section=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
