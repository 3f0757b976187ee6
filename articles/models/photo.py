"""Pictures: kept by identity, shown as renditions. The original stays private, and so does its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy

from newsroom import images
from newsroom.images import ImageRefused, Rendition

if TYPE_CHECKING:
    from authors.models import User
    from newsroom.storage import Staged


def originals() -> Storage:
    """The private storage of originals: never served."""
    return storages["originals"]


class OriginalField(models.FileField):
    """A file in the private storage. Migrations see a plain FileField: where it lies is not theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["storage"] = originals
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As django.db.models.FileField, without its storage."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs


class PhotoManager(models.Manager["Photo"]):
    """Pictures come in through `take_in` or through a form; either way the model cleans them."""

    def take_in(self, file: File[Any] | IO[bytes], *, by: User | None, at: datetime, **texts: Any) -> Photo:
        """Add a picture to the library; `texts` are its other fields. Raises ImageRefused."""
        photo = self.model(original=File(file, name="picture"), created_by=by, created_at=at, **texts)
        photo.save()
        return photo

    def lacking_parts(self) -> models.QuerySet[Photo]:
        """The pictures that were taken in before some of today's crops were made."""
        lacking = models.Q()
        for part in images.PARTS:
            lacking |= ~models.Q(crops__contains=[{"cut": part.name}])
        return self.filter(lacking).exclude(original="").order_by("pk")

    def made_of(self, data: bytes) -> Photo | None:
        """The picture whose file is this very one, if the library has it."""
        return self.filter(digest=images.digest_of(data)).order_by("pk").first()


class Photo(models.Model):
    """A picture in the library, with the texts that go with it wherever it is used.

    A new file in `original` is checked, cleaned and cut when the picture is validated or saved, whoever saves
    it; what is wrong with it is an error at that field. Its files go again if the row is not committed.
    """

    original = OriginalField(gettext_lazy("file"), upload_to="photos/%Y/%m/", max_length=200)
    title = models.CharField(max_length=160, help_text=gettext_lazy("For finding it again; readers do not see it."))
    alt_text = models.CharField(
        gettext_lazy("alternative text"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy(
            "What the picture shows, for those who cannot see it. Say what matters, not “picture of”."
        ),
    )
    is_decorative = models.BooleanField(
        gettext_lazy("decorative"),
        default=False,
        help_text=gettext_lazy("Adds nothing that the text does not say; screen readers skip it."),
    )
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=160, blank=True, help_text=gettext_lazy("Photographer / agency."))
    source = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("Where it came from; not shown to readers.")
    )
    focal_x = models.PositiveSmallIntegerField(
        gettext_lazy("what matters most, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=gettext_lazy("In per cent of the width. Whatever is cut off elsewhere, this stays in the picture."),
    )
    focal_y = models.PositiveSmallIntegerField(
        gettext_lazy("what matters most, from the top"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=gettext_lazy("In per cent of the height."),
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    renditions = models.JSONField(
        editable=False,
        default=list,
        help_text="[{name, format, width, height}], smallest first; names are paths in the public storage.",
    )
    crops = models.JSONField(
        editable=False,
        default=list,
        help_text="As renditions, of a part around the focal point; `cut` names which.",
    )
    digest = models.CharField(max_length=64, editable=False, db_index=True, help_text="SHA-256 of the original.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)

    objects = PhotoManager()

    _staged: Staged | None = None

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = gettext_lazy("picture")
        constraints = (
            models.CheckConstraint(
                name="photo_focal_point_inside", condition=models.Q(focal_x__lte=100, focal_y__lte=100)
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with renditions of this original and crops around this focal point. Raises ImageRefused."""
        with transaction.atomic():
            self._develop()
            if self._staged is not None:
                self._staged.keep_on_commit()
                self._staged = None
                if update_fields is not None:
                    update_fields = {*update_fields, *_MADE}
            super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def largest(self) -> Rendition | None:
        """The widest JPEG of the whole picture; None before it is taken in."""
        jpegs: list[Rendition] = [one for one in self.renditions if one["format"] == "jpeg"]
        return jpegs[-1] if jpegs else None

    @property
    def social(self) -> Rendition | None:
        """The crop that other sites show beside a shared link; None before it is taken in."""
        crops: list[Rendition] = self.crops
        return next((one for one in crops if one["cut"] == "social"), None)

    def clean(self) -> None:
        """Take a new file in, so that what is wrong with it is said at the field."""
        try:
            self._develop()
        except ImageRefused as refusal:
            raise ValidationError({"original": str(refusal)}) from refusal

    def cut_lacking(self) -> None:
        """Make the crops that it lacks, and save them. Raises ImageRefused, and OSError where there is no original."""
        with transaction.atomic():
            # The focal point may be moved meanwhile, which makes all of them.
            now = type(self).objects.select_for_update().get(pk=self.pk)
            made = {one["cut"] for one in now.crops}
            parts = [part for part in images.PARTS if part.name not in made]
            if not parts:
                return
            with now.original.open() as original:
                crops, staged = images.recut(original, focal=(now.focal_x, now.focal_y), parts=parts)
            staged.keep_on_commit()
            now.crops = [*now.crops, *crops]
            now.save(update_fields=["crops"])

    def _develop(self) -> None:
        """Make what is missing: everything for a new file, the crops for a moved focal point."""
        focal = (self.focal_x, self.focal_y)
        if self.original and not self.original._committed:  # type: ignore[attr-defined]  # Django's own
            taken = images.ingest(self.original.file, focal=focal)
            self.original = taken.original
            self.digest, self.width, self.height = taken.digest, taken.width, taken.height
            self.renditions, self.crops, self._staged = taken.renditions, taken.crops, taken.staged
            self.credit = self.credit or taken.credit
        elif self._staged is None and self._focal_point_moved():
            with self.original.open() as original:
                self.crops, self._staged = images.recut(original, focal=focal)

    def _focal_point_moved(self) -> bool:
        if not self.pk or not self.original:
            return False
        stored = type(self).objects.filter(pk=self.pk).values_list("focal_x", "focal_y").first()
        return stored is not None and stored != (self.focal_x, self.focal_y)


# What `_develop` may change, for a save that names its fields.
_MADE = ("original", "digest", "width", "height", "renditions", "crops", "credit")
