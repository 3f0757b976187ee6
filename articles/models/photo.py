"""Pictures: kept by identity, shown as renditions. The original stays private; nothing public holds its metadata."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator
from django.db import models


def originals() -> Storage:
    """The private storage of originals: never served."""
    return storages["originals"]


class OriginalField(models.FileField):
    """A file in the private storage. Migrations see a plain FileField: where files lie is no matter of the schema."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["storage"] = originals
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As django.db.models.FileField, without its storage."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs


class Photo(models.Model):
    """A picture in the library, with the texts that go with it wherever it is used."""

    original = OriginalField(upload_to="photos/%Y/%m/", max_length=200)
    title = models.CharField(max_length=160, help_text="For finding it again; readers do not see it.")
    alt_text = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who cannot see it. Say what matters, not “picture of”.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="Adds nothing that the text does not say; screen readers skip it."
    )
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=160, blank=True, help_text="Photographer / agency.")
    source = models.CharField(max_length=200, blank=True, help_text="Where it came from; not shown to readers.")
    focal_x = models.PositiveSmallIntegerField(
        default=50, validators=[MaxValueValidator(100)], help_text="Per cent from the left."
    )
    focal_y = models.PositiveSmallIntegerField(
        default=50, validators=[MaxValueValidator(100)], help_text="Per cent from the top."
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    renditions = models.JSONField(
        editable=False,
        default=list,
        help_text="[{name, format, width, height}], smallest first; names are paths in the public storage.",
    )
    digest = models.CharField(max_length=64, editable=False, db_index=True, help_text="SHA-256 of the original.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="photo_focal_point_inside", condition=models.Q(focal_x__lte=100, focal_y__lte=100)
            ),
        )

    def __str__(self) -> str:
        return self.title
