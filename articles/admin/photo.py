"""Pictures at the desk. The model takes a file in and says at its field what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.picks import thumbnail
from articles.models import Photo
from newsroom.desk import DeskAdmin, moment
from newsroom.local_time import day_in_short, wall_clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from authors.models import User


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    """The picture library."""

    instead_of_deleting: ClassVar[StrOrPromise] = gettext_lazy(
        "Stories show it, or did. Take it out of the stories that use it. What a history holds stays."
    )
    list_display = ("picture", "title", "credit", "added")
    list_display_links = ("picture", "title")
    search_fields = ("title", "caption", "credit")
    readonly_fields = ("picture",)
    fields = (
        "picture", "original", "title", "alt_text", "is_decorative", "caption", "credit", "source",
        ("focal_x", "focal_y"),
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        """A new picture has nothing to show yet, and its file is what matters; an old one keeps its file."""
        return [name for name in self.fields if name != ("original" if obj else "picture")]

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """Editors change every picture's texts; a writer those of an own picture that no reader has seen.

        Captions and credits are looked up when a page is shown, so a change would be public at once.
        """
        allowed: bool = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.has_perm("articles.edit_any_article"):
            return allowed
        return obj.created_by_id == request.user.pk and not obj.editions.exists()

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:  # noqa: FBT001
        """Say who brought it, and when."""
        if not change:
            obj.created_by, obj.created_at = cast("User", request.user), moment(request)
        super().save_model(request, obj, form, change)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The library."""
        return super().changelist_view(request, {"title": _("Pictures")} | (extra_context or {}))

    @admin.display(description=gettext_lazy("Picture"))
    def picture(self, photo: Photo) -> str:
        """The smallest rendition."""
        return format_html('<img class="desk-thumbnail" src="{}" alt="{}">', thumbnail(photo), photo.alt_text)

    @admin.display(description=gettext_lazy("Added"), ordering="created_at")
    def added(self, photo: Photo) -> str:
        """When it came."""
        return day_in_short(wall_clock(photo.created_at))
