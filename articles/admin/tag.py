"""Tags at the desk. A renamed tag keeps its old address as a redirect; what any story carries is not deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Func, IntegerField, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag, TaggedItem

from articles.models import EditionTag, Revision
from articles.tagging import TagError, check_slug, named, save_renamed
from newsroom.desk import DeskAdmin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Beyond so many the list of tags does not count.
MANY = 1000

if admin.site.is_registered(Tag):
    admin.site.unregister(Tag)


class TagForm(forms.ModelForm[Tag]):
    """Name and address of a tag."""

    class Meta:
        model = Tag
        fields = ("name", "slug")

    def clean_name(self) -> str:
        """Refuse a name that differs from another tag's only in case or in how its marks are set."""
        name = " ".join(self.cleaned_data["name"].split())
        if named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a tag of this name already."))
        return name

    def clean_slug(self) -> str:
        """Refuse the address that another tag has or had."""
        slug: str = self.cleaned_data["slug"].lower()
        try:
            check_slug(slug, tag=self.instance)
        except TagError as error:
            raise ValidationError(str(error)) from error
        return slug


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    """The tags that stories carry."""

    instead_of_deleting: ClassVar[StrOrPromise] = gettext_lazy(
        "Stories carry it, or did. Take it off the stories; a tag without live stories has no page."
    )
    form = TagForm
    list_display = ("name", "slug", "stories")
    search_fields = ("name",)
    ordering = ("name",)
    inlines = ()
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Tag | None = None) -> dict[str, Any]:
        """Suggest an address for a new tag only."""
        return {} if obj else self.prepopulated_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """With the number of stories that carry each, counted no further than MANY."""
        carried = TaggedItem.objects.filter(tag=OuterRef("pk")).values("pk")[: MANY + 1]
        counted = Func(ArraySubquery(carried), function="CARDINALITY", output_field=IntegerField())
        return cast("QuerySet[Tag]", super().get_queryset(request).annotate(story_count=counted))

    @admin.display(description=gettext_lazy("Stories"))
    def stories(self, tag: Tag) -> str:
        """How many working copies carry the tag: “7”, “1,000+”."""
        count: int = getattr(tag, "story_count", 0)
        return f"{number_format(MANY, force_grouping=True)}+" if count > MANY else str(count)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """Whether this tag may go: not while a story carries it or any revision or edition names it."""
        allowed: bool = super().has_delete_permission(request, obj)
        if not allowed or obj is None:
            return allowed
        carried = obj.taggit_taggeditem_items.exists() or EditionTag.objects.filter(tag=obj).exists()
        return not carried and not Revision.objects.filter(content__tags__contains=[obj.pk]).exists()

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, keeping the address it had."""
        save_renamed(obj)
