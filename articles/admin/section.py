"""Sections at the desk: order, colour, parent. Renaming one moves no published story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from articles.models import Section
from newsroom.desk import DeskAdmin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    """A managing editor's list of sections."""

    instead_of_deleting: ClassVar[StrOrPromise] = gettext_lazy(
        "Stories or other sections belong to it. Move them to another section, or keep it "
        "without stories: published ones keep their addresses."
    )
    codes = frozenset({"colour"})
    list_display = ("coloured_name", "slug", "parent", "position", "related_count")
    list_select_related = ("parent",)
    fields = ("name", "slug", "parent", "description", "colour", "position", "related_count")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
    ordering = ("position", "name")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Section | None = None) -> dict[str, Any]:
        """Suggest an address for a new section; an existing one keeps its own unless somebody changes it on purpose."""
        return {} if obj else self.prepopulated_fields

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """With an example of a colour."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "colour":
            field.widget.attrs["placeholder"] = "#8a1c1c"
        return field

    @admin.display(description=gettext_lazy("Name"))
    def coloured_name(self, section: Section) -> str:
        """The name, with its colour before it."""
        return format_html(
            '<span class="desk-swatch"><svg viewBox="0 0 10 10" aria-hidden="true">'
            '<rect width="10" height="10" fill="{}"/></svg>{}</span>',
            section.colour or "none",
            section.name,
        )
